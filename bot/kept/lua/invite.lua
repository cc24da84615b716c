-- A link for a contact, for so many seconds. Keys: invited.
local given = cmsgpack.unpack(ARGV[1])
redis.call('SET', KEYS[1], given.name, 'EX', given.seconds)
