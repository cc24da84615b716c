"""`python -m bot`: the same as `batea`."""

from bot.cli import app

app(prog_name="batea")
