-- A chat's timers: their time in the partition's zset, their generation and own time in the chat's record.
-- The generation tells a timer that was set again from the one that rang.
local function set_timer(record, timers, chat, timer, generation)
  local member = chat .. ':' .. timer.name
  if timer.due then
    redis.call('ZADD', timers, timer.due, member)
    redis.call('HSET', record, 'timer:' .. timer.name, generation, 'due:' .. timer.name, timer.due)
  else
    redis.call('ZREM', timers, member)
    redis.call('HDEL', record, 'timer:' .. timer.name, 'due:' .. timer.name)
  end
end

local function unset_timers(record, timers, chat)
  for _, field in ipairs(redis.call('HKEYS', record)) do
    local name = string.match(field, '^timer:(.*)$')
    if name then set_timer(record, timers, chat, {name = name}, 0) end
  end
end
