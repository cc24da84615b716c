-- How often something was tried since the first try, so many seconds ago at most. Keys: the count, this call.
local ask = cmsgpack.unpack(ARGV[1])
if not first(KEYS[2]) then return tonumber(redis.call('GET', KEYS[1]) or 1) end
local tries = redis.call('INCR', KEYS[1])
if tries == 1 then
  redis.call('EXPIRE', KEYS[1], ask.seconds)
end
return tries
