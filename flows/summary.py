"""An assessment as it is told to the person: first result, result, and the pages that `8` brings.

Nothing private is in here. How long a page may be depends on the channel: SMS is paid by the part.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.applies import is_unknown
from flows.asking import PAID
from flows.assess import FIRST_THINGS, Assessment, worded
from flows.model import Checklist, CountryName, Param, Say
from flows.scale import GOLD
from flows.session import Session

LINES = {"short": 3, "long": 20}
ADVICE_LINES = 4
FIRST_LINES = {"outside_scope": 1, "formalise_first": 2, "close_gaps": 2, "find_out": 3, "apply_now": 1}
"""Points on the first page where it is paid by the part: four parts hold a result and what has to stand under it."""
FIRST_OPEN = 2
"""Open points in the first result, where it is paid: two parts hold no more."""


def first_result(session: Session, assessment: Assessment) -> Say:
    """What section 1 shows: what stops, the first of it alone where it is paid, or that nothing does so far."""
    paid = session.channel in PAID
    if assessment.stops:
        return _first_stop(session, assessment, paid=paid)
    if assessment.view == "worker":
        return Say("first.worker")
    points = tuple(_first_open(assessment))
    shown = points[:FIRST_OPEN] if paid else points
    return Say("first.unsure", lines=shown, tail=Say("first.unsure.next")) if points else Say("first.open")


def _first_stop(session: Session, assessment: Assessment, *, paid: bool) -> Say:
    """What stops and what else there is. Outside the scope there is no room for a title where it is paid."""
    title = () if paid and assessment.result == "outside_scope" else tuple(_title(session, assessment))
    stops = tuple(_stops(session, assessment))[: 1 if paid else None]
    return Say(f"first.{assessment.result}", lines=(*title, *stops), tail=Say(f"first.{assessment.result}.next"))


def _first_open(assessment: Assessment) -> Iterator[Say]:
    """What is not known of the first things, the title before all, and what only ARM can say of them."""
    unknown, ask_arm = (
        [one for one in all_ if one in FIRST_THINGS] for all_ in (assessment.unknown, assessment.ask_arm)
    )
    yield from (Say("line.unknown", {"text": Say(f"{name}.who")}) for name in unknown)
    yield from (Say("line.arm", {"text": Say(f"{name}.arm")}) for name in ask_arm)


def result(checklist: Checklist, session: Session, assessment: Assessment) -> Say:
    """The final result with its first points, the cheapest one for this week, and what is said under every result."""
    shown, left = _page(session, assessment, 0)
    return Say(
        _heading(assessment),
        count=len(assessment.gaps) if assessment.result == "close_gaps" else None,
        lines=(*shown, *_week(checklist, assessment), *_more(left), *_next(assessment)),
        tail=Say("result.never", lines=tuple(_under(session, assessment))),
    )


def _heading(assessment: Assessment) -> str:
    return f"result.{assessment.result}{worded(assessment)}"


def partial(session: Session, assessment: Assessment) -> Say:
    """What is known so far, for whoever stops in the middle: nothing is said of what was not asked yet.

    Where something stops, the result is what it will be.
    """
    shown, left = _page(session, assessment, 0)
    tail = Say("result.never", lines=tuple(_under(session, assessment)))
    if assessment.stops:
        return Say(_heading(assessment), lines=(*shown, *_more(left), *_next(assessment)), tail=tail)
    return Say("partial" if shown else "partial.none", lines=(*shown, *_more(left)), tail=tail)


def further_page(session: Session, assessment: Assessment, page: int) -> Say | None:
    """Page `page` (1 is the second) of the result's points; None past the end."""
    shown, left = _page(session, assessment, page)
    return Say("result.page", {"page": page + 1}, lines=(*shown, *_more(left))) if shown else None


def _page(session: Session, assessment: Assessment, page: int) -> tuple[tuple[Say, ...], int]:
    """The points of a page (0 is the first) and how many are left after it; how many fit depends on the channel."""
    points = tuple(_points(session, assessment))
    paid = session.channel in PAID
    first, size = (_first_lines(session, assessment), LINES["short"]) if paid else (LINES["long"], LINES["long"])
    start = first + (page - 1) * size if page else 0
    end = first + page * size
    return points[start:end], len(points) - end


def _first_lines(session: Session, assessment: Assessment) -> int:
    """Where something stops, only that, and an unknown title: no gap that closing would not help yet."""
    most, title = FIRST_LINES[assessment.result], session.result_given and "legal_title" in assessment.unknown
    if assessment.result == "outside_scope":
        return most + title
    return min(most, len(assessment.stops) + title) if assessment.stops else most


