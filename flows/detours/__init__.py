"""What people do beside answering: come back, stop, skip, look over, start again, delete, switch, ask."""
