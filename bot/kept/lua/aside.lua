-- Sessions that could not be read, the latest first.
local function set_aside(key, broken)
  redis.call('LPUSH', key, broken.kept)
  redis.call('LTRIM', key, 0, broken.most - 1)
end
