-- Take a lease that is free, or hold our own for longer; 1 if it is ours now. Keys: the lease.
local given = cmsgpack.unpack(ARGV[1])
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= given.token then return 0 end
redis.call('SET', KEYS[1], given.token, 'PX', given.milliseconds)
return 1
