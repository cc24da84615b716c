-- A note may name somebody: it is not kept of a referral that is gone. Keys: trail, latest, case.
local given = cmsgpack.unpack(ARGV[1])
local gone = given.entry.reference ~= '' and redis.call('EXISTS', KEYS[3]) == 0
write_trail(KEYS[1], KEYS[2], gone and given.bare or given.entry)
