"""A sheet that was filled in by hand, typed in as a whole: answers, counts, papers and notes of many questions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from flows.answers import Question, Read, read
from flows.events import Entry, Filled
from flows.model import Answer, Item, Say
from flows.moving import onward, taken
from flows.place import again
from flows.room.counting import people, read_hands
from flows.room.model import Room, Tally
from flows.scene import Scene, Turn
from flows.session import Session


def fill(scene: Scene, session: Session, filled: Filled) -> Turn:
    """Every entry that is clear is taken; the others are named, and nothing of them is lost from the page."""
    if session.room is None or session.room.ended:
        return again(scene, session)
    unclear: list[Item] = []
    now = session
    for item, entry in _entries(scene, filled):
        after = _entered(scene, now, item, entry)
        now = after or now
        unclear += [] if after else [item]
    says = tuple(Say("room.unclear", {"n": item.number, "what": Say(f"{item.id}.short")}) for item in unclear)
    if now is session:
        return again(scene, session, *says)
    return onward(scene, session, replace(now, state=session.state), *says)


def _entries(scene: Scene, filled: Filled) -> Iterator[tuple[Item, Entry]]:
    given = {entry.item: entry for entry in filled.entries if entry != Entry(entry.item)}
    return ((item, given[item.id]) for item in scene.checklist.items.values() if item.id in given and not item.private)


def _entered(scene: Scene, session: Session, item: Item, entry: Entry) -> Session | None:
    """The session with the entry; None where any of it is unclear."""
    room, answer = session.room, _answer(scene, session, item, entry.reply)
    hands, women = (read_hands(text, len(item.choices)) for text in (entry.hands, entry.women))
    there = people(session.answers)
    odd = (entry.hands and not hands, entry.women and not women, sum(hands) > there.present, sum(women) > there.women)
    if room is None or answer is None or any(odd):
        return None
    return replace(taken(session, item.id, answer), room=_written(room, item, entry, hands, women))


def _written(room: Room, item: Item, entry: Entry, hands: tuple[int, ...], women: tuple[int, ...]) -> Room:
    tallies, papers, notes = room.tallies, room.papers, room.notes
    if hands:
        tallies = {**tallies, item.id: Tally(hands=hands, women=women)}
    if entry.seen is not None and item.room == "paper":
        papers = {**papers, item.id: entry.seen}
    if entry.note:
        notes = {**notes, item.id: " ".join(entry.note.split())[:120]}
    return replace(room, tallies=tallies, papers=papers, notes=notes)


def _answer(scene: Scene, session: Session, item: Item, text: str) -> Answer | None:
    question = Question(item.id, item.kind, item.choices, item.least, item.most)
    outcome = read(question, scene.words, session.locale, text, checklist=scene.checklist)
    return outcome.answer if isinstance(outcome, Read) else None
