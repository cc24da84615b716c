"""One file per group of commands of `batea`. What they do is done elsewhere; here it is asked for and shown."""
