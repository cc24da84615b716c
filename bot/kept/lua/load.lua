-- What a turn needs to know. Keys: record, inbound mark, slips and queue of what the person gets to read.
local found = redis.call('HMGET', KEYS[1], 'session', 'version', 'digest', 'in_at', 'left', 'shown', 'came', 'reply')
local slip = found[8]
found[8] = slip and redis.call('HEXISTS', KEYS[3], 'body:' .. slip) or 0
found[9] = slip and slip == redis.call('LINDEX', KEYS[4], 0) and redis.call('HEXISTS', KEYS[3], 'lease') or 0
found[10] = cmsgpack.unpack(ARGV[1]).inbound and redis.call('EXISTS', KEYS[2]) or 0
return found
