-- The lane of a slip that was put in this partition, or whom a door leads to. Keys: the slip's mark, or the door.
return redis.call('GET', KEYS[1])
