"""What a reply of the room's leader does: open and close a vote, count hands, settle the group's answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from flows.answers import Question, Read, read
from flows.model import UNKNOWN, Item, Say
from flows.moving import go_to, settle
from flows.place import again
from flows.room.asking import SEEN, SKIP, VOTE, YES_NO
from flows.room.counting import by_phone, people, read_hands, read_people
from flows.room.model import Room, Tally, votes_on
from flows.scene import Scene, Turn
from flows.session import Session

WOMEN_ALONE = "equal_treatment"
"""The question that the women are asked once more, by themselves."""
_PAPERLESS = ("no", "none", UNKNOWN)
_ANSWER_AND_NOTE = re.compile(r"\s*([1-7])[\s.,):-]+(\S.*)", re.DOTALL)
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
    if item is None or session.pending:
        return None
    if room.step:
        return _STEPS[room.step](scene, session, room, item, text)
    if votes_on(item, room):
        return _voting(scene, session, room, item, text)
    return _paper(scene, session, room, item, text) if item.room == "paper" and not room.ended else None


def _people(scene: Scene, session: Session, text: str) -> Led:
    found = read_people(text)
    return settle(scene, session, found) if found else "people"


def _voting(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    hands = read_hands(text, len(item.choices))
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
    if room.hands and sum(by_phone(room, item)) and room.both is None:
        return _on(scene, session, replace(room, step="both"))
    tally = Tally(by_phone(room, item), room.hands, both=bool(room.both))
    most, n = people(session.answers).present, sum(room.hands) + (0 if room.both else sum(tally.phones))
    if room.hands and n > most:
        reopened = replace(session, room=replace(room, step="", both=None))
        return Turn(reopened, (Say("room.too_many", {"n": n, "of": most}),))
    alone = item.id == WOMEN_ALONE and people(session.answers).women
    step = "women" if alone and sum(room.hands) else "decide"
    return _on(scene, session, replace(room, step=step, tallies={**room.tallies, item.id: tally}))


def _on(scene: Scene, session: Session, room: Room) -> Turn:
    return again(scene, replace(session, room=room, misses=0))


def _who_used_which(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    code = _read(scene, session, "room.both", YES_NO, text)
    return _closed(scene, session, replace(room, both=code == "yes"), item) if code else "choice"


def _women(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    hands, most = read_hands(text, len(item.choices)), people(session.answers).women
    if sum(hands) > most:
        return Turn(session, (Say("room.too_many.women", {"n": sum(hands), "of": most}),))
    if not hands and not _read(scene, session, "room.women", SKIP, text):
        return "hands"
    tally = replace(room.tallies.get(item.id, Tally()), women=hands)
    return _on(scene, session, replace(room, step="decide", tallies={**room.tallies, item.id: tally}))


def _decided(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    """The group's answer, and beside it a note of one line."""
    found = _ANSWER_AND_NOTE.fullmatch(text)
    code = _read(scene, session, item.id, item.choices, found[1] if found else text)
    if code is None:
        return "choice"
    notes = {name: note for name, note in room.notes.items() if name != item.id}
    if found:
        notes[item.id] = " ".join(found[2].split())[:_LONGEST_NOTE]
    return settle(scene, replace(session, room=replace(room, notes=notes)), code)


def _paper(scene: Scene, session: Session, room: Room, item: Item, text: str) -> Led:
    """An answer for which there has to be a paper waits until it is said whether it was seen."""
    code = _read(scene, session, item.id, item.choices, text)
    if code is None or code in _PAPERLESS:
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
