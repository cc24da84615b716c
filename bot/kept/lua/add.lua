-- Add to one of the counts in a hash. Keys: counts, this call.
local given = cmsgpack.unpack(ARGV[1])
if first(KEYS[2]) then redis.call('HINCRBY', KEYS[1], given.field, given.by) end
