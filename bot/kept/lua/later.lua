-- Give the head back, due later, in the state it is in now; only for the holder of the lease. `sent`: when it may
-- have been delivered. Keys: the lane, record.
local given = cmsgpack.unpack(ARGV[1])
local lane = lane_of(given.lane, 1)
if redis.call('HGET', lane.slips, 'lease') ~= given.token then return 0 end
redis.call('HDEL', lane.slips, 'lease', 'claimed', 'state', 'slot')
redis.call('HSET', lane.slips, 'tries', given.tries, 'unknowns', given.unknowns)
if given.state ~= 'ready' then redis.call('HSET', lane.slips, 'state', given.state) end
if given.slot then redis.call('HSET', lane.slips, 'slot', given.slot) end
if given.sent then left(KEYS[4], lane, redis.call('LINDEX', lane.queue, 0), given.sent) end
redis.call('ZADD', lane.due, given.due, lane.name)
return 1
