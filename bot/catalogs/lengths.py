"""What the messages of a checklist cost as SMS, at their longest, and which cost more than they may.

A person pays by the part: a question is one, why it is asked two, a first result two, a result four.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta

from babel import Locale

from bot.catalogs.lengths_of_rooms import room_cases
from bot.catalogs.lengths_of_staff import staff_cases
from bot.channels.sms_pieces import pieces
from bot.channels.sms_text import fold, units
from bot.texts import Texts
from flows import open_points, reminding
from flows.asking import options
from flows.assess import FIRST_THINGS
from flows.detours import resuming
from flows.menu import INFO, MENU, MORE
from flows.model import Checklist, CountryName, Item, Option, Say, Section
from flows.phases import CHOICES, DETAILS
from flows.regions import region_menu
from flows.summary import FIRST_LINES, FIRST_OPEN, LINES, gap_line

_MANY = 20
_GRAMS = 1234.5
_REFERENCE = "7K3M-2QXD"
_LIMITS = {"GSM-7": (160, 153), "UCS-2": (70, 67)}
"""Characters of a message of one part, and of each part of a longer one."""
_PLAIN = (
    *(
        "keys",
        "later",
        "later.quiet",
        "private.intro",
        "back.none",
        "saved",
        "stale",
        "unreadable",
        "stopped",
        "back_in",
    ),
    *("session.lost", "phase.why", "status.open", "farewell", "deleted", "done.menu", "review.end", "talk.not_safe"),
    *("pin.how", "pin.set", "pin.off", "pin.no", "menu.pin.ask", "menu.nickname.ask", "others.first"),
    *("skip.needed", "undo.none", "undo.done", "afresh", "recheck.yes", "recheck.no", "partial.none"),
    *("hint.way_out", "hint.way_out.number", "advice.none", "advice.unsure"),
)
_BY_A_DAY = ("sent", "done.sent", "done.updated", "done.talk", "status.sent")
_WITH_REFERENCE = ("sent", "done.sent", "done.updated", "done.talk", "done.kept", "status.sent")
_VARIANTS = {"checkpoint": ("anyway", "worker"), "call_back": ("talk",)}

Case = tuple[Say, int]
"""A message at its longest, and the parts it may have."""


def too_long(texts: Texts, checklist: Checklist) -> Iterator[str]:
    """Every message with too many parts: language, key, how much it is over, and what can't be said in GSM-7."""
    for locale in texts.spoken:
        longest = _Longest(texts, checklist, locale)
        for say, most in longest.cases():
            text = fold(texts.say(say, locale), locale)
            if max(units(text).segments, len(pieces(text))) > most:
                yield f"{locale}: {say.id}: {_over(text, most)}"


def _over(text: str, most: int) -> str:
    encoding, used, _ = units(text)
    alone, joined = _LIMITS[encoding]
    room = alone if most == 1 else joined * most
    odd = dict.fromkeys(char for char in text if units(char).encoding != "GSM-7")
    if used <= room:
        return f"{used} characters, too many for {most} SMS that are cut at words and marked 1/{most}"
    why = f"; {' '.join(odd)} can't be said in GSM-7, which has more room" if odd else ""
    return f"{used} characters, {used - room} more than {most} SMS of {encoding} hold{why}"


