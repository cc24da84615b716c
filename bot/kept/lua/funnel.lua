-- How many conversations of a partition reached each step. Keys: funnel.
return redis.call('HGETALL', KEYS[1])
