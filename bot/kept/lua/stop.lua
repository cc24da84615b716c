-- Drop a whole lane; only for the holder of the lease on its head. Keys: the lane.
local given = cmsgpack.unpack(ARGV[1])
local lane = lane_of(given.lane, 1)
if redis.call('HGET', lane.slips, 'lease') ~= given.token then return 0 end
clear(lane)
return 1