class _Longest:
    """The messages of one language as long as they can get."""

    def __init__(self, texts: Texts, checklist: Checklist, locale: str) -> None:
        self.texts, self.checklist, self.locale = texts, checklist, locale
        names = Locale.parse(locale).territories
        self.country = CountryName(max(checklist.countries, key=lambda iso2: len(names.get(iso2, ""))))

    def cases(self) -> Iterator[Case]:
        for item in self.checklist.items.values():
            yield from self._item(item)
        yield from self._phases()
        yield from self._hints()
        yield from ((Say(key), 1) for key in _PLAIN)
        yield from ((Say(key, {"reference": _REFERENCE}), 1) for key in _WITH_REFERENCE)
        yield from ((Say(f"info.{name}"), 2) for name in INFO)
        yield from self._menus()
        yield from self._on_the_way()
        yield from self._first_results()
        yield from self._results()
        yield from room_cases(self.checklist)

    def _item(self, item: Item) -> Iterator[Case]:
        heading = self._progress(next(one for one in self.checklist.sections if one.id == item.section))
        shown = options(item.id, item.choices) if item.kind in ("one", "several") else ()
        for how in ("", *(f".{variant.name}" for variant in item.variants)):
            yield Say(f"{item.id}.ask{how}", heading=heading, options=shown), 1
        if item.kind == "country":
            yield Say("country.ask.guess", heading=heading, options=self._guess()), 1
        yield from ((Say(f"{item.id}.{name}"), 2) for name in ("why", "means"))

    def _guess(self) -> tuple[Option, ...]:
        return (
            Option("1", "", Say("plain", {"text": self.country})),
            Option("2", "other", Say("country.other")),
        )

    def _phases(self) -> Iterator[Case]:
        cost = {"cost": Say("welcome.cost")}
        for phase in (phase for phase in CHOICES if phase != "delete"):
            shown = options(phase, CHOICES[phase])
            for how in ("", *(f".{name}" for name in _VARIANTS.get(phase, ()))):
                yield Say(f"{phase}.ask{how}", {**cost, "grams": _GRAMS}, options=shown), 1
        yield Say("scale.ask.band", options=options("scale", ("right", "gold"))), 1
        yield Say("language.ask", options=options("language", self.texts.locales)), 1
        yield from ((Say(f"{name}.ask"), 1) for name in DETAILS)

    def _hints(self) -> Iterator[Case]:
        keys = (key for key in self.texts.keys[self.locale] if key.startswith("hint.") and "way_out" not in key)
        yield from ((Say(key), 1) for key in keys)

    def _menus(self) -> Iterator[Case]:
        yield Say("menu.menu.ask", options=options("menu", MENU)), 1
        yield Say("menu.more.ask", options=options("more", MORE)), 1
        yield Say("menu.language.ask", options=options("language", self.texts.locales)), 1
        yield from ((say, 1) for say in (region_menu(self.texts.regional, self.locale),) if say.options)
        yield Say("menu.delete.ask", options=options("delete", CHOICES["delete"])), 1
        labels = tuple(Option(str(n), name, Say(f"info.{name}.label")) for n, name in enumerate(INFO, 1))
        yield Say("menu.info.ask", options=labels), 2

    def _on_the_way(self) -> Iterator[Case]:
        """What is said between the questions."""
        longest = self._longest(self._progress(section) for section in self.checklist.sections)
        for place in (longest, Say("resume.end")):
            yield Say("menu.resume.ask", {"place": place}, options=options("menu.resume", resuming.CHOICES)), 1
        yield reminding.waiting(), 1
        yield open_points.offer(), 1
        asked_again = options("menu.recheck", open_points.CHOICES)
        yield Say("menu.rechecking.ask", count=_MANY, options=asked_again), 1
        yield Say("later.hour", {"hour": _MANY}), 1
        yield from self._calls()
        yield Say("skip.done", {"at": _MANY}), 1
        yield Say("recheck.compared", {"closed": _MANY, "left": _MANY}), 1
        yield Say("data.kept", count=_MANY), 1
        under = (Say("result.not_asked"), Say("result.talk"), Say("result.guidance"))
        points = (self._stop("country"), *self._lines("gap", FIRST_LINES["close_gaps"] - 1))
        more = Say("result.more", count=_MANY)
        yield Say("partial", lines=(*points, more), tail=Say("result.never", lines=under)), 4

    def _calls(self) -> Iterator[Case]:
        """When somebody calls: as it was wished, and by the day with the longest name."""
        days = (date(2026, 1, 1) + timedelta(days=after) for after in range(365))
        day = self._longest(Say("call.by", {"day": one}) for one in days).params["day"]
        for when in (Say("talk.note", {"note": "x" * 40}), Say("talk.any_day"), Say("talk.only_batea")):
            for told in (when, Say("talk.by.when", {"day": day, "when": when})):
                yield Say("talk", {"when": told, "reference": _REFERENCE}), 1
        by = (Say("call.by", {"day": day}),)
        yield from ((Say(key, {"reference": _REFERENCE}, lines=by), 1) for key in _BY_A_DAY)
        yield from staff_cases(_REFERENCE, by)

    def _progress(self, section: Section) -> Say:
        most = len(section.items)
        return Say("progress", {"section": Say(f"section.{section.id}"), "at": most, "of": most})

    def _first_results(self) -> Iterator[Case]:
        title = Say("line.unknown", {"text": Say("legal_title.who")})
        for name in ("country", "metals"):
            yield _first("outside_scope", self._stop(name)), 2
        yield _first("formalise_first", title, self._longest(map(self._stop, ("organised", "registered")))), 2
        yield _first("formalise_first", self._stop("legal_title")), 2
        open_ = [line for kind in ("who", "arm") for line in self._lines(kind, names=FIRST_THINGS)]
        longest = sorted(open_, key=self._length, reverse=True)[:FIRST_OPEN]
        yield Say("first.unsure", lines=tuple(longest), tail=Say("first.unsure.next")), 2
        yield from ((Say(key), 2) for key in ("first.open", "first.worker"))

    def _results(self) -> Iterator[Case]:
        under = (Say("result.not_asked"), Say("result.talk"), Say("result.guidance"))
        more = Say("result.more", count=_MANY)
        gaps = (*self._lines("gap", FIRST_LINES["close_gaps"]), *self._week(), more)
        open_ = (*self._lines("who", 2), *self._lines("arm", 1), more)
        title, unregistered = Say("legal_title.stop"), self._longest(map(self._stop, ("organised", "registered")))
        shown = {
            **dict.fromkeys(("close_gaps", "close_gaps.unsure", "close_gaps.worker"), gaps),
            "find_out": (*open_, _next("find_out")),
            **dict.fromkeys(("find_out.worker", "find_out.worker.unsure"), (*open_, Say("result.find_out.arm"))),
            "outside_scope": (self._stop("country"), *self._lines("who", 1), more, _next("outside_scope")),
            "outside_scope.worker": (self._stop("country"), *self._lines("who", 1), more, _next("outside_scope")),
            "formalise_first": (unregistered, title, more, _next("formalise_first")),
            "apply_now": (*self._lines("advice", 1), more, _next("apply_now")),
        }
        for name, lines in shown.items():
            count = _MANY if name.startswith("close_gaps") else None
            tail = Say("result.never", lines=under[:2] if name == "apply_now" else under)
            yield Say(f"result.{name}", count=count, lines=lines, tail=tail), 4

        yield Say("result.page", {"page": _MANY}, lines=(*self._lines("gap"), more)), 4

    def _week(self) -> Iterator[Say]:
        gaps = [item.id for item in self.checklist.items.values() if "gap" in item.rule.values()]
        yield Say("result.week", {"at": _MANY, "what": self._longest(Say(f"{name}.short") for name in gaps)})

    def _stop(self, name: str) -> Say:
        return Say(f"{name}.stop", {"country": self.country})

    def _lines(self, kind: str, most: int = LINES["short"], names: Container[str] | None = None) -> list[Say]:
        """The longest lines of a kind (gap, who, arm, advice), of all items or these."""
        items = (item for item in self.checklist.items.values() if names is None or item.id in names)
        ids = [item.id for item in items if self._told(item, kind)]
        return sorted((_line(kind, name) for name in ids), key=self._length, reverse=True)[:most]

    def _told(self, item: Item, kind: str) -> bool:
        if item.sensitive or item.section == "advice":
            return False
        if kind in ("gap", "advice"):
            return kind in item.rule.values()
        return self.texts.has(self.locale, f"{item.id}.{kind}")

    def _longest(self, says: Iterable[Say]) -> Say:
        return max(says, key=self._length)

    def _length(self, say: Say) -> int:
        return units(fold(self.texts.say(say, self.locale), self.locale)).units


def _line(kind: str, name: str) -> Say:
    if kind == "gap":
        return gap_line(_MANY, name)
    key, field = {"advice": ("line.advice", "gap"), "who": ("line.unknown", "who"), "arm": ("line.arm", "arm")}[kind]
    return Say(key, {"text": Say(f"{name}.{field}")})


def _first(result: str, *lines: Say) -> Say:
    return Say(f"first.{result}", lines=lines, tail=Say(f"first.{result}.next"))


def _next(result: str) -> Say:
    return Say(f"result.{result}.next")
