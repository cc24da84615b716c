-- A chat's record. Where its session is erased, the version stays for a month, longer than any turn runs:
-- a turn that began before must not bring the session back.
local ERASED = 30 * 24 * 3600

local function empty(record, timers, chat)
  unset_timers(record, timers, chat)
  redis.call('DEL', record)
end

local function write(record, turn, version)
  redis.call('HSET', record, 'version', version, 'token', turn.token)
  if turn.session then redis.call('HSET', record, 'session', turn.session) end
  if turn.who then redis.call('HSET', record, 'who', turn.who) end
  if turn.reply then
    redis.call('HSET', record, 'digest', turn.digest, 'in_at', turn.received, 'reply', turn.reply)
    redis.call('HDEL', record, 'left')
  end
  redis.call('PERSIST', record)
  if not turn.session and not turn.who then redis.call('EXPIRE', record, ERASED) end
end
