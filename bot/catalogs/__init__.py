"""The catalogs: what they must hold, and how long it may be."""
