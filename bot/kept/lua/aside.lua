-- Keep an unreadable session, the latest first. Keys: aside.
local given = cmsgpack.unpack(ARGV[1])
redis.call('LPUSH', KEYS[1], given.kept)
redis.call('LTRIM', KEYS[1], 0, given.most - 1)
