-- Change a case, and write it down: its new version, 0 if it has moved on since it was read.
-- Keys: case, heads, changes, trail, latest, untold.
local given = cmsgpack.unpack(ARGV[1])
local kept = redis.call('HMGET', KEYS[1], 'draft', 'version', 'token')
if kept[3] == given.token then return tonumber(kept[2]) end
if not kept[1] or tonumber(kept[2] or 0) ~= given.version then return 0 end
local version = put_case(KEYS[1], KEYS[2], KEYS[3], given)
if given.entry then write_trail(KEYS[4], KEYS[5], given.entry) end
if given.untold then redis.call('HSET', KEYS[6], given.reference, version) end
return version
