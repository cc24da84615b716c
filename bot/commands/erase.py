"""`batea erase`: forgets a phone, with all that went to ARM from it. Asks first, and says what it did."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.inside import inside
from bot.commands.told import give_up

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.contacts import Contact
    from bot.house import House
    from bot.store import Chat

WHO = "batea erase"
"""Who it was, on the trail."""
_LEFT = (
    "What stays: mails and notices that ARM's contacts have, backups, and that something was erased. "
    "If the phone writes again, it begins anew."
)


@dataclass(frozen=True)
class Found:
    """A conversation (`talking`: there is something of it), and the references of what went to ARM from it."""

    chat: Chat
    talking: bool
    references: tuple[str, ...]


def erase(
    phone: Annotated[str, typer.Option(help="A number on SMS, with + and the country: +573001234567.")] = "",
    reference: Annotated[str, typer.Option(help="A case: the phone that it came from, on any channel.")] = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a phone: its conversation with all its assessments, and every case that came from it.

    ARM's contacts are told that the consent is taken back. Asks first.
    """
    if bool(phone) == bool(reference):
        give_up("Nothing done:", ["name one of --phone and --reference"], 2)

    async def erased(house: House) -> None:
        found = await _found(house, await _chat(house, phone, reference))
        if not found.talking and not found.references:
            give_up("Nothing done:", ["there is nothing of that phone"], 1)
        typer.echo("\n".join(_told("To be erased", found)))
        if not yes:
            typer.confirm("This can't be undone. Erase it?", abort=True)
        await _forget(house, found)
        typer.echo("\n".join((*_told("Erased", found), _LEFT)))

    inside(erased)


async def _chat(house: House, phone: str, reference: str) -> Chat:
    from bot.store import Chat  # noqa: PLC0415 - a command loads only what it needs
    from flows.reference import EXAMPLE, read  # noqa: PLC0415 - the same

    if phone:
        return Chat("sms", _number(phone))
    name = read(reference) or give_up("Nothing done:", [f"{reference} is no reference, such as {EXAMPLE}"], 2)
    draft = await house.referrals.load(name)
    if draft is None:
        give_up("Nothing done:", [f"there is no case {name}"], 1)
    return Chat(draft.channel, draft.address)


def _number(phone: str) -> str:
    """The number as it is kept (E.164)."""
    import phonenumbers  # noqa: PLC0415 - a command loads only what it needs

    try:
        parsed = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        give_up("Nothing done:", ["--phone: write it with + and the country, like +573001234567"], 2)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


async def _found(house: House, chat: Chat) -> Found:
    from flows.session import Unreadable, load, references  # noqa: PLC0415 - a command loads only what it needs

    loaded = await house.store.load(chat)
    try:
        known = references(load(loaded.session)) if loaded.session else ()
    except Unreadable:
        known = ()  # what it sent is found by its address
    there = [name for name in (*known, *[name async for name in _of(house, chat)]) if await house.referrals.load(name)]
    return Found(chat, bool(loaded.session or loaded.broken), tuple(dict.fromkeys(there)))


async def _of(house: House, chat: Chat) -> AsyncIterator[str]:
    """Every case of that address, also those of which only the address is left: drafts are opened to see that."""
    from bot.referral.heads import phone_mark  # noqa: PLC0415 - the same
    from bot.referral.index import Filters  # noqa: PLC0415 - a command loads only what it needs

    await house.index.refresh()
    mark = phone_mark(chat.address, house.vault)
    for contact in _everybody():
        for head in house.index.find(Filters(), contact, time.time()):
            draft = await house.referrals.load(head.reference) if head.phone in {"", mark} else None
            if draft and (draft.channel, draft.address) == (chat.channel, chat.address):
                yield head.reference


def _everybody() -> tuple[Contact, ...]:
    """Together they see all there is."""
    from bot.contacts import Contact  # noqa: PLC0415 - a command loads only what it needs

    return (
        Contact(name=WHO, role="lead", mail="", languages=("en",)),
        Contact(name=WHO, role="protection", mail="", languages=("en",)),
    )


async def _forget(house: House, found: Found) -> None:
    """The conversation first: a case that waits in its lane must not come after."""
    from bot.bootstrap import referring  # noqa: PLC0415 - a command loads only what it needs
    from bot.messages import Job, Outgoing  # noqa: PLC0415 - the same
    from bot.referral.trail import Entry  # noqa: PLC0415 - the same
    from bot.referrals import FORGET  # noqa: PLC0415 - the same

    await house.store.erase(found.chat)
    referrals = referring(house)
    for name in found.references:
        await referrals.forget(Outgoing("", "", "", Job(FORGET, name.encode()), time.time()))
    await house.trail.add(Entry(time.time(), WHO, "erased", ""))


def _told(done: str, found: Found) -> Iterator[str]:
    if found.talking:
        yield f"{done}: the conversation by {found.chat.channel}, with all its assessments and waiting messages"
    yield from (f"{done}: the case {name}" for name in found.references)
