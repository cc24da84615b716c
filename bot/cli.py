"""`batea`: which commands there are. Each is in `commands`."""

from __future__ import annotations

import typer

from bot import logs
from bot.commands import chat, check, contacts, cost, erase, flow, key, qr, referrals, serve, stats

app = typer.Typer(
    help="Lets artisanal gold miners compare themselves with the Fairmined entry requirements, by SMS or Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _logged() -> None:
    logs.start("warning")


app.command()(serve.run)
app.command()(serve.web)
app.command()(serve.worker)
app.command()(chat.chat)
app.command()(check.check)
app.command()(key.key)
app.command()(cost.bench)
app.command()(qr.qr)
app.command()(stats.stats)
app.command()(erase.erase)
app.add_typer(referrals.app, name="referrals")
app.add_typer(contacts.app, name="contacts")
app.add_typer(flow.app, name="flow")
