"""The list of cases: what is most urgent first, what is late in words, what may be the same case twice."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from babel import Locale

from bot import dates
from bot.desk.filtering import LETTERS, NOBODY, RESULTS, STATES, address, filters, page_number
from bot.referral.heads import overdue
from bot.referral.index import OUT_OF_SCOPE
from bot.referral.trail import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response

    from bot.desk.visit import Visit
    from bot.referral.heads import Head
    from bot.referral.index import Filters

PAGE = 50
PROMISED = ("new", "taken")
"""The states in which somebody is still to call."""
_DAY = 24 * 3600
Options = list[tuple[str, str]]


class Row(msgspec.Struct, frozen=True):
    """A case in the list, in words. `late`: its time is over; `same`: the references it may repeat."""

    reference: str
    letter: str
    meaning: str
    due: str
    when: str
    late: bool
    country: str
    language: str
    result: str
    state: str
    holder: str
    same: tuple[str, ...]


async def listing(visit: Visit) -> Response:
    """The page of the list that the address asks for. That words were sought is on record, as they may be a name."""
    office, query = visit.office, visit.request.query_params
    asked, now = filters(query), office.desk.clock()
    if asked.text:
        await office.trail.add(Entry(now, visit.contact.name, "search", ""))
    await office.index.refresh()
    found = office.index.find(asked, visit.contact, now)
    pages = max(1, -(-len(found) // PAGE))
    number = min(page_number(query), pages)
    shown = found[(number - 1) * PAGE : number * PAGE]
    words: dict[str, object] = {
        "rows": [_row(visit, head, now) for head in shown],
        "total": len(found),
        "first": (number - 1) * PAGE + 1,
        "before": address(asked, number - 1) if number > 1 else None,
        "after": address(asked, number + 1) if number < pages else None,
        "asked": asked,
        "query": address(asked),
        "narrowed": bool(address(msgspec.structs.replace(asked, text=""))),
        "choices": _choices(visit, asked),
    }
    return visit.draw("list.html", words)


def _row(visit: Visit, head: Head, now: float) -> Row:
    return Row(
        reference=head.reference,
        letter=head.letter or OUT_OF_SCOPE,
        meaning=visit.say(f"desk.letter.{head.letter or OUT_OF_SCOPE}"),
        due=_short(due_day(head.due), visit.locale) if head.due else "",
        when=_when(visit, head, now),
        late=overdue(head, now),
        country=country_name(visit.locale, head.country),
        language=language_name(visit.locale, head.language),
        result=visit.say(f"desk.result.{head.result}") if head.result else "",
        state=visit.say(f"desk.state.{head.state}"),
        holder=head.holder,
        same=tuple(one.reference for one in visit.office.index.same(head, visit.contact)),
    )


def _when(visit: Visit, head: Head, now: float) -> str:
    """Once somebody has called, the promise is kept."""
    return due_words(visit, head.due, now) if head.due and head.state in PROMISED else ""


def due_words(visit: Visit, due: float, now: float) -> str:
    """How far off a deadline is, in days of the place where it ends: "3 days late"; "today"; "in 2 days"."""
    if due < now:
        return visit.say("desk.due.late", count=int((now - due) // _DAY) + 1)
    days = int((due - now) // _DAY)
    return visit.say("desk.due.left", count=days) if days else visit.say("desk.due.today")


def due_day(due: float) -> float:
    """A moment whose date in UTC is that of the deadline: it is the last second of a day where the phone is."""
    return due - _DAY / 2


def country_name(locale: str, code: str | None) -> str:
    """A country in the page's language."""
    return str(Locale.parse(locale).territories.get(code or "", code or ""))


def language_name(locale: str, code: str) -> str:
    """A language in the page's language."""
    return str(Locale.parse(code).get_display_name(Locale.parse(locale)) or code)


def _short(at: float, locale: str) -> str:
    return dates.day(locale, datetime.fromtimestamp(at, UTC), "medium")


def _choices(visit: Visit, asked: Filters) -> list[tuple[str, str, str, Options]]:
    """Each filter: its name, label, what is chosen, what there is to choose from."""
    given: dict[str, Options] = {
        "letter": [(code, f"{code} · {visit.say(f'desk.letter.{code}')}") for code in LETTERS],
        "state": [(code, visit.say(f"desk.state.{code}")) for code in STATES],
        "result": [(code, visit.say(f"desk.result.{code}")) for code in RESULTS],
        "country": _countries(visit),
        "language": [(code, language_name(visit.locale, code)) for code in visit.office.locales],
        "holder": list(_holders(visit)),
    }
    chosen = msgspec.structs.asdict(asked) | {"holder": NOBODY if asked.holder == "" else asked.holder}
    return [(name, visit.say(f"desk.label.{name}"), chosen[name] or "", found) for name, found in given.items()]


def _countries(visit: Visit) -> Options:
    """Theirs, by name; all there are questions for, where they have them all."""
    own = [code for code in visit.contact.countries if code != "*"]
    if "*" in visit.contact.countries or visit.contact.role == "lead":
        own = [code for checklist in visit.office.desk.checklists.values() for code in checklist.countries]
    named = {code: country_name(visit.locale, code) for code in own}
    return sorted(named.items(), key=lambda pair: pair[1])


def _holders(visit: Visit) -> Iterator[tuple[str, str]]:
    yield visit.contact.name, visit.say("desk.holder.me")
    yield NOBODY, visit.say("desk.holder.nobody")
    others = (one for one in visit.office.desk.contacts.everybody if one.role != "protection")
    yield from ((one.name, one.name) for one in others if one != visit.contact)
