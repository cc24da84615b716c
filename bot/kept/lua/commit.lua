-- One turn, all or nothing. Keys: record, inbound mark, reference, timers, the two lanes, funnel, aside, the doors, a
-- mark for each outgoing.
local turn = cmsgpack.unpack(ARGV[1])
local record, seen, taken, timers = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local words, work = lane_of(turn.words, 5), lane_of(turn.work, 8)
if redis.call('HGET', record, 'token') == turn.token then return 'done' end
if turn.inbound and redis.call('EXISTS', seen) == 1 then return 'seen' end
if tonumber(redis.call('HGET', record, 'version') or 0) ~= turn.version then return 'conflict' end
for at, door in ipairs(turn.doors) do
  if door.seconds > 0 and redis.call('EXISTS', KEYS[12 + at]) == 1 then return 'taken' end
end
if turn.reserve and not redis.call('SET', taken, '1', 'NX') then return 'taken' end
if turn.inbound then redis.call('SET', seen, '1', 'EX', KEPT) end
if turn.cancel then clear(words) redis.call('HDEL', record, 'digest') end
if turn.cancel and not turn.session then clear(work) end
if not turn.session then empty(record, timers, turn.chat) redis.call('DEL', KEYS[12]) end
if turn.session and turn.aside then set_aside(KEYS[12], turn.aside) end
write(record, turn, turn.version + 1)
for at, out in ipairs(turn.out) do push(out.work and work or words, KEYS[12 + #turn.doors + at], out) end
for at, door in ipairs(turn.doors) do set_door(KEYS[12 + at], door) end
for _, timer in ipairs(turn.timers) do set_timer(record, timers, turn.chat, timer, turn.version + 1) end
for field, by in pairs(turn.funnel) do redis.call('HINCRBY', KEYS[11], field, by) end
return 'done'
