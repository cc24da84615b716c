-- All entries of a trail, in no order. Keys: trail.
return redis.call('HVALS', KEYS[1])
