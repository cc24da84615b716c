"""One file per way in or out. Channels know neither each other nor the store; what they share is in `bot.messages`."""
