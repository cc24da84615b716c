"""How a session moves: an answer is taken, taken back or changed, and what is said on arriving somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from flows.arriving import farewell, intro, result_say, told_again
from flows.assess import DECIDERS, assess, decided
from flows.calling import arranged, promised, promising
from flows.machine import road
from flows.model import Answer, Say
from flows.open_points import offer, worth_asking_again
from flows.phases import DETAILS, DONE, SCALE_ITEMS
from flows.place import at
from flows.reference import make
from flows.referring import expects_call, referring, request
from flows.reminding import later
from flows.room.private import arrange
from flows.scale import FEEDS
from flows.scene import Scene, Turn
from flows.session import Session, gone, mark, references, without
from flows.summary import first_result

REFER_AFTER = 30 * 60
_HANGING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(FEEDS, ("scale",)),  # other figures have to be confirmed anew before they can stop anything
    "call_back": ("call_how", "call_note"),
}


def settle(scene: Scene, session: Session, answer: Answer) -> Turn:
    """The pending question is answered."""
    state = session.state
    special = _SPECIAL.get((state, answer)) if isinstance(answer, str) else None
    if special:
        return special(scene, session)
    if state in DETAILS and isinstance(answer, str):
        return onward(scene, session, _details(session, answer))
    return onward(scene, session, _decided_anew(scene, session, taken(session, state, answer)))


def _decided_anew(scene: Scene, before: Session, kept: Session) -> Session:
    """Where a change stops the application on the way to the result, the first result is given once more."""
    state, told = before.state, kept.answers.get("checkpoint")
    if state not in DECIDERS or told is None or kept.result_given or not decided(scene.checklist, kept.answers):
        return kept
    had = next((mark.had for mark in reversed(before.trail) if mark.key == state and mark.had is not None), None)
    if decided(scene.checklist, before.answers if had is None else {**before.answers, state: had}):
        return kept
    step = replace(kept.trail[-1], beside={"checkpoint": told})
    answers = {name: held for name, held in kept.answers.items() if name != "checkpoint"}
    return replace(kept, answers=answers, trail=(*kept.trail[:-1], step))


def _details(session: Session, text: str) -> Session:
    """One message may hold name, organisation and place, in this order; the last takes what is left."""
    open_ = DETAILS[DETAILS.index(session.state) :]
    parts = re.split(r"[,;\n]", text, maxsplit=len(open_) - 1) if len(open_) > 1 else [text]
    for key, part in zip(open_, parts, strict=False):
        session = taken(replace(session, state=key), key, part.strip())
    return session


def taken(session: Session, key: str, answer: Answer, beside: dict[str, Answer | None] | None = None) -> Session:
    """The session with the answer kept, and a mark to take it back by; `beside` is what else held before the step."""
    step = replace(mark(session, key), beside=beside or {})
    return replace(
        session,
        answers={**session.answers, key: answer},
        skipped=without(session.skipped, key),
        trail=(*session.trail, step),
        pending=None,
        picked=(),
        misses=0,
        menu="",
        page=0,
        locale=answer if key == "language" and isinstance(answer, str) else session.locale,
    )


def onward(scene: Scene, before: Session, session: Session, *says: Say) -> Turn:
    """On to the next open state, saying what belongs to the arrival there."""
    state = road(scene.checklist).next_state(session)
    arrived = at(session, state)
    turn = Turn(session=arrived, says=says)
    return _ARRIVALS.get(state, _arrive)(scene, before, turn)


def go_to(scene: Scene, session: Session, key: str) -> Turn:
    """Ask `key` again: what was answered, and what hangs on it, is put aside and comes back with the step."""
    hanging = _HANGING.get(key, ())
    answers = {name: answer for name, answer in session.answers.items() if name not in (key, *hanging)}
    moved = at(replace(session, answers=answers, trail=(*session.trail, mark(session, key, *hanging))), key)
    return Turn(session=moved, says=(scene.ask(moved),))


def take_back(scene: Scene, session: Session) -> Turn:
    """Undo the last step; a question put back about an answer only closes."""
    if session.pending and session.pending.said:
        closed = replace(session, pending=None, misses=0)
        return Turn(session=closed, says=(scene.ask(closed),))
    if _guess_dropped(scene, session):
        asked = at(replace(session, country_guess=scene.arrival.country), session.state)
        return Turn(session=asked, says=(scene.ask(asked),))
    if not session.trail:
        return Turn(session=session, says=(Say("back.none"), scene.ask(session)))
    step = session.trail[-1]
    before = {**session.answers, step.key: step.had, **step.beside}
    if before.get("call_how") is None:
        before["call_note"] = None  # the hour that was added to it goes with it
    answers = {name: answer for name, answer in before.items() if answer is not None}
    skipped = (*without(session.skipped, step.key), *step.skipped)
    compared = () if step.state == DONE else session.compared
    earlier = replace(session, answers=answers, skipped=skipped, trail=session.trail[:-1], compared=compared)
    restored = at(earlier, step.state)
    return Turn(session=restored, says=(scene.ask(restored),))


def _guess_dropped(scene: Scene, session: Session) -> bool:
    """Whether "in another country" was said to the one that the number suggests, and nothing since."""
    open_ = session.state == "country" and session.pending is None and session.country_guess is None
    return (
        open_ and scene.arrival.country is not None and session.trail[-1:] != () and session.trail[-1].key != "country"
    )


def _arrive(scene: Scene, before: Session, turn: Turn) -> Turn:
    session = turn.kept
    return Turn(session=session, says=(*turn.says, *intro(scene, before, session), scene.ask(session)))


def _first_result(scene: Scene, _: Session, turn: Turn) -> Turn:
    told = replace(turn.kept, first_given=True, decided=decided(scene.checklist, turn.kept.answers))
    found = assess(scene.checklist, told.answers, private=told.private)
    return Turn(session=told, says=(*turn.says, first_result(told, found), scene.ask(told)))


def _result(scene: Scene, before: Session, turn: Turn) -> Turn:
    told = replace(turn.kept, result_given=True, first_given=True)
    says = (*turn.says, result_say(scene, told), scene.ask(told))
    return Turn(session=told, says=says, happened=() if before.result_given else ("result",))


def _done(scene: Scene, before: Session, turn: Turn) -> Turn:
    session = promising(scene, turn.kept)
    says = [
        *turn.says,
        *told_again(scene, before, session),
        Say(farewell(session), {"reference": session.reference or ""}, lines=promised(scene, session)),
    ]
    if worth_asking_again(scene, session):
        session = replace(session, menu="recheck", offered=True)
        says.append(offer())
    ended = Turn(session=session, says=tuple(says))
    return referring(ended, session) if session.answers.get("send") == "yes" else ended


def _refused(_: Scene, session: Session) -> Turn:
    """Nothing is kept, nor what had left for ARM; what was deleted before has its day."""
    here = replace(session, hidden=None)
    left = gone(here, session.hidden) if session.hidden else None
    return Turn(left, (Say("farewell"),), cancel=True, happened=("refused",), forget=references(here))


def _consented(scene: Scene, session: Session) -> Turn:
    turn = onward(scene, session, taken(session, "consent", "yes"))
    return replace(turn, happened=("consented",))


def _revise(item: str) -> Callable[[Scene, Session], Turn]:
    def revise(scene: Scene, session: Session) -> Turn:
        return go_to(scene, session, item)

    return revise


def _revise_gold(scene: Scene, session: Session) -> Turn:
    band = "gold_band" in session.answers and scene.question(session).choices == ("right", "gold")
    return go_to(scene, session, "gold_band" if band else "gold_month")


def _send(scene: Scene, session: Session) -> Turn:
    """The summary goes to ARM. A no to the earlier offer to talk was no answer to ARM's following up."""
    numbered = replace(session, reference=_reference(scene, session))
    refused = {name: held for name, held in session.answers.items() if (name, held) == ("call_back", "no")}
    kept = taken(numbered, "send", "yes", dict(refused))
    kept = replace(kept, answers={name: held for name, held in kept.answers.items() if name not in refused})
    turn = onward(scene, session, kept)
    return replace(turn, happened=("referral",))


