-- Take a slip off the head of a lane and let the next one go; with `token`, only for the holder of the lease.
-- `sent`: when it left, if it did; where only the
-- provider tells, that was not before its claim. `shown`: the provider's id of a message with buttons. Returns 1, or 0 where the
-- slip is no longer the head (or the lease has passed on). Keys: the lane, record.
local given = cmsgpack.unpack(ARGV[1])
local lane = lane_of(given.lane, 1)
if redis.call('LINDEX', lane.queue, 0) ~= given.slip then return 0 end
if given.token and redis.call('HGET', lane.slips, 'lease') ~= given.token then return 0 end
redis.call('LPOP', lane.queue)
if given.shown then show(KEYS[4], '', given.shown .. ' ') end
redis.call('HDEL', lane.slips, 'body:' .. given.slip, 'at:' .. given.slip)
local sent = given.reported and redis.call('HGET', lane.slips, 'claimed') or given.sent
if sent then left(KEYS[4], lane, given.slip, sent) end
redis.call('HDEL', lane.slips, 'lease', 'claimed', 'first', 'tries', 'state', 'unknowns', 'slot')
local after = redis.call('LINDEX', lane.queue, 0)
if not after then clear(lane) return 1 end
redis.call('ZADD', lane.due, redis.call('HGET', lane.slips, 'at:' .. after), lane.name)
return 1
