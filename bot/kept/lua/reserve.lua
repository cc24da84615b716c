-- The next place at a provider's pace (GCRA without bursts): the seconds to wait for it. Keys: rate.
local ask = cmsgpack.unpack(ARGV[1])
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), ask.now)
local after = free + ask.cost / ask.per_second
redis.call('SET', KEYS[1], string.format('%.17g', after), 'PX', math.ceil((after - ask.now) * 1000) + 1000)
return string.format('%.17g', free - ask.now)
