"""A long SMS in pieces of one part each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.sms_pieces import pieces
from bot.channels.sms_text import segments

LONG = "Faltan tres cosas: quemar el azogue con retorta, anotar las reglas y hacer la lista. " * 6
MARK = re.compile(r"(\d+)/(\d+) ")


def bare(piece: str) -> str:
    return MARK.sub("", piece, count=1)


@pytest.mark.parametrize("text", ["", "hola", "a" * 160, "\u00e9" * 160, "á" * 70])
def test_what_one_sms_holds_is_left_as_it_is(text: str) -> None:
    assert pieces(text) == [text]


def test_a_long_text_is_cut_at_words_and_marked_in_order() -> None:
    found = pieces(LONG)
    assert [MARK.match(piece)[0] for piece in found] == [f"{n}/4 " for n in range(1, 5)]  # type: ignore[index]
    assert " ".join(map(bare, found)).split() == LONG.split()


def test_lines_stay_lines() -> None:
    text = "\n".join(["1. Una retorta entre varios, lejos de las casas y de la comida."] * 5)
    assert sum(piece.count("\n") for piece in pieces(text)) == text.count("\n")


def test_a_word_that_no_sms_holds_is_cut() -> None:
    assert "".join(map(bare, pieces("x" * 400))) == "x" * 400


def test_more_than_nine_pieces_leave_room_for_their_marks() -> None:
    found = pieces("palabra " * 300)
    assert found[-1].startswith(f"{len(found)}/{len(found)} ")
    assert len(found) > 9


@given(st.text(alphabet=st.sampled_from("aé á\n^€😀-x"), max_size=900))
def test_every_piece_is_one_part_and_no_word_is_lost(text: str) -> None:
    found = pieces(text)
    assert all(segments(piece) == 1 for piece in found)
    kept = found if len(found) == 1 else map(bare, found)
    assert "".join("".join(kept).split()) == "".join(text.split())
