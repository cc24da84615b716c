"""What nobody took by the promised day: leads and miner are told once; whoever was quick enough is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.contacts import Contact, Contacts
from bot.messages import Job, Mail, Outgoing
from bot.referral.acting import Acting
from bot.referral.deadlines import Deadlines
from bot.referral.mail import Post
from bot.referral.told import JOB
from tests.bot import cases
from tests.bot.cases import TEXTS
from tests.bot.casework import Cabinet, drafted
from tests.bot.referring import URL, acting_on, announcer_on, found_in, leaving, notices_on

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.conftest import Clock

DAY = 86_400.0
FIRST = Contact("Primera", "lead", "primera@example.org", ("es",), ("PE",), telegram="20")
SECOND = Contact("Segunda", "lead", "segunda@example.org", ("en",), ("CO",), telegram="21")
STAFF = Contact("Ana", "staff", "ana@example.org", ("es",), telegram="22")
GUARD = Contact("Luz", "protection", "luz@example.org", ("es",), ("CO",), telegram="23")


@dataclass
class Bench:
    """The look, on real parts, and what it puts."""

    cabinet: Cabinet
    outbox: Outbox
    clock: Clock
    looks: Deadlines
    acting: Acting

    async def look(self) -> list[Outgoing]:
        """What one look puts."""
        await self.looks.once()
        found: list[Outgoing] = []
        while claimed := await self.outbox.claim(self.clock(), 99):
            for one in claimed:
                found.append(one.out)
                await self.outbox.settle(one, "sent")
        return found

    async def again(self) -> list[Outgoing]:
        """What another process finds, which remembers nothing."""
        self.looks._done.clear()
        return await self.look()


@pytest.fixture
def bench(database: Database, vault: Vault, outbox: Outbox, clock: Clock) -> Bench:
    cabinet, contacts = Cabinet(database, vault, clock), Contacts((FIRST, SECOND, STAFF, GUARD))
    post, notices = Post(TEXTS, URL), notices_on(cabinet.store, *contacts.everybody)
    announcer = announcer_on(cabinet.store, outbox, *contacts.everybody)
    looks = Deadlines(cabinet.store, cabinet.index, outbox, contacts, post, notices, announcer, clock)
    return Bench(cabinet, outbox, clock, looks, acting_on(cabinet.store, outbox, clock, *contacts.everybody))


def to(found: list[Outgoing]) -> list[str]:
    return sorted(one.address for one in found)


async def test_the_lead_of_the_country_and_the_miner_are_told_once(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1))
    assert await bench.look() == []
    bench.clock.advance(7 * DAY)
    found = await bench.look()
    assert to(found) == sorted(["segunda@example.org", "21", cases.PHONE])
    [mail] = [one.body for one in found if isinstance(one.body, Mail)]
    assert mail.subject == TEXTS.get("en", "mail.subject.late", reference=drafted(1).reference)
    assert [one.body.name for one in found if isinstance(one.body, Job)] == [JOB]
    assert await bench.again() == []
    assert (await bench.cabinet.held(drafted(1).reference)).case.late
    [entry] = await bench.cabinet.trail.of(drafted(1).reference)
    assert (entry.who, entry.what) == ("", "late")


async def test_without_a_lead_of_the_country_it_is_the_first(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1, cases.consenting(cases.good(country="BO"))))
    bench.clock.advance(7 * DAY)
    assert to(await bench.look()) == sorted(["primera@example.org", "20", cases.PHONE])


async def test_what_was_taken_in_time_is_not_late(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1))
    await bench.acting.do(drafted(1).reference, STAFF, "take")
    await bench.look()
    bench.clock.advance(7 * DAY)
    assert await bench.look() == []
    assert not (await bench.cabinet.held(drafted(1).reference)).case.late


async def test_of_a_talk_in_private_only_protection_is_told(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1, {"country": "CO", "call_back": "yes", "call_how": "any_day"}, quiet=True))
    bench.clock.advance(7 * DAY)
    assert to(await bench.look()) == sorted(["luz@example.org", "23"])


async def test_what_was_shared_in_private_is_late_by_its_own_day_for_protection_alone(bench: Bench) -> None:
    draft = drafted(1, cases.consenting(cases.good() | cases.secrets("no") | {"children": "yes"}))
    await bench.cabinet.keep(draft)
    await bench.acting.do(draft.reference, STAFF, "take")
    await bench.look()
    bench.clock.advance(4 * DAY)
    found = await bench.look()
    assert to(found) == sorted(["luz@example.org", "23"])
    [mail] = [one.body for one in found if isinstance(one.body, Mail)]
    assert mail.subject == TEXTS.get("es", "mail.subject.overdue", reference=draft.reference)
    assert found_in(leaving(mail), [*cases.PERSONAL, *cases.sensitive_words("es")]) == []
    assert await bench.again() == []
    assert not (await bench.cabinet.held(draft.reference)).case.late
    assert [entry.what for entry in await bench.cabinet.trail.of(draft.reference)] == ["take", "private.late"]


async def test_once_protection_talked_of_it_nothing_private_is_late(bench: Bench) -> None:
    draft = drafted(1, cases.consenting(cases.good() | cases.secrets("no") | {"children": "yes"}))
    await bench.cabinet.keep(draft)
    await bench.acting.guard(draft.reference, GUARD, "")
    bench.clock.advance(4 * DAY)
    assert await bench.look() == []


async def test_what_no_call_was_promised_for_is_late_as_well(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1, cases.consenting(cases.good(), call_back="no")))
    bench.clock.advance(7 * DAY)
    assert "segunda@example.org" in to(await bench.look())


async def test_nothing_leaves_before_the_promised_day_is_over_where_the_phone_is(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1))
    held = await bench.cabinet.held(drafted(1).reference)
    assert held.case.due is not None
    bench.clock.now = held.case.due
    assert await bench.look() == []
    bench.clock.advance(1)
    assert await bench.look() != []


async def test_a_crash_between_telling_and_marking_doubles_nothing(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1))
    bench.clock.advance(7 * DAY)
    held = await bench.cabinet.held(drafted(1).reference)
    await bench.outbox.put(*await bench.looks._news("late", held, (SECOND,)))
    found = await bench.look()
    assert len(found) == len({one.id for one in found}) == 3


async def test_where_nothing_was_promised_nothing_is_late(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1, cases.consenting(cases.good(country="FR"))))
    bench.clock.advance(300 * DAY)
    assert await bench.look() == []


async def test_it_names_nobody(bench: Bench) -> None:
    await bench.cabinet.keep(drafted(1, cases.consenting(cases.good() | cases.secrets("yes"))))
    bench.clock.advance(7 * DAY)
    told = [one.body for one in await bench.look() if not isinstance(one.body, Job)]
    text = "".join(leaving(one) if isinstance(one, Mail) else str(one) for one in told)
    assert found_in(text, [*cases.PERSONAL, *cases.FIGURES, *cases.sensitive_words("en")]) == []
