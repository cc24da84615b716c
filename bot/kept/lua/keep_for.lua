-- Keep a value for so many seconds. Keys: its own.
local what = cmsgpack.unpack(ARGV[1])
redis.call('SET', KEYS[1], what.value, 'EX', what.seconds)
