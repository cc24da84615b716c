-- Count parts of SMS. Keys: parts.
local sent = cmsgpack.unpack(ARGV[1])
redis.call('HINCRBY', KEYS[1], sent.field, sent.parts)
