-- Add to one of the counts in a hash.
local given = cmsgpack.unpack(ARGV[1])
redis.call('HINCRBY', KEYS[1], given.field, given.by)
