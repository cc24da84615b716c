"""The summary of a session as a picture, for phones that show pictures. Drawing takes a while, so not in the event loop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.report import png, summarise
from flows.assess import assess

if TYPE_CHECKING:
    from bot.content import Content
    from flows.session import Session


@dataclass(frozen=True)
class Drawing:
    """Draws in the session's language, from the content version it began with."""

    content: Content

    async def picture(self, session: Session) -> bytes | None:
        """The PNG; None while there is no reference, and so no summary."""
        if session.reference is None:
            return None
        return await asyncio.to_thread(self._png, session, session.reference)

    def _png(self, session: Session, reference: str) -> bytes:
        checklist = self.content.checklists[session.version]
        assessment = assess(checklist, session.answers, private=session.private)
        return png(
            summarise(
                assessment,
                checklist,
                session.answers,
                self.content.texts,
                session.locale,
                reference,
                day=session.touched or session.started,
            )
        )
