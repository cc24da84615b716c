from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from flows.phases import DONE
from tests.bot.conversing import TEXTS, session_of
from tests.bot.grouping import VOTERS, Visitor, at_a_vote
from tests.bot.rooming import LEADER, House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock


@pytest.fixture
async def visitor(
    database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock
) -> AsyncIterator[Visitor]:
    async with at_a_vote(House(database, store, vault, outbox, clock)) as somebody:
        yield somebody


async def test_the_question_is_there_to_be_read_out_and_how_to_take_part(visitor: Visitor) -> None:
    code = (await visitor.house.room()).code
    assert TEXTS.get("es", "equal_treatment.ask") in visitor.html
    assert visitor.part("at").startswith("Pregunta 13.")
    assert f"UNIR {code} al número +57 300 111 2222" in visitor.part("join")
    assert re.findall(r"<b>(13\d)</b> <span>([^<]*)", visitor.html) == [
        (f"13{n}", TEXTS.get("es", f"equal_treatment.{option}")) for n, option in enumerate(("yes", "no", "unknown"), 1)
    ]


async def test_while_votes_come_in_only_how_many_is_shown(visitor: Visitor) -> None:
    pages = set()
    for options in ((1, 1, 2, 3), (2, 2, 2, 2)):
        await visitor.vote(*options)
        await visitor.open()
        assert visitor.part("progress") == "Han respondido 4 de 6"
        pages.add(re.sub(visitor.carried["once"], "", visitor.html))
    assert len(pages) == 1


async def test_a_whole_vote_with_phones_hands_and_the_women_apart(visitor: Visitor) -> None:
    await visitor.vote(1, 1, 2, 1)
    await visitor.press(hand1="8", hand2="4", hand3="", reply="1")
    assert TEXTS.get("es", "room.both.ask") in visitor.html
    await visitor.press(reply="2")
    assert "8 mujeres" in visitor.html
    await visitor.press(hand1="3", hand2="3", hand3="")
    counts = re.findall(r'<td>(\d+)</td>\s*<td class="women">(\d+)', visitor.html)
    assert counts == [("8", "3"), ("4", "3"), ("0", "0")]
    assert TEXTS.get("es", "group.discuss") in visitor.html
    await visitor.press(reply="2", note="falta en la planta")
    session = await visitor.session()
    assert session.answers["equal_treatment"] == "no"
    assert session.room
    assert session.room.notes == {"equal_treatment": "falta en la planta"}
    assert session.room.tallies["equal_treatment"].phones == (3, 1, 0)
    assert visitor.part("at").startswith("Pregunta 14.")


async def test_what_the_page_shows_is_not_sent_to_the_phone_as_well(visitor: Visitor) -> None:
    await visitor.press(hand1="8", hand2="4", reply="1")
    await visitor.press(reply="1")
    await visitor.press(reply="1")
    await visitor.house.deliver()
    assert "equal_treatment" in (await visitor.session()).answers
    assert visitor.house.said == {}


async def test_jobs_of_such_a_turn_leave(visitor: Visitor) -> None:
    """Whoever wants the questions gets the next one, though nothing is sent to whoever leads."""
    await visitor.house.write(VOTERS[0], "preguntas")
    await visitor.house.deliver()
    visitor.house.said.clear()
    await visitor.press(reply="3")
    while await visitor.house.voting() is None or "vote" not in visitor.html:
        await visitor.press(reply="1") if "pick1" not in visitor.html else await visitor.press(pick2="on")
    await visitor.house.deliver()
    assert list(visitor.house.said) == [VOTERS[0]]
    assert await visitor.house.ballot() in visitor.house.said[VOTERS[0]][-1]


async def test_a_form_sent_twice_does_nothing_twice(visitor: Visitor) -> None:
    form = visitor.carried | {"reply": "1"}
    for _ in range(2):
        await visitor.send(form)
    room = await visitor.house.room()
    assert room.step == "decide"
    assert "equal_treatment" not in (await visitor.session()).answers


async def test_a_form_of_a_question_that_has_moved_on_answers_nothing(visitor: Visitor) -> None:
    """Two taps on "close" are two forms where the page was open twice: the second must not answer "yes"."""
    other = visitor.carried
    await visitor.press(reply="1")
    await visitor.send(other | {"once": "another", "reply": "1"})
    assert TEXTS.get("es", "group.stale") in visitor.html
    assert "equal_treatment" not in (await visitor.session()).answers
    assert (await visitor.house.room()).step == "decide"


async def test_more_hands_than_people_are_told_on_the_page(visitor: Visitor) -> None:
    await visitor.press(hand1="30", hand2="5", hand3="1", reply="1")
    assert "Son 36, y hay 30" in visitor.part("notices")
    room = await visitor.house.room()
    assert (room.step, room.hands) == ("", ())


