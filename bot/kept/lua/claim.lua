-- Lease the head of a lane. Another lease still standing here means that its holder vanished. Keys: the lane.
local given = cmsgpack.unpack(ARGV[1])
local lane = lane_of(given.lane, 1)
local slip = redis.call('LINDEX', lane.queue, 0)
local lease = redis.call('HGET', lane.slips, 'lease')
if lease ~= given.token then
  local due = redis.call('ZSCORE', lane.due, lane.name)
  if not due or tonumber(due) > given.now then return nil end
  if not slip then clear(lane) return nil end
  if lease then redis.call('HSETNX', lane.slips, 'state', 'lapsed') end
  redis.call('HSET', lane.slips, 'lease', given.token, 'claimed', given.now)
  redis.call('HSETNX', lane.slips, 'first', given.now)
  redis.call('HINCRBY', lane.slips, 'tries', 1)
  redis.call('ZADD', lane.due, given.till, lane.name)
end
local head = redis.call('HMGET', lane.slips, 'body:' .. slip, 'tries', 'first', 'state', 'unknowns', 'slot')
return {slip, unpack(head)}
