-- Keys: trail, latest.
write_trail(KEYS[1], KEYS[2], cmsgpack.unpack(ARGV[1]).entry)
