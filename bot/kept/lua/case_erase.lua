-- Forget a referral, and what was done with it but for that.
-- Keys: case, heads, changes, trail, latest, opened, cases, untold.
local given = cmsgpack.unpack(ARGV[1])
if redis.call('EXISTS', KEYS[1]) == 0 then return end
redis.call('DEL', KEYS[1], KEYS[4], KEYS[6])
redis.call('ZREM', KEYS[7], given.reference)
redis.call('HDEL', KEYS[2], given.reference)
redis.call('HDEL', KEYS[8], given.reference)
changed(KEYS[3], given.reference)
write_trail(KEYS[4], KEYS[5], given.entry)
