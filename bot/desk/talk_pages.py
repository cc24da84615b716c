"""What the form on the page of a case does: write to the person, hand the conversation back, count the SMS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from bot.desk.casework import acts, allowed, back, drawn
from bot.desk.talking import MOST_PARTS, Message, Refused
from bot.desk.view import FORMS
from flows.case import Impossible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.routing import Route

    from bot.desk.visit import Office, Visit
    from bot.referral.store import Held

_ONCE = re.compile(r"[\w-]{8,40}")
_LONGEST = 2000


def routes(office: Office) -> list[Route]:
    """Posts under `/desk/case`."""
    return acts(office, {"write": _write, "back": _back, "parts": _parts})


async def _write(visit: Visit, held: Held) -> Response:
    """Say it; whoever may write before somebody has the case takes it with that."""
    message, office = _message(await visit.form()), visit.office
    allowed(visit, "write", held)
    try:
        await office.talking.fit(held, visit.contact, message)
        if held.case.state == "new":
            held = await office.acting.do(held.draft.reference, visit.contact, "take")
        await office.talking.write(held, visit.contact, message)
    except Refused as refused:
        return await drawn(visit, held, visit.say(str(refused)), status=422, typed=message)
    except Impossible:
        return await drawn(visit, held, visit.say("desk.quicker.changed"), status=409, typed=message)
    return back(held, "write")


async def _back(visit: Visit, held: Held) -> Response:
    message = _message(await visit.form())
    allowed(visit, "write", held)
    try:
        await visit.office.talking.hand_back(held, visit.contact, message.once)
    except Refused as refused:
        return await drawn(visit, held, visit.say(str(refused)), status=422)
    return back(held, "back")


async def _parts(visit: Visit, held: Held) -> Response:
    """In words, what the text would take as SMS; it is neither kept nor sent."""
    message, talking = _message(await visit.form()), visit.office.talking
    allowed(visit, "write", held)
    standing = await talking.standing(held, visit.contact)
    try:
        text = talking.composed(message, standing.locale)
    except Refused:
        text = ""
    many = talking.parts(visit.contact, text, standing.locale) if text else 0
    said = visit.say("desk.write.parts", count=many) if many <= MOST_PARTS else visit.say("desk.write.long")
    return PlainTextResponse(said if many else "", headers=FORMS)


def _message(form: Mapping[str, str]) -> Message:
    once = form.get("once", "")
    given = (form.get(name, "").strip()[:_LONGEST] for name in ("ready", "when", "text"))
    return Message(once if _ONCE.fullmatch(once) else "unmarked", *given)
