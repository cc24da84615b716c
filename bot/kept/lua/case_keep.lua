-- Keep a referral unless this or a later revision is kept. Keys: case, cases.
-- Returns the revision that was kept before and the one whose mails are out, 0 for none.
local given = cmsgpack.unpack(ARGV[1])
local kept = tonumber(redis.call('HGET', KEYS[1], 'revision') or 0)
if given.revision > kept then
  redis.call('HSET', KEYS[1], 'revision', given.revision, 'draft', given.draft)
  redis.call('ZADD', KEYS[2], 'NX', given.created, given.reference)
end
return {kept, tonumber(redis.call('HGET', KEYS[1], 'mailed') or 0)}
