-- What may be had once: by whoever comes first, who gets it again if asking again. Keys: the value, who took it.
local ask = cmsgpack.unpack(ARGV[1])
redis.call('SET', KEYS[2], ask.by, 'NX', 'EX', ask.seconds)
if redis.call('GET', KEYS[2]) ~= ask.by then
  return false
end
return redis.call('GET', KEYS[1])
