-- One more entry of a phone in a browser; the same one is not put again. Keys: log, head.
local given = cmsgpack.unpack(ARGV[1])
if redis.call('LPOS', KEYS[1], given.entry) then return end
redis.call('RPUSH', KEYS[1], given.entry)
redis.call('LTRIM', KEYS[1], -given.most, -1)
redis.call('HINCRBY', KEYS[2], 'revision', 1)
redis.call('HINCRBY', KEYS[2], given.way, given.parts)
redis.call('EXPIRE', KEYS[1], given.keep)
redis.call('EXPIRE', KEYS[2], given.keep)
