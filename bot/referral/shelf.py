"""Heads in the memory of a process, in the order of their urgency, and found by hashed words, numbers and places."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from sys import intern
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.referral.heads import Head

_ENDLESS = float("inf")
_LETTERS = ("P", "A", "B", "F", "D", None)


def urgency(head: Head) -> tuple[bool, bool, float, int, float, str]:
    """What sorts the most urgent first: open ones, P before all others, by day; closed ones by their last revision."""
    if head.state in {"closed", "withdrawn"}:
        return True, False, -head.updated, 0, 0, head.reference
    due = _ENDLESS if head.due is None else head.due
    return False, head.letter != "P", due, _LETTERS.index(head.letter), head.created, head.reference


class Once:
    """Keeps what many heads have in common only once, which saves a third of the memory."""

    def __init__(self) -> None:
        self._gaps: dict[tuple[str, ...], tuple[str, ...]] = {}

    def head(self, head: Head) -> Head:
        """The same head."""
        return replace(
            head,
            country=head.country and intern(head.country),
            language=intern(head.language),
            holder=intern(head.holder),
            channel=intern(head.channel),
            words=tuple(map(intern, head.words)),
            place=intern(head.place),
            gaps=self._gaps.setdefault(head.gaps, head.gaps),
        )


class Shelf:
    """One view of the heads. `order` is sorted by `urgency`; nobody but the shelf may change it."""

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self.heads = {head.reference: head for head in heads}
        self.order = sorted(self.heads.values(), key=urgency)
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        self._alike: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for head in self.order:
            self._enter(head)

    def put(self, head: Head) -> None:
        """Put a head in its place, instead of what was there of the same reference."""
        self.drop(head.reference)
        self.heads[head.reference] = head
        insort(self.order, head, key=urgency)
        self._enter(head)

    def drop(self, reference: str) -> None:
        """Forget a head, if it is there."""
        head = self.heads.pop(reference, None)
        if head is None:
            return
        del self.order[bisect_left(self.order, urgency(head), key=urgency)]
        for word in head.words:
            self._words[word].discard(reference)
        for mark in _marks(head):
            self._alike[mark] = tuple(other for other in self._alike[mark] if other != reference)

    def until(self, now: float) -> list[Head]:
        """Open ones whose day is before `now` (epoch seconds), in their order: those of either kind that come first."""
        kinds = [(self._at((False, kind, -_ENDLESS)), self._at((False, kind, now))) for kind in (False, True)]
        return [head for begin, end in kinds for head in self.order[begin:end]]

    def _at(self, begin: tuple[bool, bool, float]) -> int:
        return bisect_left(self.order, (*begin, 0, -_ENDLESS, ""), key=urgency)

    def with_words(self, words: frozenset[str]) -> list[Head]:
        """Those that have all these words, the most urgent first; none for no words."""
        found = sorted((self._words.get(word, set()) for word in words), key=len)
        references = set[str].intersection(*found) if found else set()
        return self._sorted(references)

    def like(self, head: Head) -> list[Head]:
        """Others of the same number, or the same organisation and place; the most urgent first."""
        references = {reference for mark in _marks(head) for reference in self._alike.get(mark, ())}
        return self._sorted(references - {head.reference})

    def _sorted(self, references: set[str]) -> list[Head]:
        """Going through all of them is faster than sorting many."""
        if len(references) * 10 > len(self.order):
            return [head for head in self.order if head.reference in references]
        return sorted((self.heads[reference] for reference in references), key=urgency)

    def _enter(self, head: Head) -> None:
        for word in head.words:
            self._words[word].add(head.reference)
        for mark in _marks(head):
            self._alike[mark] += (head.reference,)


def _marks(head: Head) -> list[str]:
    return [mark for mark in (head.phone, head.given, head.place) if mark]
