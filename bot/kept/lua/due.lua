-- What is due in a zset and since when. Keys: due or timers.
local given = cmsgpack.unpack(ARGV[1])
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', given.now, 'WITHSCORES', 'LIMIT', 0, given.limit)
