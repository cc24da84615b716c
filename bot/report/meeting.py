"""How a group came to its answers, in words: who took part, how votes fell, which papers were seen.

Counts only: who said what is not known, and the notes that were added may name somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.report.summary import Meeting, Vote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.texts import Texts
    from flows.model import Answer, Checklist, Item
    from flows.room.outcome import Agreement, Outcome


@dataclass(frozen=True)
class Reporter:
    """Words what a room came to in one language."""

    texts: Texts
    locale: str
    checklist: Checklist

    def meeting(self, room: Outcome) -> Meeting:
        """The meeting as ARM, and the group itself, are told of it."""
        voted = tuple(vote for vote in room.votes if sum(vote.figures))
        how = self._how(room) if voted else self._say("report.group.talked")
        lines = (" ".join((*self._present(room), how)), *self._papers(room))
        return Meeting(self._say("report.group"), lines, tuple(self._vote(vote) for vote in voted))

    def _present(self, room: Outcome) -> Iterator[str]:
        """Where only a whole number was told, nobody knows how many of them are women."""
        if room.present:
            yield self._say("report.group.present", count=room.present)
        if room.women:
            yield self._say("report.group.women", count=room.women)

    def _how(self, room: Outcome) -> str:
        if not room.phones:
            return self._say("report.group.hands")
        return self._say("report.group.both" if room.hands else "report.group.phones", count=room.phones)

    def _papers(self, room: Outcome) -> Iterator[str]:
        if room.seen:
            yield self._say("report.group.seen", papers=self._named(room.seen))
        if room.said:
            yield self._say("report.group.said", papers=self._named(room.said))

    def _named(self, names: tuple[str, ...]) -> str:
        return "; ".join(self._say(f"{name}.short") for name in names)

    def _vote(self, vote: Agreement) -> Vote:
        item = self.checklist.items[vote.item]
        women = self._figures(item, vote.women) if vote.women else ""
        return Vote(
            id=item.id,
            section=item.section,
            title=capital(self._say(f"{item.id}.short")),
            figures=self._figures(item, vote.figures),
            answer=self._say("report.group.answer", answer=self._option(item, vote.answer)),
            women=self._say("report.group.women_alone", figures=women) if women else "",
            discuss=self._say("report.group.discuss") if vote.discuss else "",
        )

    def _figures(self, item: Item, figures: tuple[int, ...]) -> str:
        """Every option with how many stand for it, in the order in which they were asked."""
        counted = zip(item.choices, figures, strict=True)
        return " · ".join(self._say("room.counted", text=self._option(item, code), n=n) for code, n in counted)

    def _option(self, item: Item, code: Answer) -> str:
        return self._say(f"{item.id}.{code}")

    def _say(self, key: str, *, count: int | None = None, **params: object) -> str:
        return self.texts.get(self.locale, key, count=count, **params)


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
