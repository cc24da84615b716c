-- Every change of a case gets the next number of its tag: the version of the case, and how indexes catch up.
local function last_change(changes)
  return tonumber(redis.call('ZREVRANGE', changes, 0, 0, 'WITHSCORES')[2] or 0)
end

local function changed(changes, reference)
  local number = last_change(changes) + 1
  redis.call('ZADD', changes, number, reference)
  return number
end

local function put_case(case, heads, changes, given)
  local version = changed(changes, given.reference)
  redis.call('HSET', heads, given.reference, given.head)
  redis.call('HSET', case, 'case', given.case, 'token', given.token, 'version', version)
  return version
end
