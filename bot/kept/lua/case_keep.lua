-- Keep a draft and the case that goes with it, unless this or a later revision is kept. Keys: case, heads, changes, cases.
-- Returns the revision that was kept before and the one whose mails are out, 0 for none; nil if the case has moved on.
local given = cmsgpack.unpack(ARGV[1])
local kept = redis.call('HMGET', KEYS[1], 'revision', 'mailed', 'version')
local revision = tonumber(kept[1] or 0)
if given.revision > revision then
  if tonumber(kept[3] or 0) ~= given.version then return nil end
  redis.call('HSET', KEYS[1], 'revision', given.revision, 'draft', given.draft)
  redis.call('ZADD', KEYS[4], 'NX', given.created, given.reference)
  put_case(KEYS[1], KEYS[2], KEYS[3], given)
end
return {revision, tonumber(kept[2] or 0)}
