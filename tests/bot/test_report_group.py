"""What a summary tells of a group: how many took part and how, how votes fell, which papers were seen."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.content import load_content
from bot.picture import Drawing
from bot.report import pdf, png
from bot.settings import Settings
from flows.room.model import Tally
from tests.bot import cases
from tests.bot.cases import LOCALES, TEXTS
from tests.bot.grouped import MANY, NOTE, VOTED, group, of_group
from tests.bot.printed import plain, printed

if TYPE_CHECKING:
    from bot.report.summary import Meeting
    from flows.session import Session

ALONE = (5, 2, 1)
FULLEST = cases.every_gap(country="CA", organised="informal")


def met(session: Session) -> Meeting:
    found = of_group(session).meeting
    assert found is not None
    return found


def test_who_took_part_and_how() -> None:
    meeting = met(group(cases.good()))
    assert meeting.lines[0] == "Estuvieron 23 personas. 8 son mujeres. Se votó con 6 teléfonos y levantando la mano."
    assert "papel de registro" in meeting.lines[1]
    assert meeting.lines[2] == "Papeles que solo se dijeron: cuaderno del oro."


@pytest.mark.parametrize(
    ("joined", "tally", "how"),
    [
        (6, Tally((3, 2, 1)), "Se votó con 6 teléfonos."),
        (1, Tally((3, 0, 0)), "Se votó con 1 teléfono."),
        (1, Tally((1, 0, 0)), "No se votó: el grupo respondió hablando."),
        (0, Tally((0, 0, 0), (3, 2, 1)), "Se votó levantando la mano."),
        (2, Tally((0, 0, 0)), "No se votó: el grupo respondió hablando."),
    ],
)
def test_how_they_voted(joined: int, tally: Tally, how: str) -> None:
    session = group(cases.good(), people="14", joined=joined, tallies={"pay_hours": tally}, papers={})
    assert met(session).lines == (f"Estuvieron 14 personas. {how}",)


def test_each_vote_has_its_figures_the_groups_answer_and_whether_to_talk_it_over() -> None:
    tallies = dict.fromkeys(VOTED, MANY) | {"ppe": Tally((18, 0, 0))}
    votes = {vote.id: vote for vote in met(group(cases.good(mercury="yes", ppe="no"), tallies=tallies)).votes}
    assert votes["pay_hours"].figures == "sí, siempre: 15 · no, o no siempre: 5 · no sé: 3"
    assert votes["ppe"].answer == f"Respuesta del grupo: {TEXTS.get('es', 'ppe.no')}."
    assert (votes["pay_hours"].discuss, votes["ppe"].discuss) == ("por hablar", "")
    assert list(votes) == list(VOTED)


def test_women_are_told_apart_only_where_they_were_counted_apart() -> None:
    for women, told in ((ALONE, ["equal_treatment"]), ((2, 1, 1), []), ((), [])):
        votes = met(group(cases.good(), women=women)).votes
        assert [vote.id for vote in votes if vote.women] == told
    [figures] = [vote.women for vote in met(group(cases.good(), women=ALONE)).votes if vote.women]
    assert figures == "Solo las mujeres: sí, siempre: 5 · no, o no siempre: 2 · no sé: 1."


def test_no_note_is_in_a_summary_which_goes_by_mail() -> None:
    assert NOTE not in repr(of_group(group(cases.good())))


def test_it_says_that_a_group_answered() -> None:
    made = of_group(group(cases.good()), "en")
    assert "a group, with somebody to guide it" in [fact.value for fact in made.facts]
    assert made.caution == TEXTS.get("en", "report.caution.group")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("answers", "most"), [(cases.good(safety_rules="no"), 2), (FULLEST, 3)])
def test_the_paper_says_it_all_and_stays_short(answers: cases.Answers, most: int, locale: str) -> None:
    made = of_group(group(answers, women=ALONE), locale)
    pages = printed(pdf(made))
    assert len(pages) <= most
    assert made.meeting is not None
    said = [made.caution, made.meeting.heading, *made.meeting.lines]
    said += [one for vote in made.meeting.votes for one in (vote.title, vote.figures, vote.answer, vote.women)]
    assert [one for one in said if plain(one) not in " ".join(pages)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_fullest_picture_of_a_group_may_be_sent(locale: str) -> None:
    picture = png(of_group(group(FULLEST, women=ALONE), locale))
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, len(picture) < 2_000_000) == (1080, True)
    # Telegram: width and height of a photo together at most 10,000.
    assert 3000 < height < 6000


async def test_the_picture_that_the_leader_gets_shows_the_group() -> None:
    session = group(cases.good())
    drawing = Drawing(load_content(Settings.model_construct()))
    heights = []
    for one in (session, replace(session, room=None)):
        picture = await drawing.picture(one)
        heights.append(struct.unpack(">I", picture[20:24])[0])
    assert heights[0] > heights[1] + 1000
