-- Keep `fresh` if nothing is kept yet, or if what is kept is still `old`; returns what is kept.
local given = cmsgpack.unpack(ARGV[1])
if given.old then
  if redis.call('GET', KEYS[1]) == given.old then redis.call('SET', KEYS[1], given.fresh) end
else
  redis.call('SET', KEYS[1], given.fresh, 'NX')
end
return redis.call('GET', KEYS[1])
