-- References of cases whose last change nobody was told of yet. Keys: untold.
return redis.call('HKEYS', KEYS[1])
