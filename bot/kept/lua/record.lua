-- A chat's record. Where its session is erased, the version stays for a month, longer than any turn runs:
-- a turn that began before must not bring the session back.
local ERASED = 30 * 24 * 3600

local function empty(record, timers, chat)
  unset_timers(record, timers, chat)
  redis.call('DEL', record)
end

-- The ids of messages that have buttons, each with a space after it. What begins with `was` goes on as `now`: others may
-- have been delivered since it was read.
local function show(record, was, now)
  if redis.call('EXISTS', record) == 0 then return end
  local shown = redis.call('HGET', record, 'shown') or ''
  if shown:sub(1, #was) ~= was then return end
  local rest = shown:sub(#was + 1)
  redis.call('HSET', record, 'shown', was == '' and rest .. now or now .. rest)
end

-- A slip was delivered, or may have been. That is when the reply to what came in last left: as that slip, or before it if it
-- was dropped from the lane, for then something newer was heard.
local function left(record, lane, slip, at)
  local reply = redis.call('HGET', record, 'reply')
  if not reply then return end
  local waits = reply ~= slip and redis.call('HEXISTS', lane.slips, 'body:' .. reply) == 1
  if not waits then redis.call('HSETNX', record, 'left', at) end
end

local function write(record, turn, version)
  redis.call('HSET', record, 'version', version, 'token', turn.token)
  if turn.session then redis.call('HSET', record, 'session', turn.session) end
  if turn.who then redis.call('HSET', record, 'who', turn.who) end
  if turn.reply then
    redis.call('HSET', record, 'digest', turn.digest, 'in_at', turn.received, 'reply', turn.reply)
    redis.call('HDEL', record, 'left')
  end
  if turn.came and turn.session then
    redis.call('HSET', record, 'came', math.max(turn.came, tonumber(redis.call('HGET', record, 'came') or 0)))
  end
  if turn.was_shown ~= '' then show(record, turn.was_shown, turn.shown) end
  redis.call('PERSIST', record)
  if not turn.session and not turn.who then redis.call('EXPIRE', record, ERASED) end
end
