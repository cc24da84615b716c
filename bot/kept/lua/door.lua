-- A door: a code by which a chat is found, for so many seconds; 0 closes it.
local function set_door(key, door)
  if door.seconds > 0 then
    redis.call('SET', key, door.who, 'NX', 'EX', door.seconds)
  else
    redis.call('DEL', key)
  end
end
