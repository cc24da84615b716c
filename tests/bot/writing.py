"""A case whose person can be written to, and what is on its way to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.messages import Job
from bot.referral.thread import SAYS
from bot.store import Chat, Commit
from flows.events import HandedBack, StaffWrote
from flows.session import dump
from tests.bot import cases
from tests.bot.cases import PHONE, TEXTS, consenting, good
from tests.bot.casework import STAFF, drafted
from tests.bot.desking import Front

if TYPE_CHECKING:
    from bot.store import Store
    from flows.session import Session
    from tests.bot.desking import Person

ANY_DAY = consenting(good(), call_how="any_day")
DRAFT = drafted(1, ANY_DAY)
ONCE = re.compile(r'name="once" value="(\w+)"')


def es(key: str, **params: object) -> str:
    return TEXTS.get("es", key, **params)  # type: ignore[arg-type] # parameters of a text, and no count


async def stands(store: Store, **other: object) -> None:
    """The person's conversation, in French, as it stands."""
    session: Session = replace(cases.session(ANY_DAY, locale="fr"), reference=DRAFT.reference, referred=1)
    session = replace(session, **{"touched": 1_800_000_000.0, **other})
    outcome = await store.commit(Commit(chat=Chat("sms", PHONE), version=0, session=dump(session)))
    assert outcome == "done"


async def taken(front: Front) -> Person:
    """Ana, who has the case and looks at it."""
    ana = await front.signed_in(STAFF)
    await ana.open(DRAFT)
    await ana.do(DRAFT, "take")
    await said(front)
    return ana


async def write(person: Person, status: int = 303, what: str = "write", **fields: str) -> str:
    found = ONCE.search(person.page)
    return await person.do(DRAFT, what, status, **{"once": found[1] if found else "", **fields})


async def said(front: Front) -> list[StaffWrote | HandedBack]:
    """What is on its way to the person."""
    found: list[StaffWrote | HandedBack] = []
    while claimed := await front.outbox.claim(front.clock(), 9):
        for one in claimed:
            if isinstance(one.out.body, Job) and one.out.body.name == SAYS:
                found.append(msgspec.json.decode(one.out.body.payload, type=StaffWrote | HandedBack))
            await front.outbox.settle(one, "sent")
    return found
