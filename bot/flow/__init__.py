"""Content versions for people who are no programmers: told, compared, drawn, looked through. Behind `batea flow`."""
