"""What staff did, on its way to the person: a job on their chat's lane, then an event on the one road.

What they are told of it, if anything, is for `flows.staff` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from bot.messages import GiveUp, Inbound, Job, Outgoing
from flows.events import StaffStep

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.referral.draft import Draft
    from flows.case import Case

JOB = "told"
"""The name of the job that carries a step."""
Step = Literal["taken", "contact", "closed", "not_reached", "waiting"]


def telling(draft: Draft, case: Case, now: float) -> tuple[Outgoing, ...]:
    """The job that tells where the case has come to; none of a call in private, or where nobody did anything.

    The same case gives the same job, so that put twice it is one.
    """
    step = _step(case)
    if draft.quiet or step is None:
        return ()
    told = StaffStep(draft.reference, step, case.holder if step in {"taken", "contact"} else "")
    name = f"{draft.reference}.told.{len(case.history)}.{step}".lower()
    return (Outgoing(name, draft.channel, draft.address, Job(JOB, msgspec.json.encode(told)), now),)


def _step(case: Case) -> Step | None:
    match case.state:
        case "taken" | "contact":
            return case.state
        case "closed":
            return "not_reached" if case.outcome == "not_reached" else "closed"
        case "new" if case.late:
            return "waiting"
        case _:
            return None


class Told:
    """The worker's hand for jobs named `JOB`. `handle` is the road."""

    def __init__(self, handle: Callable[[Inbound], Awaitable[None]], clock: Callable[[], float]) -> None:
        self._handle = handle
        self._clock = clock

    async def bring(self, out: Outgoing) -> None:
        """Tell the person; again, nothing is doubled. Raises `GiveUp` where the job holds no step."""
        payload = out.body.payload if isinstance(out.body, Job) else b""
        try:
            event = msgspec.json.decode(payload, type=StaffStep)
        except msgspec.DecodeError as error:
            message = f"no step: {type(error).__name__}"
            raise GiveUp(message) from error
        await self._handle(Inbound(f"told:{out.id}", out.channel, out.address, event, self._clock()))
