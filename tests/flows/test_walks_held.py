"""While staff write to them people do anything: Batea is silent, tells where the case stands, or talks in private."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from flows.events import StaffWrote, Text
from flows.phases import DONE
from tests.flows.test_walks import CHECKLIST, MOVES, OURS, WORDS, Move, event, said
from tests.flows.walk import FINE, Walk

WROTE = StaffWrote(OURS, "Le llamo", "Ana")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MOVES, min_size=10, max_size=30), st.sampled_from([DONE, "ppe", "gold_month", "role"]))
def test_while_staff_hold_the_conversation_batea_says_nothing_to_what_is_typed(moves: list[Move], state: str) -> None:
    person = Walk(CHECKLIST, WORDS, private=True)
    person.say("hola")
    person.follow(FINE)
    person.kept = replace(person.session, state=state)
    for move in moves:
        if not person.session.held:
            said(person, person.happen(WROTE))
        before = person.session
        happened = event(person, move)
        turn = person.happen(happened)
        if before.held and person.kept and person.kept.held and not (before.aside or person.kept.aside):
            told = [say.id.partition(".")[0] for say in turn.says]
            assert told in ([], ["status"]) or not isinstance(happened, Text)
            assert bool(turn.heard or told) or not isinstance(happened, Text)
            assert before.answers == person.session.answers
        if person.kept is None:
            return
        assert turn.says or turn.toast or turn.redraw or turn.silence, (before, move)
        said(person, turn)
