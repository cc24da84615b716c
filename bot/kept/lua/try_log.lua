-- What is new on a phone in a browser since a revision, newest last. Keys: log, head.
local given = cmsgpack.unpack(ARGV[1])
local head = redis.call('HMGET', KEYS[2], 'revision', 'sent', 'received')
local revision = tonumber(head[1] or 0)
local answer = {revision, tonumber(head[2] or 0), tonumber(head[3] or 0), {}}
if revision > given.since then answer[4] = redis.call('LRANGE', KEYS[1], given.since - revision, -1) end
return answer
