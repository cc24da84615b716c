"""Servers that stand in for Twilio's, Telegram's and a mail provider's, on loopback, as strict as the real ones."""
