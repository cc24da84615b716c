"""The summary of a session as a picture, for phones that show pictures."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.report import png, summarise
from flows.assess import assess
from flows.room.outcome import outcome

if TYPE_CHECKING:
    from bot.content import Content
    from flows.session import Session


@dataclass(frozen=True)
class Drawing:
    """Draws in the session's language, from the content version it began with, and never in the event loop."""

    content: Content

    async def picture(self, session: Session) -> bytes:
        """The PNG; without a reference as long as there is none."""
        return await asyncio.to_thread(self._png, session)

    def _png(self, session: Session) -> bytes:
        checklist = self.content.checklists[session.version]
        assessment = assess(checklist, session.answers, private=session.private)
        return png(
            summarise(
                assessment,
                checklist,
                session.answers,
                self.content.texts,
                session.locale,
                session.reference or "",
                day=session.touched or session.started,
                room=outcome(checklist, session),
            )
        )
