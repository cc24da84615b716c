-- Whether this call runs for the first time: the client sends it again after a broken connection, and gives up in seconds.
local function first(call)
  return redis.call('SET', call, '1', 'NX', 'EX', 60)
end
