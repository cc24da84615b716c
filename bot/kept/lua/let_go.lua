-- Give a lease back, if it is still ours. Keys: the lease.
local given = cmsgpack.unpack(ARGV[1])
if redis.call('GET', KEYS[1]) == given.token then redis.call('DEL', KEYS[1]) end
