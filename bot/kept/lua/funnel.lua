-- How many conversations of a partition reached each step, or how many parts of SMS were sent. Keys: funnel or parts.
return redis.call('HGETALL', KEYS[1])
