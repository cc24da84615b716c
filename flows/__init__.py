"""What is said: the checklist and the conversation. Pure: no clock, no socket, no environment."""
