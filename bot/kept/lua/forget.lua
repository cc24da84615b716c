-- Forget values. Keys: theirs.
redis.call('DEL', unpack(KEYS))