def advice(checklist: Checklist, session: Session, assessment: Assessment) -> Say:
    """What the pack of advice came to; on SMS its beginning, `8` brings the rest."""
    if not assessment.advice:
        pack = (item for item in checklist.sections[-1].items if item.id in session.answers)
        return Say("advice.unsure" if any(is_unknown(session.answers[item.id]) for item in pack) else "advice.none")
    told = tuple(Say("line.advice", {"text": Say(f"{name}.gap")}) for name in assessment.advice)
    size = ADVICE_LINES if session.channel in PAID else len(told)
    return Say("advice.some", lines=(*told[:size], *_more(len(told) - size)))


def _points(session: Session, assessment: Assessment) -> Iterator[Say]:
    """Everything the result is made of, the most important first: an unknown title, whatever the result.

    Before the result only what stops and what is missing: the rest may just not have been asked yet.
    """
    if not session.result_given:
        yield from _missing(session, assessment)
        return
    title = [name for name in assessment.unknown if name == "legal_title"]
    yield from (Say("line.unknown", {"text": Say(f"{name}.who")}) for name in title)
    yield from _missing(session, assessment)
    yield from (_whom_to_ask(session, name) for name in assessment.unknown if name not in title)
    yield from (Say("line.arm", {"text": Say(f"{name}.arm")}) for name in assessment.ask_arm)
    if assessment.ecological in ("possible", "ask_arm"):
        yield Say(f"ecological.{assessment.ecological}")
    yield from (Say("line.advice", {"text": Say(f"{name}.gap")}) for name in assessment.advice)


def _whom_to_ask(session: Session, name: str) -> Say:
    """Gold is not for a room to talk about."""
    return Say("line.unknown", {"text": Say("room.gold" if session.room and name in GOLD else f"{name}.who")})


def _missing(session: Session, assessment: Assessment) -> Iterator[Say]:
    yield from _stops(session, assessment)
    yield from (gap_line(n, name) for n, name in enumerate(assessment.gaps, 1))


def gap_line(at: int, name: str) -> Say:
    """What is missing, its first step, and who can help."""
    return Say("line.gap", {"at": at, "text": Say(f"{name}.gap"), "help": Say(f"{name}.help")})


def _stops(session: Session, assessment: Assessment) -> Iterator[Say]:
    for name in assessment.stops:
        yield Say(f"{name}.stop", _stop_params(session, name))


def _stop_params(session: Session, name: str) -> dict[str, Param]:
    if name == "country":
        return {"country": CountryName(str(session.answers["country"]))}
    if name != "scale":
        return {}
    return {"grams": Say("scale.over")}  # gold is echoed once, at `scale`


def _title(session: Session, assessment: Assessment) -> Iterator[Say]:
    """An unknown title is named first, whatever the result; not where it was not asked yet."""
    if "legal_title" in {*session.answers, *session.skipped}.intersection(assessment.unknown):
        yield Say("line.unknown", {"text": Say("legal_title.who")})


def _next(assessment: Assessment) -> Iterator[Say]:
    """What can be done now. Where ARM alone can say, that the question can be passed on."""
    if assessment.result == "find_out" and assessment.view != "worker" and not assessment.unknown:
        yield Say("result.find_out.arm")
    elif assessment.result == "outside_scope" or (assessment.result != "close_gaps" and assessment.view != "worker"):
        yield Say(f"result.{assessment.result}.next")


def _week(checklist: Checklist, assessment: Assessment) -> Iterator[Say]:
    """For this week: the cheapest gap, by its number."""
    if assessment.result != "close_gaps":
        return
    costs = [checklist.items[name].cost or 3 for name in assessment.gaps]
    cheapest = costs.index(min(costs))
    name = Say(f"{assessment.gaps[cheapest]}.short")
    yield Say("result.week", {"at": cheapest + 1, "what": name}) if len(costs) > 1 else Say("result.week.only")


def _more(left: int) -> Iterator[Say]:
    if left > 0:
        yield Say("result.more", count=left)


def _under(session: Session, assessment: Assessment) -> Iterator[Say]:
    """What stands under every result; that it is guidance, the good news says by itself."""
    if not session.private:
        yield Say("result.not_asked")
    yield Say("result.talk")
    if assessment.result != "apply_now":
        yield Say("result.guidance")
