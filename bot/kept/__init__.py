"""What is kept in Redis and how: keys, seals, leases, timers. `bot.store` and `bot.outbox` are the ways in."""
