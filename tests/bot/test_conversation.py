"""The one road, over a real Redis: nothing lost, nothing doubled, replies in order."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.conversation import Conversation
from bot.messages import Bare, Inbound, Job, Outgoing, Tapped, Words
from bot.store import Chat, Commit
from bot.texts import Texts, load_texts
from flows.load import load as load_checklist
from flows.model import Event, OptedOut, Tap, Text, TimerDue
from flows.phases import CHOICES
from flows.session import Session, dump, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

PHONE = "+573001234567"


@pytest.fixture(scope="session")
def texts() -> Texts:
    return load_texts({"phone": "+57 604", "mail": "arm@example.org", "web": "example.org"})


@pytest.fixture
def counts() -> Counter[str]:
    return Counter()


@pytest.fixture
def conversation(store: Store, vault: Vault, clock: Clock, texts: Texts, counts: Counter[str]) -> Conversation:
    checklist = load_checklist("2026-11")

    async def picture(_: Session) -> bytes:
        return b"png"

    return Conversation(
        store=store,
        texts=texts,
        words=texts.words([checklist], CHOICES),
        checklists={checklist.version: checklist},
        protects=lambda country: country == "CO",
        partition=lambda channel, address: vault.partition(vault.chat_key(channel, address)),
        picture=picture,
        count=lambda name: counts.update([name]),
        clock=clock,
    )


def sms(number: int, text: str, at: float) -> Inbound:
    return Inbound(f"SM{number}", "sms", PHONE, Text(text), at)


async def session_of(store: Store, channel: str = "sms", address: str = PHONE) -> Session:
    loaded = await store.load(Chat(channel, address))
    assert loaded.session is not None
    return load(loaded.session)


async def sent(outbox: Outbox, clock: Clock) -> Sequence[Outgoing]:
    """Deliver all that waits, in order."""
    found: list[Outgoing] = []
    while True:
        clock.advance(1)
        claimed = await outbox.claim(clock.now, 50)
        if not claimed:
            return found
        for one in claimed:
            found.append(one.out)
            await outbox.settle(one, "SM")


async def test_a_message_delivered_twice_is_one_turn(conversation: Conversation, store: Store, clock: Clock) -> None:
    first = sms(1, "hola", clock.now)
    await asyncio.gather(conversation.handle(first), conversation.handle(first))
    assert (await session_of(store)).turn == 1


async def test_sixteen_different_texts_at_once_are_sixteen_turns(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await asyncio.gather(*(conversation.handle(sms(n, f"no entiendo {n}", clock.now)) for n in range(1, 17)))
    assert (await session_of(store)).turn == 17
    replies = await sent(outbox, clock)
    assert len(replies) >= 17


async def test_sixteen_equal_texts_at_once_are_one_answer(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await sent(outbox, clock)
    await asyncio.gather(*(conversation.handle(sms(n, "1", clock.now)) for n in range(1, 17)))
    assert (await session_of(store)).state == "consent"
    assert len(await sent(outbox, clock)) == 1


async def test_an_equal_text_after_the_reply_left_is_a_new_answer(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await sent(outbox, clock)
    for number, state in ((1, "consent"), (2, "role"), (3, "country")):
        await conversation.handle(sms(number, "1", clock.now))
        assert (await session_of(store)).state == state
        await sent(outbox, clock)


async def walk(road: Conversation, *texts: str, start: int = 0) -> None:
    for number, text in enumerate(texts, start):
        await road.handle(sms(number, text, 1000.0 + 100 * number))


async def test_what_was_deleted_and_sent_leaves_an_order_to_erase_it(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await walk(conversation, "hola", "1", "1", "1", "1", "1", "5", "persona", "1", "1", "borrar")
    assert (await session_of(store)).state == "erased"
    await sent(outbox, clock)
    await store.quarantine(Chat("sms", PHONE), b"unreadable")
    await conversation.happened("sms", PHONE, TimerDue("erase"))
    assert (await store.load(Chat("sms", PHONE))).session is None
    jobs = [out.body for out in await sent(outbox, clock) if isinstance(out.body, Job)]
    assert [job.name for job in jobs] == ["forget"]


async def test_what_comes_back_keeps_its_reference(conversation: Conversation, store: Store) -> None:
    await walk(conversation, "hola", "1", "1", "1", "1", "1", "5", "persona", "1", "1")
    reference = (await session_of(store)).reference
    await walk(conversation, "borrar", "recuperar", "empezar de nuevo", "recuperar", start=20)
    assert (await session_of(store)).reference == reference is not None


@pytest.mark.parametrize(("countries", "cut"), [({"CO"}, True), ({"*"}, True), ({"BO"}, False), (set(), False)])
async def test_long_texts_are_cut_where_networks_do_not_join_parts(
    conversation: Conversation, outbox: Outbox, clock: Clock, countries: set[str], *, cut: bool
) -> None:
    road = dataclasses.replace(conversation, in_pieces=frozenset(countries))
    for number, text in enumerate(("hola", "1", "1", "9", "8", "1")):
        await road.handle(sms(number, text, number * 100.0))
    texts = [out.body.text for out in await sent(outbox, clock) if isinstance(out.body, Words)]
    assert any(text.startswith("1/2 ") for text in texts) == cut


async def test_a_resent_text_stays_taken(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    """A message that was dropped as resent must not come back from Twilio's list as a new answer."""
    await conversation.handle(sms(0, "hola", clock.now))
    await conversation.handle(sms(1, "1", clock.now))
    again = sms(2, "1", clock.now)
    await conversation.handle(again)
    await sent(outbox, clock)
    await conversation.handle(again)
    assert (await session_of(store)).state == "consent"


