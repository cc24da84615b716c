-- The sealed draft and case of a referral, and the version of the case. Keys: case.
return redis.call('HMGET', KEYS[1], 'draft', 'case', 'version')
