-- Take a timer away, or put it off to `due`, unless it was set again meanwhile. Keys: timers, record.
local given = cmsgpack.unpack(ARGV[1])
if redis.call('HGET', KEYS[2], 'timer:' .. given.name) ~= given.generation then return 0 end
if given.due then
  redis.call('ZADD', KEYS[1], given.due, given.chat .. ':' .. given.name)
else
  set_timer(KEYS[2], KEYS[1], given.chat, {name = given.name}, 0)
end
return 1
