-- How often something was tried since the first try, so many seconds ago at most. Keys: the count.
local ask = cmsgpack.unpack(ARGV[1])
local tries = redis.call('INCR', KEYS[1])
if tries == 1 then
  redis.call('EXPIRE', KEYS[1], ask.seconds)
end
return tries
