"""What `batea chat --json` prints: the object of a turn, as design.md fixes it."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.commands.chat import chat
from bot.talk import Talk
from bot.texts import load_texts
from flows.events import OptedOut
from flows.load import load
from flows.phases import CHOICES

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKLIST = load("2026-11")
TEXTS = load_texts({"phone": "+57 604 332 47 11", "mail": "arm@example.org", "web": "example.org"})
WORDS = TEXTS.words([CHECKLIST], CHOICES)
TO_SCALE = (*"111111111", "40", "22", *"1111111111111111", "2", *"1111111111", "90 gramos")

Told = dict[str, Any]


@pytest.fixture
def talk() -> Callable[..., Talk]:
    def begun(number: str = "+573001234567", *, private: bool = False, locale: str | None = None) -> Talk:
        clock = itertools.count(1_770_000_000, 60)
        begun = Talk(
            CHECKLIST,
            WORDS,
            TEXTS,
            number=number,
            private=private,
            locale=locale,
            clock=lambda: float(next(clock)),
            chance=lambda: 7,
        )
        begun.open()
        return begun

    return begun


def replies(talk: Talk, *lines: str) -> Told:
    for line in lines:
        told = talk.reply(line)
    return told


def options(told: Told) -> list[str]:
    return [option["value"] for option in told["options"]]


def test_the_first_object_is_the_welcome(talk: Callable[..., Talk]) -> None:
    told = talk().happen(OptedOut(tell=False))
    assert told["messages"] == []
    fresh = talk()
    told = fresh.reply("?")
    assert set(told) == {"state", "kind", "messages", "segments", "options"}
    assert (told["state"], told["kind"], options(told)) == ("welcome", "one", ["yes", "no"])


def test_every_object_is_json_and_tells_the_same_question(talk: Callable[..., Talk]) -> None:
    person = talk()
    for line in (*TO_SCALE, "1", "1", "2", "1", "Ana, Coop, Lima", "2"):
        told = person.reply(line)
        assert json.loads(json.dumps(told))["options"] == told["options"]
        assert told["segments"] >= len(told["messages"]) > 0
        assert [option["reply"] for option in told["options"]] == [str(n + 1) for n in range(len(told["options"]))]


@pytest.mark.parametrize(
    ("lines", "state", "kind", "values"),
    [
        (("1",), "consent", "one", ["yes", "no"]),
        (("1", "1", "1"), "country", "country", ["CO", "other"]),
        (("1", "1", "1", "2"), "country", "country", []),
        (("1", "1", "1", "1"), "metals", "several", ["gold", "silver", "platinum", "other"]),
        (TO_SCALE[:9], "miners", "number", []),
        (TO_SCALE[:11], "checkpoint", "one", ["go", "later"]),
        (TO_SCALE[:-1], "gold_month", "quantity", []),
        (
            (*TO_SCALE[:-1], "15"),
            "gold_month",
            "one",
            ["gram", "castellano", "ounce", "kilogram", "tomin", "real", "punto"],
        ),
        (TO_SCALE, "scale", "one", ["right", "gold", "people", "days"]),
    ],
)
def test_states_kinds_and_values(
    talk: Callable[..., Talk], lines: tuple[str, ...], state: str, kind: str, values: list[str]
) -> None:
    told = replies(talk(), *lines)
    assert (told["state"], told["kind"], options(told)) == (state, kind, values)


@pytest.mark.parametrize("line", ["9", "por qué", "xyz", "8"])
def test_menu_why_hints_and_pages_keep_the_state(talk: Callable[..., Talk], line: str) -> None:
    told = replies(talk(), *TO_SCALE[:8], line)
    assert told["state"] == "community_based"


def test_from_the_first_result_on_there_is_an_assessment(talk: Callable[..., Talk]) -> None:
    person = talk(private=True)
    assert "result" not in replies(person, *TO_SCALE[:10])
    told = replies(person, TO_SCALE[10])
    assert (told["result"], told["complete"], told["version"]) == ("find_out", False, "2026-11")
    assert {"gaps", "unknown", "ask_arm", "advice", "ecological", "view", "private"} <= set(told["assessment"])
    assert "ppe" in told["assessment"]["unknown"]


def test_a_first_result_that_came_early(talk: Callable[..., Talk]) -> None:
    told = replies(talk(), *TO_SCALE[:5], "6")
    assert (told["state"], told["result"]) == ("checkpoint", "formalise_first")


def test_the_end_has_the_reference(talk: Callable[..., Talk]) -> None:
    person = talk(private=True)
    told = replies(person, *TO_SCALE, "1", *"11111", "1", "1", "1", "1", "Ana, Coop, Lima")
    assert "reference" not in told
    told = replies(person, "2")
    assert (told["state"], told["result"], told["complete"]) == ("done", "apply_now", True)
    assert told["reference"] == "0700-0004" or len(told["reference"]) == 9
    assert person.ended


def test_where_nothing_is_kept_there_is_no_reference(talk: Callable[..., Talk]) -> None:
    for lines in (("2",), ("1", "2"), ("1", "1", "borrar")):
        told = replies(talk(), *lines)
        assert (told["state"], told["reference"]) == ("done", None)
        assert told["messages"]


def test_where_nothing_was_sent_there_is_no_reference(talk: Callable[..., Talk]) -> None:
    told = replies(talk(private=True), *TO_SCALE, "1", *"11111", "2", "2")
    assert (told["state"], told["reference"]) == ("done", None)


@pytest.mark.parametrize(
    ("number", "locale", "welcome"),
    [("+573001234567", None, "Hola"), ("+233241234567", None, "Hello"), ("+573001234567", "en", "Hello")],
)
def test_language_and_country_come_from_the_number(
    talk: Callable[..., Talk], number: str, locale: str | None, welcome: str
) -> None:
    told = talk(number, locale=locale).reply("x")
    assert any(welcome in message for message in talk(number, locale=locale).open()["messages"]) or told["messages"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["1", "cambiar"], ("number", [])),
        (["otra organización", "2"], ("text", [])),
        (["clave 2580", "mis datos"], ("number", [])),
        (["basta por hoy"], ("one", [{"reply": "1", "value": "go"}])),
    ],
)
def test_what_a_reply_does_in_a_menu_is_told(
    talk: Callable[..., Talk], typed: list[str], told: tuple[str, list[dict[str, str]]]
) -> None:
    answer = replies(talk(), "1", "1", *typed)
    assert (answer["kind"], answer["options"]) == told


def test_the_code_of_a_room_is_answered_where_no_other_phone_is(talk: Callable[..., Talk]) -> None:
    begun = talk()
    [told] = begun.reply("unir K7M2Q")["messages"]
    assert told.startswith("No hay ningun grupo")
    assert begun.reply("1")["state"] == "consent"


def test_a_terminal_without_input_sees_the_first_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    chat(as_json=True)
    assert json.loads(capsys.readouterr().out)["state"] == "welcome"
