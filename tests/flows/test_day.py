"""Gold by the day is counted with the days that people work."""

from __future__ import annotations

import pytest

from bot.talk import Talk
from bot.texts import Texts
from flows.model import Checklist, Quantity
from flows.session import load
from flows.words import Words


def at_gold(checklist: Checklist, words: Words, texts: Texts, days: str) -> Talk:
    talk = Talk(
        checklist,
        words,
        texts,
        number="+573001234567",
        private=False,
        locale="es",
        clock=lambda: 0.0,
        chance=lambda: 1,
    )
    told = talk.open()
    typed = {"miners": "40", "days_month": days}
    while told["state"] != "gold_month":
        told = talk.reply(typed.get(told["state"]) or told["options"][0]["reply"])
    return talk


@pytest.mark.parametrize(
    ("said", "grams"), [("2 gramos al día", 40), ("un castellano diario", 92), ("9 onsas x mes", 279.9315)]
)
def test_a_day_is_as_many_times_a_month_as_people_work(
    checklist: Checklist, words: Words, texts: Texts, said: str, grams: float
) -> None:
    talk = at_gold(checklist, words, texts, "20")
    assert talk.reply(said)["state"] == "scale"
    gold = load(talk.kept or b"").answers["gold_month"]
    assert isinstance(gold, Quantity)
    assert gold.grams_month == pytest.approx(grams)


def test_without_the_days_it_is_asked_back(checklist: Checklist, words: Words, texts: Texts) -> None:
    assert at_gold(checklist, words, texts, "?").reply("2 gramos al día")["state"] == "gold_month"


def test_a_month_is_no_number_of_days(checklist: Checklist, words: Words, texts: Texts) -> None:
    talk = at_gold(checklist, words, texts, "20")
    assert talk.reply("cambiar 9")["state"] == "days_month"
    assert talk.reply("un mes")["state"] == "days_month"


def test_the_gold_is_told_once(checklist: Checklist, words: Words, texts: Texts) -> None:
    talk = at_gold(checklist, words, texts, "20")
    assert "11,2" in talk.reply("9 kilos")["messages"][0]
    told = talk.reply("1")
    while told["state"] != "send":
        told = talk.reply(told["options"][-1]["reply"])
    assert not any("11,2" in message for message in told["messages"])