async def test_an_unreadable_session_is_kept_aside_and_told(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await store.commit(Commit(chat=Chat("sms", PHONE), version=0, session=b'{"schema": 99}'))
    await conversation.handle(sms(1, "1", clock.now))
    words = [out.body.text for out in await sent(outbox, clock) if isinstance(out.body, Words)]
    assert "no pude leer" in words[0]
    assert (await session_of(store)).state == "welcome"


async def test_nothing_is_kept_of_somebody_who_does_not_consent(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    for number, text in enumerate(("hola", "1", "2")):
        await conversation.handle(sms(number, text, clock.now))
        await sent(outbox, clock)
    assert (await store.load(Chat("sms", PHONE))).session is None


async def test_an_opt_out_seen_at_delivery_ends_the_messages(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await conversation.happened("sms", PHONE, OptedOut(tell=False))
    assert await sent(outbox, clock) == []
    await conversation.handle(sms(1, "1", clock.now))
    assert await sent(outbox, clock) == []
    assert (await session_of(store)).opted_out


async def test_section_seven_is_asked_where_somebody_is_there_for_it(conversation: Conversation, store: Store) -> None:
    await conversation.handle(sms(0, "hola", 1.0))
    assert (await session_of(store)).private
    await conversation.handle(Inbound("SM9", "sms", "+59171234567", Text("hola"), 1.0))
    assert not (await session_of(store, address="+59171234567")).private


async def play(conversation: Conversation, outbox: Outbox, clock: Clock, events: Sequence[Event]) -> list[Outgoing]:
    found: list[Outgoing] = []
    for number, event in enumerate(events):
        tapped = Tapped(f"q{number}", "55", "¿?") if isinstance(event, Tap) else None
        await conversation.handle(Inbound(f"tg:{number}", "telegram", "77", event, clock.now, "es-419", tapped))
        found += await sent(outbox, clock)
    return found


async def test_a_tap_answers_and_an_old_one_does_not(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await play(conversation, outbox, clock, [Text("/start")])
    session = await session_of(store, "telegram", "77")
    tap = Tap("welcome", session.asked, "1")
    await conversation.handle(Inbound("a", "telegram", "77", tap, clock.now, "es", Tapped("q", "SM", "Hola")))
    assert (await session_of(store, "telegram", "77")).state == "consent"
    kinds = [type(out.body).__name__ for out in await sent(outbox, clock)]
    assert kinds == ["Ack", "Edit", "Words"]
    await conversation.handle(Inbound("b", "telegram", "77", tap, clock.now, "es", Tapped("q2", "5", "Hola")))
    assert (await session_of(store, "telegram", "77")).state == "consent"
    kinds = [type(out.body).__name__ for out in await sent(outbox, clock)]
    assert kinds == ["Ack", "Bare"]


async def test_a_typed_answer_takes_the_buttons_from_its_question(
    conversation: Conversation, outbox: Outbox, clock: Clock
) -> None:
    first = await play(conversation, outbox, clock, [Text("/start")])
    assert [type(out.body).__name__ for out in first] == ["Words"]
    await conversation.handle(Inbound("a", "telegram", "77", Text("1"), clock.now, "es"))
    question, bare = [out.body for out in await sent(outbox, clock)]
    assert isinstance(question, Words)
    assert (len(question.buttons) > 1, bare) == (True, Bare("SM"))


async def test_the_referral_leaves_by_itself_if_the_person_stops(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await sent(outbox, clock)
    loaded = await store.load(Chat("sms", PHONE))
    assert loaded.session is not None
    here = replace(load(loaded.session), state="send", answers={"consent": "yes", "role": "worker", "country": "CO"})
    await store.commit(Commit(chat=Chat("sms", PHONE), version=loaded.version, session=dump(here)))
    await conversation.handle(sms(1, "1", clock.now))
    assert not any(isinstance(out.body, Job) for out in await sent(outbox, clock))
    await conversation.happened("sms", PHONE, TimerDue("refer"))
    jobs = [out.body.name for out in await sent(outbox, clock) if isinstance(out.body, Job)]
    assert jobs == ["referral"]


async def test_what_happens_is_counted(conversation: Conversation, counts: Counter[str], clock: Clock) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    assert counts == {"turns": 1, "started": 1}


@pytest.mark.parametrize(
    ("channel", "address", "app", "locale"),
    [
        ("telegram", "77", "pt-br", "pt_BR"),
        ("telegram", "77", "es", "es"),
        ("sms", "+59171234567", None, "es_BO"),
    ],
)
async def test_regional_words_come_from_the_number_or_the_app(
    conversation: Conversation, store: Store, channel: str, address: str, app: str | None, locale: str
) -> None:
    await conversation.handle(Inbound("r1", channel, address, Text("hm"), 1.0, app))
    assert (await session_of(store, channel, address)).locale == locale