def _call(how: str) -> Callable[[Scene, Session], Turn]:
    def call(scene: Scene, session: Session) -> Turn:
        if session.aside:
            return arrange(scene, session, how)
        numbered = replace(session, reference=_reference(scene, session))
        kept = promising(scene, taken(numbered, "call_how", how), asked=True)
        if kept.answers.get("send") == "yes":
            return onward(scene, session, kept)
        sent = request(kept)
        turn = onward(scene, session, sent.kept, arranged(scene, kept))
        return replace(turn, timers=(*sent.timers, *turn.timers), refer=True)

    return call


def _not_safe(scene: Scene, session: Session) -> Turn:
    if session.aside:
        return arrange(scene, session, "not_safe")
    return _uncalled(scene, session, taken(session, "call_how", "not_safe"), Say("talk.not_safe"))


def _no_call(scene: Scene, session: Session) -> Turn:
    told = (Say("talk.none"),) if expects_call(session) else ()
    return _uncalled(scene, session, taken(session, "call_back", "no"), *told)


def _uncalled(scene: Scene, session: Session, kept: Session, *says: Say) -> Turn:
    """Onward without a call; where ARM expects one, that it is off leaves with the same turn."""
    turn = onward(scene, session, replace(kept, call_by=None), *says)
    if turn.refer or not expects_call(session):
        return turn
    sent = request(turn.kept)
    return replace(turn, session=sent.session, timers=(*sent.timers, *turn.timers), refer=True)


def _reference(scene: Scene, session: Session) -> str:
    return session.reference or make(scene.arrival.partition, scene.arrival.chance)


_ARRIVALS = {"checkpoint": _first_result, "send": _result, DONE: _done}
_SPECIAL: dict[tuple[str, str], Callable[[Scene, Session], Turn]] = {
    ("welcome", "no"): _refused,
    ("consent", "no"): _refused,
    ("consent", "yes"): _consented,
    ("checkpoint", "later"): later,
    ("scale", "gold"): _revise_gold,
    **{("scale", code): _revise(item) for code, item in SCALE_ITEMS.items()},
    ("send", "yes"): _send,
    ("call_how", "any_day"): _call("any_day"),
    ("call_how", "only_batea"): _call("only_batea"),
    ("call_how", "not_safe"): _not_safe,
    ("call_back", "no"): _no_call,
}
