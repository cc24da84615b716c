"""What a reply of the room's leader does: open and close a vote, count hands, settle the group's answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from flows.answers import Question, Read, read
from flows.events import Entry, Filled
from flows.model import Item, Say
from flows.moving import go_to, settle
from flows.place import again
from flows.room.asking import SEEN, SKIP, VOTE, YES_NO
from flows.room.counting import by_phone, counted, people
from flows.room.filling import fill
from flows.room.model import Room, Tally, votes_on
from flows.room.outcome import FEWEST, PAPERLESS
from flows.room.sheet_rows import read_rows
from flows.room.spoken import hands_of, people_of
from flows.scene import Scene, Turn
from flows.session import Session

WOMEN_ALONE = "equal_treatment"
"""The question that the women are asked once more, by themselves."""
_ANSWER_AND_NOTE = re.compile(r"\s*([1-7](?=[\s.,):-])|[^\d.,;:]+(?=[.,;:]))[\s.,;):-]+((?=.*[^\W\d_])\S.*)", re.DOTALL)
"""The second group has letters: figures alone may be hands that were counted again."""
_LONGEST_NOTE = 120

Led = Turn | str | None
"""The turn; why the reply was not understood (`hint.<why>`); None where the item is answered as by anybody."""


def lead(scene: Scene, session: Session, text: str) -> Led:
    """What the reply does where the room has a way of its own."""
    room, item = session.room, scene.checklist.items.get(session.state)
    if room is None:
        return None
    if session.state == "people":
        return _people(scene, session, text)
    if item is None or room.ended:
        return None
    rows = read_rows(scene.checklist, text)
    if rows:
        return _typed_in(scene, session, rows)
    return None if session.pending else _at_step(scene, session, room, item, text)


def _at_step(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    if room.step:
        return _STEPS[room.step](scene, session, room, item, text)
    if votes_on(item, room):
        return _voting(scene, session, room, item, text)
    return _paper(scene, session, room, item, text) if item.room == "paper" else None


def _typed_in(scene: Scene, session: Session, rows: tuple[Entry, ...]) -> Turn:
    turn = fill(scene, session, Filled(rows))
    unclear = sum(say.id == "room.unclear" for say in turn.says)
    return (
        replace(turn, says=(Say("batch.all", count=len(rows) - unclear), *turn.says)) if unclear < len(rows) else turn
    )


def _people(scene: Scene, session: Session, text: str) -> Led:
    found = people_of(scene.words, session.locale, text)
    return settle(scene, session, found) if found else "people"


def _voting(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    hands = hands_of(scene.checklist, scene.words, session.locale, item, text)
    if hands:
        return _raised(scene, session, replace(room, hands=hands), item)
    match _read(scene, session, "room.vote", VOTE, text):
        case "close":
            return _closed(scene, session, room, item)
        case "count":
            return Turn(session, (_count(room, item),))
        case "decide":
            return _on(scene, session, replace(room, step="decide"))
        case "people":
            return go_to(scene, session, "people")
        case _:
            return "hands"


def _raised(scene: Scene, session: Session, room: Room, item: Item) -> Led:
    """Hands were counted: more than there are people is no count; while phones are still voting, it waits."""
    most = people(session.answers).present
    if sum(room.hands) > most:
        return Turn(session, (Say("room.too_many", {"n": sum(room.hands), "of": most}),))
    if sum(by_phone(room, item)) < len(room.chairs):
        return Turn(replace(session, room=room), (Say("room.noted"), _count(room, item)))
    return _closed(scene, session, room, item)


def _count(room: Room, item: Item) -> Say:
    return Say("room.count", {"n": sum(by_phone(room, item)), "of": len(room.chairs)})


def _closed(scene: Scene, session: Session, room: Room, item: Item) -> Turn:
    """No more votes; where hands and phones were counted, first whether anybody is in both."""
    room = replace(room, hands=room.hands or _raised_before(session, room, item))
    if room.hands and sum(by_phone(room, item)) and room.both is None:
        return _on(scene, session, replace(room, step="both"))
    former = room.tallies.get(item.id)
    tally = Tally(by_phone(room, item), room.hands, former.women if former else (), both=bool(room.both))
    if former and not any(counted(tally)):
        tally = former  # it was asked again, and nobody was counted anew
    most, n = people(session.answers).present, sum(counted(tally))
    if n > most and tally is not former:
        reopened = replace(session, room=replace(room, step="", both=None))
        return Turn(reopened, (Say("room.too_many", {"n": n, "of": most}),))
    alone = item.id == WOMEN_ALONE and people(session.answers).women >= FEWEST
    step = "women" if alone and any(room.hands) else "decide"
    return _on(scene, session, replace(room, step=step, tallies={**room.tallies, item.id: tally}))


def _raised_before(session: Session, room: Room, item: Item) -> tuple[int, ...]:
    """The hands of a question that is asked again: they hold as its votes do, while all are still there."""
    hands = room.tallies.get(item.id, Tally()).hands
    also = 0 if room.both else sum(by_phone(room, item))
    return hands if sum(hands) + also <= people(session.answers).present else ()


def _on(scene: Scene, session: Session, room: Room) -> Turn:
    return again(scene, replace(session, room=room, misses=0))


def _who_used_which(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    code = _read(scene, session, "room.both", YES_NO, text)
    return _closed(scene, session, replace(room, both=code == "yes"), item) if code else "choice"


def _women(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    hands = hands_of(scene.checklist, scene.words, session.locale, item, text)
    most = people(session.answers).women
    if sum(hands) > most:
        return Turn(session, (Say("room.too_many.women", {"n": sum(hands), "of": most}),))
    if not hands and not _read(scene, session, "room.women", SKIP, text):
        return "hands"
    tally = room.tallies.get(item.id, Tally())
    tally = replace(tally, women=hands or tally.women)
    return _on(scene, session, replace(room, step="decide", tallies={**room.tallies, item.id: tally}))


def _decided(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    """The group's answer, and beside it a note of one line."""
    code, note = _read(scene, session, item.id, item.choices, text), ""
    found = _ANSWER_AND_NOTE.fullmatch(text)
    if code is None and found and not hands_of(scene.checklist, scene.words, session.locale, item, text):
        code, note = _read(scene, session, item.id, item.choices, found[1]), found[2]
    if code is None:
        return "choice"
    notes = {name: kept for name, kept in room.notes.items() if name != item.id}
    if note:
        notes[item.id] = " ".join(note.split())[:_LONGEST_NOTE]
    return settle(scene, replace(session, room=replace(room, notes=notes)), code)


def _paper(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    """An answer for which there has to be a paper waits until it is said whether it was seen."""
    code = _read(scene, session, item.id, item.choices, text)
    if code is None or code in PAPERLESS:
        return None
    waiting = replace(session, picked=(code,), misses=0)
    return again(scene, replace(waiting, room=replace(room, step="paper")))


def _looked_at(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    code = _read(scene, session, "room.paper", SEEN, text)
    if code is None:
        return "choice"
    papers = {**room.papers, item.id: code == "seen"}
    return settle(scene, replace(session, room=replace(room, papers=papers)), session.picked[0])


def _read(scene: Scene, session: Session, name: str, choices: tuple[str, ...], text: str) -> str | None:
    question = Question(name, "one", choices)
    outcome = read(question, scene.words, session.locale, text, checklist=scene.checklist)
    return str(outcome.answer) if isinstance(outcome, Read) else None


_STEPS: dict[str, Callable[[Scene, Session, Room, Item, str], Led]] = {
    "both": _who_used_which,
    "women": _women,
    "decide": _decided,
    "paper": _looked_at,
}
