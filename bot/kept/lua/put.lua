-- One outgoing message outside of a turn; one that was put before is not put again. Keys: the lane, its mark.
local out = cmsgpack.unpack(ARGV[1])
push(lane_of(out.lane, 1), KEYS[4], out)
