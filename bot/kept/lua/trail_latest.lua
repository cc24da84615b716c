-- The newest pointers of a tag, each with its time. Keys: latest.
return redis.call('ZREVRANGE', KEYS[1], 0, cmsgpack.unpack(ARGV[1]).limit - 1, 'WITHSCORES')
