-- Record an opening; returns all of them, the first one first. Keys: opened.
local given = cmsgpack.unpack(ARGV[1])
redis.call('RPUSH', KEYS[1], given.opening)
return redis.call('LRANGE', KEYS[1], 0, -1)
