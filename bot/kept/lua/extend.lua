-- Hold a lease for longer; only for its holder. Keys: the lane.
local given = cmsgpack.unpack(ARGV[1])
local lane = lane_of(given.lane, 1)
if redis.call('HGET', lane.slips, 'lease') ~= given.token then return 0 end
redis.call('ZADD', lane.due, given.till, lane.name)
return 1
