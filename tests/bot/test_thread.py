"""What staff and a person write to each other, over the jobs and the one road on a real Redis."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.contacts import Contacts
from bot.desk.talking import Message, Refused, Talking
from bot.messages import GiveUp, Inbound, Job, Outgoing, Words
from bot.referral.linked import Linked
from bot.referral.mail import Post
from bot.referral.notices import Notices
from bot.referral.thread import HEARD, SAYS, Hearing, Says
from bot.store import Chat, Commit
from flows.case import Step, move
from flows.events import Text, TimerDue
from flows.session import dump
from tests.bot import cases
from tests.bot.cases import CHECKLIST, PHONE, TEXTS, VERSION
from tests.bot.casework import LEAD, STAFF, Cabinet, drafted
from tests.bot.conversing import conversation_on, session_of

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.messages import Body
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

ANY_DAY = cases.consenting(cases.good(), call_how="any_day")
DRAFT = drafted(1, ANY_DAY)
ANA = replace(STAFF, telegram="501", webhook="https://arm.example.org/batea")
SECRET = "la mina del norte"


@dataclass
class Line:
    """Ana at the desk with a case of hers, its person at a phone, and all that goes between them."""

    talking: Talking
    cabinet: Cabinet
    road: Conversation
    outbox: Outbox
    says: Says
    hearing: Hearing
    clock: Clock
    number: int = 0

    async def write(self, text: str, once: str = "") -> list[Body]:
        self.number += 1
        held = await self.cabinet.held(DRAFT.reference)
        await self.talking.write(held, ANA, Message(once or f"once{self.number:04d}", text=text))
        return await self.left()

    async def hears(self, text: str) -> list[Body]:
        self.number += 1
        await self.road.handle(Inbound(f"SM{self.number}", "sms", PHONE, Text(text), self.clock()))
        return await self.left()

    async def left(self) -> list[Body]:
        """What is due has left, and every job was done twice."""
        found: list[Body] = []
        self.clock.advance(1)
        while claimed := await self.outbox.claim(self.clock(), 9):
            for one in claimed:
                await self._done(one.out, found)
                await self.outbox.settle(one, "sent")
            self.clock.advance(1)
        return found

    async def _done(self, one: Outgoing, found: list[Body]) -> None:
        hands = {SAYS: self.says.bring, HEARD: self.hearing.bring}
        if not isinstance(one.body, Job):
            found.append(one.body)
            return
        for _ in range(2):
            await hands[one.body.name](one)

    async def trail(self) -> list[tuple[str, str, str]]:
        return [(one.who, one.what, one.note) for one in await self.cabinet.trail.of(DRAFT.reference)]


@pytest.fixture
async def line(database: Database, vault: Vault, store: Store, outbox: Outbox, clock: Clock) -> Line:
    cabinet, contacts = Cabinet(database, vault, clock), Contacts((ANA, LEAD))
    await cabinet.keep(DRAFT)
    held = await cabinet.held(DRAFT.reference)
    await cabinet.store.change(held, move(held.case, Step(clock(), "Ana", "take")))
    session = replace(cases.session(ANY_DAY, locale="fr"), reference=DRAFT.reference, referred=1)
    await store.commit(Commit(chat=Chat("sms", PHONE), version=0, session=dump(session)))
    checklists, url = {VERSION: CHECKLIST}, "https://batea.example.org"
    notices = Notices(TEXTS, checklists, Linked(database, vault, contacts), url)
    road = conversation_on(store, vault, clock, Counter())
    hearing = Hearing(cabinet.store, cabinet.trail, outbox, contacts, Post(TEXTS, url), notices)
    talking = Talking(store, outbox, cabinet.trail, TEXTS, checklists, clock)
    return Line(talking, cabinet, road, outbox, Says(road.handle, clock), hearing, clock)


async def test_it_reaches_the_person_once_with_the_name_and_is_on_the_trail(line: Line) -> None:
    assert await line.write("Bonjour", "the-same") == [Words("Ana: Bonjour")]
    assert await line.write("Bonjour", "the-same") == []
    assert await line.trail() == [("Ana", "wrote", "Bonjour")]


async def test_what_the_person_answers_goes_to_the_case_once_and_no_word_leaves(line: Line) -> None:
    await line.write("Bonjour")
    told = await line.hears(SECRET)
    assert sorted(type(body).__name__ for body in told) == ["Hook", "Mail", "Notice"]
    assert SECRET not in str(told)
    assert PHONE not in str(told)
    assert all(DRAFT.reference in str(body) for body in told)
    assert await line.trail() == [("Ana", "wrote", "Bonjour"), ("", "heard", SECRET)]


async def test_ana_is_told_once_and_again_after_she_wrote_or_a_quarter_of_an_hour(line: Line) -> None:
    line.clock.now = line.clock.now // 900 * 900
    await line.write("Bonjour")
    assert len(await line.hears("oui")) == 3
    assert await line.hears("oui") == []
    await line.write("Merci")
    assert len(await line.hears("oui")) == 3
    line.clock.advance(900)
    assert len(await line.hears("oui")) == 3


async def test_a_reply_that_is_under_way_is_dropped(line: Line) -> None:
    await line.road.handle(Inbound("SM0", "sms", PHONE, Text("estado"), line.clock()))
    held = await line.cabinet.held(DRAFT.reference)
    await line.talking.write(held, ANA, Message("once-more", text="Bonjour"))
    [job] = [one for one in await line.outbox.pending(Chat("sms", PHONE)) if isinstance(one.body, Job)]
    await line.says.bring(job)
    assert await line.left() == [Words("Ana: Bonjour")]


async def test_handed_back_batea_speaks_and_it_is_on_the_trail(line: Line) -> None:
    await line.write("Bonjour")
    held = await line.cabinet.held(DRAFT.reference)
    until = (await line.talking.standing(held, ANA)).until
    assert until
    assert until > line.clock() + 86_000
    await line.talking.hand_back(held, ANA, "once-more")
    assert await line.left() == [Words(TEXTS.get("fr", "held.over"))]
    assert (await line.talking.standing(held, ANA)).until is None
    assert (await line.trail())[-1] == ("Ana", "back", "")
    assert DRAFT.reference in str(await line.hears("estado"))


async def test_by_itself_it_is_over_after_a_day(line: Line) -> None:
    await line.write("Bonjour")
    line.clock.advance(86_400 * 2)
    await line.road.happened("sms", PHONE, TimerDue("held"))
    assert await line.left() == [Words(TEXTS.get("fr", "held.over"))]
    assert (await session_of(line.talking.chats, address=PHONE)).held is None


async def test_to_whoever_opted_out_meanwhile_nothing_is_said_and_the_case_knows(line: Line) -> None:
    held = await line.cabinet.held(DRAFT.reference)
    await line.talking.write(held, ANA, Message("once-more", text="Bonjour"))
    await line.road.handle(Inbound("SM0", "sms", PHONE, Text("STOP"), line.clock()))
    assert "Bonjour" not in str(await line.left())
    assert (await line.trail())[-1] == ("", "unsent", "")
    with pytest.raises(Refused, match="opted_out"):
        await line.write("Bonjour")


async def test_of_a_case_that_is_gone_nothing_is_kept(line: Line) -> None:
    await line.write("Bonjour")
    await line.cabinet.store.erase(DRAFT.reference)
    assert await line.hears(SECRET) == []
    assert SECRET not in str(await line.trail())


async def test_what_holds_nothing_is_given_up(line: Line) -> None:
    for body in (Job(SAYS, b"{"), Words("x")):
        out = Outgoing("x", "sms", PHONE, body, 0)
        for bring in (line.says.bring, line.hearing.bring):
            with pytest.raises(GiveUp):
                await bring(out)
