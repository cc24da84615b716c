-- How far a list was read: kept the first time, then only moved forward; returns where it stands. Keys: the bookmark.
local given = cmsgpack.unpack(ARGV[1])
local kept = redis.call('GET', KEYS[1])
if kept and (given.first or tonumber(kept) >= given.at) then return kept end
local at = string.format('%.3f', given.at)
redis.call('SET', KEYS[1], at)
return at
