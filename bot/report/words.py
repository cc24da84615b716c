"""An assessment -> its summary in words. No sensitive answer, no name and no gold figure is looked at here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from babel import Locale
from msgspec.structs import replace

from bot import dates
from bot.report.meeting import Reporter, capital
from bot.report.summary import Block, Fact, Glance, Mark, Row, Steps, Summary
from flows.applies import applies, asked_items, counted, is_unknown
from flows.assess import effect, worded
from flows.scale import FEEDS, position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.texts import Texts
    from flows.applies import Answers
    from flows.assess import Assessment
    from flows.model import Checklist, Item, Section
    from flows.room.outcome import Outcome

_HIDDEN = ("private", "advice")
_SCALE = "scale"
FIRST = 5
"""So many points of a block are in the picture, which is read on a phone."""


def summarise(  # noqa: PLR0913, PLR0917 - what a summary is made of
    assessment: Assessment,
    checklist: Checklist,
    answers: Answers,
    texts: Texts,
    locale: str,
    reference: str,
    *,
    day: float | None = None,
    room: Outcome | None = None,
) -> Summary:
    """The summary in the language of `locale`; `day` (epoch seconds) is shown as its date.

    `reference` is "" as long as the person has none; `room` is how a group came to its answers.
    """
    scribe = _Scribe(texts, locale, checklist, answers, assessment, group=room is not None)
    written = _written(scribe, reference, day)
    return replace(written, meeting=Reporter(texts, locale, checklist).meeting(room)) if room else written


def _written(scribe: _Scribe, reference: str, day: float | None) -> Summary:
    assessment = scribe.assessment
    return Summary(
        locale=scribe.locale,
        reference=reference,
        result=assessment.result,
        title=scribe.say("report.title"),
        case=scribe.say("report.case", reference=reference) if reference else "",
        headline=scribe.headline(),
        meaning=scribe.of_result("report.meaning"),
        incomplete=scribe.say("report.incomplete") if scribe.open() else "",
        facts=tuple(scribe.facts(day)),
        glance_heading=scribe.say("report.glance"),
        glance=tuple(scribe.glance()),
        blocks=tuple(block for block in scribe.blocks() if block.first),
        arm=scribe.steps(),
        never=scribe.say("report.never"),
        not_asked="" if assessment.private.asked else scribe.say("report.not_asked"),
        talk=scribe.say("report.talk"),
        caution=scribe.say("report.caution.group" if scribe.group else "report.caution"),
    )


@dataclass(frozen=True)
class _Scribe:
    texts: Texts
    locale: str
    checklist: Checklist
    answers: Answers
    assessment: Assessment
    group: bool = False

    def say(self, key: str, *, count: int | None = None, **params: object) -> str:
        return self.texts.get(self.locale, key, count=count, **params)

    def of_result(self, key: str, count: int | None = None) -> str:
        name, own = f"{key}.{self.assessment.result}", worded(self.assessment)
        said = (f"{name}{ending}" for ending in (own, own.removesuffix(".unsure")))
        return self.say(next((one for one in said if self.texts.has(self.locale, one)), name), count=count)

    def headline(self) -> str:
        counted = self.assessment.result == "close_gaps"
        return self.of_result("report.result", len(self.assessment.gaps) if counted else None)

    def open(self) -> bool:
        """Whether a question is left; section 7 does not count, it would tell whether something was passed over."""
        asked = asked_items(self.checklist, self.answers, private=False)
        return any(counted(item, self.checklist, self.answers) is None for item in asked)

    def facts(self, day: float | None) -> Iterator[Fact]:
        if "country" in self.answers:
            yield self._fact("country", self._country())
        if "role" in self.answers:
            yield self._fact("role", self.say(f"report.role.{'group' if self.group else self.answers['role']}"))
        if applies(self.checklist.items["gold_month"], self.checklist, self.answers):
            yield self._fact("gold", self.gold())
        if self.assessment.view != "worker":
            yield self._fact("ecological", self.say(f"report.ecological.{self.assessment.ecological}"))
        if day is not None:
            yield self._fact("day", dates.day(self.locale, datetime.fromtimestamp(day, UTC)))
        yield self._fact("version", self.say("report.version", version=self.assessment.version))

    def gold(self) -> str:
        """Below, near or above the limit: figures are what extortion is calculated from."""
        return self.say(f"report.gold.{position(self.checklist, self.answers) or 'unknown'}")

    def glance(self) -> Iterator[Glance]:
        for section in self.checklist.sections:
            asked = any(applies(item, self.checklist, self.answers) for item in section.items)
            if section.id not in _HIDDEN and asked:
                yield self._section(section)

    def blocks(self) -> Iterator[Block]:
        found = self.assessment
        # An unknown title is named first, whatever the result; where nothing else comes before, it is so by itself.
        first = found.unknown[:1] if "legal_title" in found.unknown and (found.stops or found.gaps) else ()
        yield self._unknown(first)
        yield self._block("stops", [self._row(name, self._stop(name)) for name in found.stops])
        yield self._block("gaps", [self._gap(name) for name in found.gaps])
        yield self._unknown(found.unknown[len(first) :])
        yield self._block("ask_arm", [self._row(name, self._question(name)) for name in found.ask_arm])
        yield self._block("advice", [self._gap(name) for name in found.advice])

    def _unknown(self, names: tuple[str, ...]) -> Block:
        return self._block("unknown", [self._row(name, self.say(f"{name}.who")) for name in names])

    def steps(self) -> Steps:
        worker = self.assessment.view == "worker"
        key = "report.arm.worker" if worker else f"report.arm.{self.assessment.result}"
        return Steps(
            heading=self.say("report.arm"),
            warning=self.say("report.arm.no_contact") if worker else "",
            steps=tuple(self.say(key).split("\n")),
        )

    def _fact(self, label: str, value: str) -> Fact:
        return Fact(self.say(f"report.fact.{label}"), value)

    def _country(self) -> str:
        iso2 = str(self.answers.get("country", ""))
        return str(Locale.parse(self.locale).territories.get(iso2, iso2))

    def _block(self, name: str, rows: list[Row]) -> Block:
        left = len(rows) - FIRST
        more = self.say("report.more", count=left) if left > 0 else ""
        return Block(name, self.say(f"report.{name}"), tuple(rows[:FIRST]), tuple(rows[FIRST:]), more)

    def _row(self, name: str, text: str) -> Row:
        section = self.checklist.items[FEEDS[-1] if name == _SCALE else name].section
        return Row(name, section, capital(self.say(f"{name}.short")), text)

    def _gap(self, name: str) -> Row:
        return replace(
            self._row(name, self.say(f"{name}.gap")),
            help=self.say("report.help", who=self.say(f"{name}.help")),
            week=self.say("report.week") if name == self._cheapest() else "",
        )

    def _cheapest(self) -> str | None:
        """For this week: the gap that costs least, the first of them; none where something stops first."""
        if self.assessment.result != "close_gaps":
            return None
        return min(self.assessment.gaps, key=lambda name: self.checklist.items[name].cost or 3)

    def _stop(self, name: str) -> str:
        # The words that the person got hold the grams.
        return self.say("report.scale.stop") if name == _SCALE else self.say(f"{name}.stop", country=self._country())

    def _question(self, name: str) -> str:
        return self.say("report.scale.arm" if name == _SCALE else f"{name}.arm")

    def _section(self, section: Section) -> Glance:
        marks = self._marks(section)
        counts = [self.say("report.glance.gap", count=marks["gap"])] if marks["gap"] else []
        counts += [self.say("report.glance.unknown", count=marks["unknown"])] if marks["unknown"] else []
        note = " · ".join(counts) or self.say("report.glance.done")
        worst: Mark = "gap" if marks["gap"] else "unknown" if marks["unknown"] else "done"
        return Glance(section.id, worst, self.say(f"report.section.{section.id}"), note, marks)

    def _marks(self, section: Section) -> dict[Mark, int]:
        return {
            "done": sum(self._done(item) for item in section.items),
            "gap": self._count(section, (*self.assessment.stops, *self.assessment.gaps)),
            "unknown": self._count(section, (*self.assessment.unknown, *self.assessment.ask_arm)),
        }

    def _done(self, item: Item) -> bool:
        answer = counted(item, self.checklist, self.answers)
        known = answer is not None and not is_unknown(answer)
        return known and effect(item, self.checklist, self.answers) is None

    def _count(self, section: Section, names: tuple[str, ...]) -> int:
        own = {item.id for item in section.items}
        scale = section.id == self.checklist.items[FEEDS[-1]].section
        return sum(name in own or (scale and name == _SCALE) for name in names)
