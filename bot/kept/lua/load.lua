-- What a turn needs to know. Keys: record, inbound mark, slips of what the person gets to read.
local found = redis.call('HMGET', KEYS[1], 'session', 'version', 'digest', 'in_at', 'left', 'shown', 'came', 'reply')
found[8] = found[8] and redis.call('HEXISTS', KEYS[3], 'body:' .. found[8]) or 0
found[9] = cmsgpack.unpack(ARGV[1]).inbound and redis.call('EXISTS', KEYS[2]) or 0
return found
