"""The page of a room, for whoever leads it: to be read out, shown and filled in on a phone or by a projector."""
