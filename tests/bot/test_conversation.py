"""The one road, over a real Redis: nothing lost, nothing doubled, replies in order."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.conversation import Conversation
from bot.messages import Bare, Inbound, Outgoing, Tapped, Words
from bot.store import Chat, Commit
from flows.events import Event, Tap, Text
from tests.bot.conversing import PHONE, conversation_on, sent, session_of, sms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock


@pytest.fixture
def counts() -> Counter[str]:
    return Counter()


@pytest.fixture
def conversation(store: Store, vault: Vault, clock: Clock, counts: Counter[str]) -> Conversation:
    return conversation_on(store, vault, clock, counts)


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


@pytest.mark.parametrize(("countries", "cut"), [({"CO"}, True), ({"*"}, True), ({"BO"}, False), (set(), False)])
async def test_long_texts_are_cut_where_networks_do_not_join_parts(
    conversation: Conversation, outbox: Outbox, clock: Clock, countries: set[str], *, cut: bool
) -> None:
    road = dataclasses.replace(conversation, in_pieces=frozenset(countries))
    left: list[Outgoing] = []
    for number, text in enumerate(("hola", "1", "1", "9", "8", "1")):
        await road.handle(sms(number, text, clock.now))
        left += await sent(outbox, clock)
    texts = [out.body.text for out in left if isinstance(out.body, Words)]
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
    await store.commit(Commit(chat=Chat("sms", PHONE), version=0, session=b'{"schema": 1'))
    await conversation.handle(sms(1, "1", clock.now))
    words = [out.body.text for out in await sent(outbox, clock) if isinstance(out.body, Words)]
    assert "no pude leer" in words[0]
    assert (await session_of(store)).state == "welcome"


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
