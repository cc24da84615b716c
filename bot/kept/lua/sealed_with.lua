-- Remember the fingerprints `ours` with the day, unless one that was remembered before is not among them; returns the
-- days of those that are not.
local given = cmsgpack.unpack(ARGV[1])
local ours, missing = {}, {}
for _, fingerprint in ipairs(given.ours) do ours[fingerprint] = true end
local known = redis.call('HGETALL', KEYS[1])
for at = 1, #known, 2 do
  if not ours[known[at]] then missing[#missing + 1] = known[at + 1] end
end
if #missing == 0 then
  for _, fingerprint in ipairs(given.ours) do redis.call('HSETNX', KEYS[1], fingerprint, given.day) end
end
return missing
