-- One entry, if it is still there. Keys: trail.
return redis.call('HGET', KEYS[1], cmsgpack.unpack(ARGV[1]).token)
