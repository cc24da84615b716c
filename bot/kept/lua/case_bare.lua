-- Referrals that were kept before there were cases. Keys: cases, heads.
local bare = {}
for _, reference in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if redis.call('HEXISTS', KEYS[2], reference) == 0 then bare[#bare + 1] = reference end
end
return bare
