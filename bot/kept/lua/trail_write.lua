-- One more entry of a trail; the same one is not written again.
local function write_trail(trail, latest, entry)
  if redis.call('HSETNX', trail, entry.token, entry.sealed) == 0 then return end
  redis.call('ZADD', latest, entry.at, entry.reference .. ' ' .. entry.token)
  redis.call('ZREMRANGEBYRANK', latest, 0, -entry.most - 1)
end
