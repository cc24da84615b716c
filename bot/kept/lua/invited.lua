-- A link that was opened: it opens once, and the chat is kept. 1 if it was still good. Keys: invited, contact.
local given = cmsgpack.unpack(ARGV[1])
if redis.call('GET', KEYS[2]) == given.chat then return 1 end
if redis.call('DEL', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[2], given.chat)
return 1
