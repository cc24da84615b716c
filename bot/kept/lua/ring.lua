-- Lease a timer that is due. Keys: timers, record.
local given = cmsgpack.unpack(ARGV[1])
local member = given.chat .. ':' .. given.name
local due = redis.call('ZSCORE', KEYS[1], member)
if not due or tonumber(due) > given.now then return nil end
local kept = redis.call('HMGET', KEYS[2], 'who', 'timer:' .. given.name, 'due:' .. given.name)
if not (kept[1] and kept[2]) then redis.call('ZREM', KEYS[1], member) return nil end
redis.call('ZADD', KEYS[1], given.till, member)
return kept
