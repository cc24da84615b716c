"""A session goes through JSON and comes back the same, or is refused; never half of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.model import Answer, Quantity
from flows.session import SCHEMA, Candidate, Mark, Newer, Pending, Session, Unreadable, dump, load

if TYPE_CHECKING:
    from tests.flows.walk import Begin

PLAIN = Session(version="2026-11", locale="es", channel="sms", state="ppe", private=False, started=1.5)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
QUANTITIES = st.builds(Quantity, NUMBERS, st.text(), st.text(), NUMBERS)
ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    st.text(), st.integers(-(2**53), 2**53), st.lists(st.text(), min_size=1).map(tuple), QUANTITIES
)
MARKS = st.builds(
    Mark, st.text(), st.text(), st.one_of(st.none(), ANSWERS), st.dictionaries(st.text(), st.one_of(st.none(), ANSWERS))
)
PENDING = st.builds(
    Pending, st.text(), st.text(), st.lists(st.builds(Candidate, st.text(), st.one_of(st.none(), ANSWERS))).map(tuple)
)
SESSIONS = st.builds(
    Session,
    version=st.text(),
    locale=st.text(),
    channel=st.text(),
    state=st.text(),
    private=st.booleans(),
    started=NUMBERS,
    answers=st.dictionaries(st.text(), ANSWERS),
    trail=st.lists(MARKS, max_size=3).map(tuple),
    pending=st.one_of(st.none(), PENDING),
    picked=st.lists(st.text()).map(tuple),
)


@given(SESSIONS)
def test_a_session_comes_back_the_same(session: Session) -> None:
    assert load(dump(session)) == session


def test_it_is_json_with_a_schema() -> None:
    assert json.loads(dump(PLAIN))["schema"] == SCHEMA


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        dump(PLAIN)[:-5],
        dump(PLAIN).replace(b'"state":"ppe"', b'"state":7'),
        dump(PLAIN).replace(b'"private":false', b'"private":"no"'),
        dump(PLAIN).replace(b'"schema":1', b'"schema":2'),
        dump(PLAIN).replace(b'"schema":1', b'"schema":0'),
        dump(PLAIN).replace(b'"schema":1', b'"schema":"2"'),
        dump(PLAIN).replace(b'"answers":{}', b'"answers":{"ppe":null}'),
    ],
)
def test_what_is_no_session_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        load(data)
    assert caught.value.args[0]


@pytest.mark.parametrize(("number", "newer"), [(SCHEMA + 1, True), (SCHEMA - 1, False)])
def test_what_a_later_batea_wrote_is_told_from_what_is_damaged(number: int, *, newer: bool) -> None:
    for data in (dump(PLAIN).replace(b'"schema":1', b'"schema":%d' % number), b'{"schema": %d, "state": 7}' % number):
        with pytest.raises(Unreadable) as caught:
            load(data)
        assert isinstance(caught.value, Newer) == newer


@given(st.binary(max_size=200))
def test_any_bytes_are_a_session_or_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        load(data)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PLAIN.state = "done"  # type: ignore[misc]


def test_a_session_from_before_it_could_be_paused_deleted_or_shelved_is_read(begin: Begin) -> None:
    person = begin(until="ppe")
    kept = json.loads(dump(person.session))
    later = ("paused", "hour", "offered", "compared", "before", "hidden", "nickname", "shelf", "pin", "unlocked")
    for name in (*later, "wrong", "wanted", "recheck", "deleted", "sent", "voice"):
        del kept[name]
    for mark in kept["trail"]:
        del mark["skipped"]
    assert load(json.dumps(kept).encode()) == person.session
