"""What the page of a room shows, worked out from the session of the phone that leads it. Words are chosen in `drawn`.

Votes are never shown while a question is open, only how many there are. Nothing that is the leader's own is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from flows.applies import wording
from flows.asking import progress
from flows.assess import assess
from flows.model import UNKNOWN, Say
from flows.phases import question
from flows.room.asking import ask, ballot
from flows.room.counting import by_phone, people, proposed, split
from flows.room.counting import shown as told_figures
from flows.room.model import Room, Tally, votes_on
from flows.room.outcome import FEWEST, outcome
from flows.room.page import public
from flows.room.private import returned
from flows.summary import first_result, result
from flows.tapping import shown_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.model import Checklist, Item, Option
    from flows.room.outcome import Agreement, Outcome
    from flows.session import Session

_ROOMY = "group"
"""No channel on which length is paid for."""
Form = Literal["vote", "women", "decide", "options", "several", "number", "people", "text"]


class Line(msgspec.Struct, frozen=True):
    """An option: its reply, how many stand for it (`share` of 100), how many women apart, hands noted so far."""

    reply: str
    label: Say
    figure: int = 0
    share: int = 0
    women: int | None = None
    hands: str = ""
    proposed: bool = False


class Asked(msgspec.Struct, frozen=True):
    """The question at hand. `before` is what is told above it, `more` what is asked about its answer."""

    form: Form
    text: Say
    lines: tuple[Line, ...]
    number: int = 0
    place: Say | None = None
    before: Say | None = None
    more: Say | None = None
    counted: int = 0
    discuss: bool = False
    voted: int = 0
    unknown: bool = False


class Voted(msgspec.Struct, frozen=True):
    """A question that was put to the vote: what the group answers, and how far people agreed."""

    number: int
    what: Say
    answer: Say
    lines: tuple[Line, ...]
    discuss: bool
    note: str


class Result(msgspec.Struct, frozen=True):
    """The end: the result as the chat tells it, and what the room came to beside it."""

    told: Say
    outcome: Outcome
    votes: tuple[Voted, ...]


class Shown(msgspec.Struct, frozen=True):
    """The whole page. `asked` and `result` are None while the phone that leads has something else open.

    `apart`: that is another assessment; else `back` closes it. A form stands under the question of `state` and `turn`.
    """

    room: Room
    organisation: str
    leads: str
    present: int
    women: int
    state: str
    turn: int
    apart: bool = False
    asked: Asked | None = None
    result: Result | None = None

    @property
    def mark(self) -> str:
        """Changes when all is to be drawn anew."""
        return f"{self.state}.{self.turn}.{int(self.apart)}"

    @property
    def live(self) -> str:
        """Changes with every vote and phone as well."""
        return f"{self.mark}.{self.asked.voted if self.asked else 0}.{len(self.room.chairs)}"


def shown(checklist: Checklist, whole: Session, leads: Session, leader: str, locales: Sequence[str]) -> Shown:
    """The page of the room that `leads`, the assessment at hand or one on the shelf of the `whole` session.

    `leader` tells which phone leads. During a talk in private it looks as it does while a menu is open on that phone.
    """
    here = replace(returned(leads), menu="menu") if whole is leads and leads.aside else leads
    room = here.room or Room(id="")
    page = Shown(
        room=room,
        organisation=str(here.answers.get("organisation", "")),
        leads=leader,
        present=people(here.answers).present,
        women=people(here.answers).women,
        state=shown_state(here),
        turn=leads.asked,
    )
    if room.ended:
        return replace(page, turn=whole.turn, result=_result(checklist, here))
    if whole is not leads:
        return replace(page, apart=True)
    if here.menu or not public(checklist, here):
        return page
    return replace(page, asked=_asked(checklist, here, room, locales))


def _asked(checklist: Checklist, session: Session, room: Room, locales: Sequence[str]) -> Asked:
    item = checklist.items.get(session.state)
    asked = _plainly(checklist, session, locales, item)
    if item is None:
        return asked
    asked = replace(asked, number=item.number, place=_place(checklist, session, item))
    if session.pending:
        return asked
    said, asked = asked.text, replace(asked, text=Say(wording(item, checklist, session.answers)))
    if room.step == "decide":
        return _decide(asked, room, item)
    if room.step == "women":
        return replace(asked, form="women", lines=_hands(item, ()))
    if room.step:
        return replace(asked, more=said)
    if votes_on(item, room):
        return replace(asked, form="vote", lines=_hands(item, room.hands), voted=sum(by_phone(room, item)))
    return asked


def _place(checklist: Checklist, session: Session, item: Item) -> Say:
    """Where the question stands in its section, under the whole name of that."""
    short = progress(checklist, session, item)
    return replace(short, params=short.params | {"section": Say(f"report.section.{item.section}")})


def _plainly(checklist: Checklist, session: Session, locales: Sequence[str], item: Item | None) -> Asked:
    """As anybody is asked; above it the first result, where that was just told."""
    say = ask(checklist, session, locales)
    found = assess(checklist, session.answers, private=False) if session.state == "checkpoint" else None
    return Asked(
        _form(session, item, say.options),
        replace(say, heading=None, lines=(), options=()),
        tuple(Line(option.reply, option.label) for option in say.options),
        before=first_result(replace(session, channel=_ROOMY), found) if found else None,
        unknown=UNKNOWN in question(checklist, session, locales).choices,
    )


def _form(session: Session, item: Item | None, options: Sequence[Option]) -> Form:
    if session.state == "people":
        return "people"
    if item and not session.pending and item.kind in {"several", "number"}:
        return "several" if item.kind == "several" else "number"
    return "options" if options else "text"


def _hands(item: Item, hands: Sequence[int]) -> tuple[Line, ...]:
    noted = [str(n) for n in hands] or [""] * len(item.choices)
    return tuple(Line(one.reply, one.label, hands=n) for one, n in zip(ballot(item), noted, strict=True))


def _decide(asked: Asked, room: Room, item: Item) -> Asked:
    tally = room.tallies.get(item.id, Tally())
    figures, women = told_figures(tally), tally.women if sum(tally.women) >= FEWEST else ()
    lines, alike = _lines(item, figures, women), not split(item, figures)
    return replace(asked, form="decide", lines=lines, counted=sum(figures), discuss=not alike)


def _lines(item: Item, figures: Sequence[int], women: Sequence[int]) -> tuple[Line, ...]:
    total, most = sum(figures), proposed(item, figures)
    return tuple(
        Line(
            str(at + 1),
            Say(f"{item.id}.{code}"),
            figures[at] if figures else 0,
            round(100 * figures[at] / total) if total else 0,
            women[at] if women else None,
            proposed=code == most,
        )
        for at, code in enumerate(item.choices)
    )


def _result(checklist: Checklist, session: Session) -> Result | None:
    found = outcome(checklist, session)
    if found is None:
        return None
    roomy = replace(session, channel=_ROOMY, result_given=True)
    told = result(checklist, roomy, assess(checklist, session.answers, private=False))
    return Result(told, found, tuple(_voted(checklist, vote) for vote in found.votes))


def _voted(checklist: Checklist, vote: Agreement) -> Voted:
    item = checklist.items[vote.item]
    lines = _lines(item, vote.figures, vote.women) if sum(vote.figures) else ()
    return Voted(item.number, Say(f"{item.id}.short"), Say(f"{item.id}.{vote.answer}"), lines, vote.discuss, vote.note)
