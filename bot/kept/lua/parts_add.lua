-- Count parts of SMS. Keys: parts, this call.
local sent = cmsgpack.unpack(ARGV[1])
if first(KEYS[2]) then redis.call('HINCRBY', KEYS[1], sent.field, sent.parts) end
