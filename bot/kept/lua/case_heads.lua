-- What changed after a number, at most so many: the number that has been reached, whether it began anew because the
-- store is an older one, whether there is more, then references and heads; one without head is erased. Keys: heads, changes.
local given = cmsgpack.unpack(ARGV[1])
local last = last_change(KEYS[2])
local since, anew = given.since, last < given.since
if anew then since = 0 end
local found = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. since, '+inf', 'WITHSCORES', 'LIMIT', 0, given.limit)
local answer, reached = {}, since
for at = 1, #found, 2 do
  answer[at], answer[at + 1] = found[at], redis.call('HGET', KEYS[1], found[at])
  reached = tonumber(found[at + 1])
end
return {reached, anew and 1 or 0, reached < last and 1 or 0, answer}
