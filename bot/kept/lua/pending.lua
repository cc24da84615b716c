-- The sealed bodies of a lane, in order. Keys: the lane.
local bodies = {}
for at, slip in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
  bodies[at] = redis.call('HGET', KEYS[3], 'body:' .. slip)
end
return bodies
