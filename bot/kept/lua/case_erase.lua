-- Forget a referral, and who opened its pages. Keys: case, opened, cases.
local given = cmsgpack.unpack(ARGV[1])
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('ZREM', KEYS[3], given.reference)
