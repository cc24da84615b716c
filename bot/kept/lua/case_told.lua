-- What followed from the change of a case is on its way, unless it has changed again. Keys: untold.
local given = cmsgpack.unpack(ARGV[1])
if tonumber(redis.call('HGET', KEYS[1], given.reference) or 0) == given.version then
  redis.call('HDEL', KEYS[1], given.reference)
end
