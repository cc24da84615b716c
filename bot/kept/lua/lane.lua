-- A lane: slips in a list, their sealed bodies and the state of the head in a hash, its time in the partition's `due`.
local KEPT = 14 * 24 * 3600

local function lane_of(name, at)
  return {name = name, due = KEYS[at], queue = KEYS[at + 1], slips = KEYS[at + 2]}
end

local function push(lane, mark, out)
  if not redis.call('SET', mark, lane.name, 'NX', 'EX', KEPT) then return end
  redis.call('HSET', lane.slips, 'body:' .. out.slip, out.body, 'at:' .. out.slip, out.at)
  if redis.call('RPUSH', lane.queue, out.slip) == 1 then redis.call('ZADD', lane.due, out.at, lane.name) end
end

local function clear(lane)
  redis.call('DEL', lane.queue, lane.slips)
  redis.call('ZREM', lane.due, lane.name)
end
