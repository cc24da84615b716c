-- What a turn needs to know. Keys: record, inbound mark.
local found = redis.call('HMGET', KEYS[1], 'session', 'version', 'digest', 'in_at', 'left', 'shown')
found[7] = cmsgpack.unpack(ARGV[1]).inbound and redis.call('EXISTS', KEYS[2]) or 0
return found
