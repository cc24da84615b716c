-- Forget a chat. Keys: record, timers, aside, the two lanes.
local given = cmsgpack.unpack(ARGV[1])
local version = redis.call('HGET', KEYS[1], 'version')
clear(lane_of(given.words, 4))
clear(lane_of(given.work, 7))
redis.call('DEL', KEYS[3])
empty(KEYS[1], KEYS[2], given.chat)
if version then
  redis.call('HSET', KEYS[1], 'version', version + 1)
  redis.call('EXPIRE', KEYS[1], ERASED)
end