@pytest.mark.parametrize("said", ["ALTO", "BORRAR", "PERSONA", "9", "99", "CAMBIAR 2", "PRIVADO", "CLAVE 1234"])
async def test_no_reply_is_a_command(visitor: Visitor, said: str) -> None:
    """Whoever reads the address off the wall can do what the page shows, and nothing else of that phone."""
    before = await visitor.session()
    for field in ("reply", "text", "command"):
        await visitor.send(visitor.carried | {"once": field, field: said})
    after = await visitor.session()
    assert (after.state, after.menu, after.answers) == (before.state, before.menu, before.answers)
    assert (after.opted_out, after.pin, after.aside, after.hidden) == (False, "", None, None)
    await visitor.house.deliver()
    assert visitor.house.said == {}


async def test_a_talk_in_private_looks_as_an_open_menu_does_and_nothing_breaks_in(visitor: Visitor) -> None:
    def drawn_page() -> str:
        return re.sub(r'(name="turn" value="|mark=\w+\.)\d+', "", re.sub(visitor.carried["once"], "", visitor.html))

    await visitor.house.write(LEADER, "9")
    await visitor.open()
    busy = drawn_page()
    await visitor.press(command="back")
    await visitor.house.write(LEADER, "privado")
    await visitor.open()
    assert drawn_page() == busy
    for pressed in ({"command": "back"}, {"reply": "1"}):
        await visitor.press(**pressed)
        assert (await visitor.session()).state == "call_how"


async def test_what_the_leader_has_open_on_the_phone_is_not_shown_and_can_be_closed(visitor: Visitor) -> None:
    for said, shown in (("9", "menu.menu.ask"), ("persona", "call_back.ask")):
        await visitor.house.write(LEADER, said)
        await visitor.open()
        assert TEXTS.get("es", "group.busy") in visitor.html
        assert TEXTS.get("es", shown) not in visitor.html
        await visitor.press(command="back")
        assert TEXTS.get("es", "equal_treatment.ask") in visitor.html


async def test_skipping_going_back_and_people_who_left(visitor: Visitor) -> None:
    await visitor.press(command="omit")
    assert visitor.part("at").startswith("Pregunta 14.")
    await visitor.press(command="back")
    assert visitor.part("at").startswith("Pregunta 13.")
    await visitor.press(reply="4")
    await visitor.press(who1="2", who2="", who3="3", who4="9")
    assert TEXTS.get("es", "group.hint.people") in visitor.part("notices")
    await visitor.press(who1="2", who2="", who3="3", who4="1")
    assert (await visitor.session()).answers["people"] == "2 0 3 1"
    assert visitor.part("at").startswith("Pregunta 13.")


async def test_a_pause_closes_the_page_and_is_told_on_the_phone(visitor: Visitor) -> None:
    await visitor.press(command="enough")
    assert TEXTS.get("es", "group.gone.title") in visitor.html
    await visitor.house.deliver()
    assert any("1" in said for said in visitor.house.said[LEADER])


async def test_the_end_is_on_the_page_and_on_the_phone(visitor: Visitor) -> None:
    for _ in range(90):
        if 'data-testid="result"' in visitor.html:
            break
        form = {"pick1": "on"} if "pick1" in visitor.html else {"text": "20"} if 'name="text"' in visitor.html else {}
        await visitor.press(**(form or {"reply": "1"}))
    room = await visitor.house.room()
    assert room.ended
    assert room.votes == {}
    assert "<form" not in visitor.html
    assert "30 personas" in visitor.html
    assert TEXTS.get("es", "registered.short") in visitor.html
    await visitor.house.deliver()
    assert any("ARM" in said for said in visitor.house.said[LEADER])
    for said in ("2", "2"):
        await visitor.house.write(LEADER, said)
    assert (await session_of(visitor.house.store, address=LEADER)).state in {DONE, "advice"}
    assert 'data-testid="result"' in await visitor.open()


async def test_news_are_how_many_answered_or_that_all_is_new(visitor: Visitor) -> None:
    found = re.search(r"/news\?mark=([\w.]+)", visitor.html)
    assert found
    news = f"{visitor.path}/news?mark={found[1]}"
    assert (await visitor.http.get(news)).status_code == 204
    await visitor.vote(1, 2)
    changed = await visitor.http.get(news)
    assert "Han respondido 2 de 6" in changed.text
    assert "HX-Redirect" not in changed.headers
    await visitor.house.write(LEADER, "1")
    assert (await visitor.http.get(news)).headers["HX-Redirect"] == visitor.path
    await visitor.house.write(LEADER, "pausa")
    gone = await visitor.http.get(news, headers={"HX-Request": "true"})
    assert gone.headers["HX-Redirect"] == visitor.path
