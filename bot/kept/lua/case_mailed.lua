-- The mails of a revision are in the outbox. Keys: case.
local given = cmsgpack.unpack(ARGV[1])
if given.revision > tonumber(redis.call('HGET', KEYS[1], 'mailed') or 0) then
  redis.call('HSET', KEYS[1], 'mailed', given.revision)
end
