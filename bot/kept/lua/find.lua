-- The lane of a slip, if it was put in this partition. Keys: its mark.
return redis.call('GET', KEYS[1])
