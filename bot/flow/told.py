"""A content version as text for a person who is no programmer: sections, questions, what each answer leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.flow.branches import asked_of, leads_to, together, when
from bot.texts import Texts
from flows.model import Checklist, Item

_EVIDENCE = {
    "stated": "ARM or the founding document says that it is asked for",
    "topic": "the topic is stated, the detail is general knowledge",
    "practice": "good practice only",
}
_SEVERITY = {"life": "danger to life", "papers": "papers", "systems": "systems"}
_ROOM = {
    "paper": "in a group: the paper is looked at, seen or not seen",
    "vote": "in a group: by votes, hands and phones",
}
_COST = {1: "costs little", 2: "costs some", 3: "costs much"}
_GOLD = "GOLD: asked last, never in one message with others, told only as below, near or above the limit"
_SENSITIVE = "SENSITIVE: asked in private at the end, and seen by a protection contact alone"


def told(checklist: Checklist, texts: Texts, locale: str) -> str:
    """The whole version, with the words of `locale`."""
    sections = checklist.sections
    head = f"{checklist.version} · {len(checklist.items)} questions in {len(sections)} sections\n{checklist.source}"
    blocks = [head]
    for section in sections:
        heading = texts.get(locale, f"section.{section.id}")
        blocks.append(f"{heading.upper()} ({section.id})")
        blocks += [told_item(item, checklist, texts, locale) for item in section.items]
    return "\n\n".join(blocks)


def told_item(item: Item, checklist: Checklist, texts: Texts, locale: str) -> str:
    """One question with all that belongs to it."""
    return "\n".join(_Teller(checklist, texts, locale).lines(item))


@dataclass(frozen=True)
class _Teller:
    checklist: Checklist
    texts: Texts
    locale: str

    def lines(self, item: Item) -> Iterator[str]:
        yield f"{item.number:>3} {item.id}: {self.say(f'{item.id}.ask')}"
        for variant in item.variants:
            condition = together(variant.when, self.checklist, self.label)
            yield f"      if {condition}: {self.say(f'{item.id}.ask.{variant.name}')}"
        yield from (f"      {line}" for line in self._options(item))
        yield from (f"    · {note}" for note in self._notes(item))

    def say(self, key: str) -> str:
        """The words; of a parameter only its name."""
        return self.texts.get(self.locale, key, country="{country}").strip()

    def label(self, key: str) -> str:
        """The words of an option, or its code where a catalog has none."""
        return self.say(key) if self.texts.has(self.locale, key) else key.partition(".")[2]

    def _options(self, item: Item) -> Iterator[str]:
        if item.kind not in {"one", "several"}:
            yield f"({item.kind}{_limits(item)})"
        for n, code in enumerate(item.choices, 1):
            reply = n if item.kind in {"one", "several"} else "?"
            effect = leads_to(item, code, self.checklist)
            yield f"{reply} {self.label(f'{item.id}.{code}')} [{code}]{' → ' + effect if effect else ''}"
        if item.kind == "several":
            yield "(one or more)"

    def _notes(self, item: Item) -> Iterator[str]:
        if item.when:
            yield f"only if {when(item, self.checklist, self.label)}"
        yield asked_of(item, self.checklist)
        yield from (mark for marked, mark in ((item.sensitive, _SENSITIVE), (item.gold, _GOLD)) if marked)
        if item.room:
            yield _ROOM[item.room]
        if item.evidence:
            yield f"evidence: {item.evidence} ({_EVIDENCE[item.evidence]})"
        if item.severity:
            yield f"a gap here is: {_SEVERITY[item.severity]}, {_COST.get(item.cost or 0, 'cost not said')}"
        for field, name in _FIELDS:
            if self.texts.has(self.locale, f"{item.id}.{field}"):
                yield f"{name}: {self.say(f'{item.id}.{field}')}"


_FIELDS = (
    ("why", "why it is asked"),
    ("stop", "why it comes first"),
    ("gap", "what is missing, and its first step"),
    ("help", "who can help"),
    ("who", "who would know"),
    ("arm", "the question for ARM"),
)


def _limits(item: Item) -> str:
    return f", {item.least} to {item.most}" if item.least is not None else ""
