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

local function write(record, turn, version)
  redis.call('HSET', record, 'version', version, 'token', turn.token)
  if turn.session then redis.call('HSET', record, 'session', turn.session) end
  if turn.who then redis.call('HSET', record, 'who', turn.who) end
  if turn.reply then
    redis.call('HSET', record, 'digest', turn.digest, 'in_at', turn.received, 'reply', turn.reply)
    redis.call('HDEL', record, 'left')
  end
  if turn.was_shown ~= '' then show(record, turn.was_shown, turn.shown) end
  redis.call('PERSIST', record)
  if not turn.session and not turn.who then redis.call('EXPIRE', record, ERASED) end
end
