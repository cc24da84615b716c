"""What was just done, in a line where one comes back to on the page of a case, as long as it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.desk.visit import PATH

if TYPE_CHECKING:
    from bot.desk.visit import Visit
    from bot.referral.store import Held
    from flows.case import Case

TOP = "main"
PLACES = dict.fromkeys(("take", "contacted", "close", "reopen", "assign", "guard"), TOP)
PLACES |= {"note": "notes", "write": "talking", "back": "talking"}
"""What can be done, and where on the page it is seen."""


def address(reference: str, done: str) -> str:
    """The page of the case, at the place where that is seen."""
    return f"{PATH}/case/{reference}?{urlencode({'done': done})}#{PLACES[done]}"


def told(visit: Visit, held: Held, *, silent: bool) -> dict[str, str]:
    """What the template needs: the line and its place, "" for none. `silent`: Batea still is, in the conversation."""
    done = visit.request.query_params.get("done", "")
    if visit.request.method != "GET" or done not in PLACES or not _is_so(visit, held.case, done):
        return {"done": "", "place": ""}
    which = "back.soon" if done == "back" and silent else done
    return {"done": visit.say(f"desk.done.{which}", who=held.case.holder), "place": PLACES[done]}


def _is_so(visit: Visit, case: Case, done: str) -> bool:
    match done:
        case "take" | "reopen":
            return case.holder == visit.contact.name
        case "contacted":
            return case.state == "contact"
        case "close":
            return case.state == "closed"
        case _:
            return done != "assign" or bool(case.holder)
