-- How many wait in a zset, and since when the first. Keys: due or timers.
return {redis.call('ZCARD', KEYS[1]), redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]}
