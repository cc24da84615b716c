-- The sealed draft of a referral. Keys: case.
return redis.call('HGET', KEYS[1], 'draft')
