"""How it travels: everything that can fail for reasons outside us."""
