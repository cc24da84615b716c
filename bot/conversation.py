"""THE road of a message: load, advance, render, commit. Delivery comes after, in `worker`.

Reminders, delivery failures, opt-outs and what other chats tell come in here as events like any message.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
import structlog

from bot.kept.funnel import added
from bot.messages import Body, Busy, Inbound, Job, Outgoing, Picture
from bot.origin import clocks, origin, spoken_in_app
from bot.reading import Read, read
from bot.referral.draft import draft
from bot.render import SILENT, SMS, in_pieces, render
from bot.render_telegram import Screen, still_tappable
from bot.resent import came, digest
from bot.store import Chat, Commit, Loaded, Store
from bot.texts import Texts
from bot.voices import Voices
from bot.ways import NO_WAYS, Ways
from flows.events import Arrival, Came, Event, FromRoom, HandedBack, Phone, StaffStep, StaffWrote, ToRoom
from flows.model import Checklist, Say
from flows.pace import pace
from flows.phases import DONE, question
from flows.room.outcome import outcome
from flows.room.page import shows
from flows.scene import Turn
from flows.session import Session, dump, every, home
from flows.turn import advance
from flows.words import Words

TRIES = 25
HOLD = 0.2
"""Seconds a reply waits before it leaves, so that a double tap or a resent text still finds it waiting."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Conversation:
    """Everything a turn needs. `protects` tells whether section 7 has somebody to go to in a country (None: unknown).

    `picture` draws the summary of a session; `count` is told what happened, for the metrics. `in_pieces` are the
    countries (or "*") whose networks do not join the parts of a long SMS; `voices` are recorded questions;
    `ways` lead into rooms; `within_days`: in so many days somebody calls, by triage letter.
    """

    store: Store
    texts: Texts
    words: Words
    checklists: Mapping[str, Checklist]
    protects: Callable[[str | None], bool]
    partition: Callable[[str, str], int]
    picture: Callable[[Session], Awaitable[bytes]]
    count: Callable[[str], None]
    clock: Callable[[], float]
    brake: int = 20
    in_pieces: frozenset[str] = frozenset()
    voices: Voices = SILENT
    ways: Ways = NO_WAYS
    within_days: dict[str, int] = field(default_factory=dict)

    async def handle(self, inbound: Inbound) -> None:
        """Take one inbound message. When this returns it is committed, or was taken before.

        Raises `Busy` where the version moved at every try, `Ahead` where another release has to take it,
        `connection.Away` where Redis is out of reach, `crypto.WrongKey` where no key here opens the session. Nothing is
        written then.
        """
        await self._retried(inbound)

    async def on_page(self, inbound: Inbound) -> tuple[Say, ...]:
        """Take what was done on a room's page; what is said to that, for the page to show. Raises as `handle`."""
        return (await self._retried(msgspec.structs.replace(inbound, quiet=True))).says

    async def happened(self, channel: str, address: str, event: Event) -> None:
        """Take an event that no message brought: a timer, an opt-out seen at delivery. Raises as `handle`."""
        await self._retried(Inbound("", channel, address, event, self.clock()))

    async def _retried(self, inbound: Inbound) -> Turn:
        for attempt in range(TRIES):
            if turn := await self._turn(inbound, last=attempt == TRIES - 1):
                return turn
            await asyncio.sleep(random.uniform(0, 0.002 * 2 ** min(attempt, 6)))  # noqa: S311 -- jitter
        raise Busy

    async def _turn(self, inbound: Inbound, *, last: bool) -> Turn | None:
        """One try; None where somebody else's turn came first, or the reply to this very text is just being sent."""
        chat = Chat(inbound.channel, inbound.address)
        loaded = await self.store.load(chat, inbound.id or None)
        if loaded.seen:
            return Turn(None)
        found = read(loaded, self.checklists)
        how = came(inbound, loaded, last=last)
        if how == "early":
            return None
        if how == "resent" and found.broken is not None:
            how = "new"
        turn = Turn(found.session, silence="resent") if how == "resent" else self._advance(inbound, found, how)
        outcome = await self.store.commit(await self._commit(inbound, chat, loaded, found, turn))
        if outcome in ("conflict", "taken"):
            return None
        if outcome == "done":
            self._counted(inbound, turn)
        return turn

    def _advance(self, inbound: Inbound, found: Read, how: Came) -> Turn:
        before, lost = found.session, found.broken is not None
        arrival = msgspec.structs.replace(self._arrival(inbound, before, lost=lost), came=how)
        return advance(self._checklist(before), self.words, before, arrival, self.clock())

    def _checklist(self, session: Session | None) -> Checklist:
        """The version the session began with; the newest for a new one."""
        newest = max(self.checklists)
        return self.checklists[session.version if session else newest]

    def _arrival(self, inbound: Inbound, before: Session | None, *, lost: bool) -> Arrival:
        country, locale = self._origin(inbound)
        number = inbound.address if inbound.channel in SMS else ""
        zone, around = clocks(number, home(before), self.clock())
        return Arrival(
            inbound.event,
            channel=inbound.channel,
            locale=locale,
            country=country,
            private=self.protects(home(before) or country),
            partition=self.partition(inbound.channel, inbound.address),
            chance=secrets.randbits(64),
            brake=self.brake,
            lost=lost,
            zone=zone,
            around=around,
            within_days=self.within_days,
            phone=Phone(inbound.channel, inbound.address),
        )

    def _origin(self, inbound: Inbound) -> tuple[str | None, str | None]:
        if inbound.channel not in SMS:
            return None, spoken_in_app(inbound.language, {*self.words.locales, *self.words.regions})
        country, spoken = origin(inbound.address)
        return country, spoken if spoken in self.words.locales else None

    async def _commit(self, inbound: Inbound, chat: Chat, loaded: Loaded, found: Read, turn: Turn) -> Commit:
        before, after = found.session, turn.session
        bodies = await self._bodies(inbound, Screen(before, inbound.tapped, loaded.shown), turn)
        return Commit(
            chat=chat,
            version=loaded.version,
            session=dump(after) if after else None,
            inbound_id=inbound.id or None,
            out=tuple(self._outgoing(inbound, body) for body in bodies),
            timers=turn.timers,
            cancel=turn.cancel,
            reserve=turn.talk.reference if turn.talk else _new_reference(before, after),
            doors=turn.doors,
            answers=not _posted(inbound),
            digest=digest(inbound),
            received=inbound.received,
            hold=HOLD,
            was_shown=loaded.shown,
            shown=still_tappable(loaded.shown, bodies),
            funnel=added(before, turn, self._checklist(after or before)),
            broken=found.broken,
        )

    async def _bodies(self, inbound: Inbound, screen: Screen, turn: Turn) -> list[Body]:
        said = await self._said(inbound, screen, self.ways.with_page(turn))
        return [*said, *self._jobs(inbound, turn)]

    async def _said(self, inbound: Inbound, screen: Screen, turn: Turn) -> list[Body]:
        after = turn.session
        spoken = after or screen.before
        if spoken is None or (inbound.quiet and shows(turn)):
            return []
        kind = (
            question(self._checklist(after), after, self.texts.locales).kind if after and after.state != DONE else None
        )
        bodies = render(self.texts, turn, spoken, kind, screen, self.voices)
        if self._unjoined(inbound):
            bodies = list(in_pieces(bodies))
        if after and "result" in turn.happened and after.channel not in SMS:
            caption = self.texts.say(Say("picture.caption"), after.locale)
            bodies.append(Picture(await self.picture(after), caption))
        picture = await self.ways.picture(self.texts, turn)
        return [*bodies, picture] if picture else bodies

    def _jobs(self, inbound: Inbound, turn: Turn) -> Iterator[Job]:
        for leaving in (turn.session if turn.refer else None, turn.talk):
            if leaving:
                checklist, to = self._checklist(leaving), (inbound.channel, inbound.address, self.clock())
                given, room = pace(checklist, leaving), outcome(checklist, leaving)
                yield Job("referral", draft(leaving, *to, given, room=room, quiet=leaving is turn.talk))
        yield from (Job("forget", reference.encode()) for reference in turn.forget)
        if turn.posts:
            yield Job("post", msgspec.msgpack.encode(turn.posts))
        if turn.heard:
            yield Job("heard", msgspec.json.encode(turn.heard))

    def _unjoined(self, inbound: Inbound) -> bool:
        if not self.in_pieces or inbound.channel not in SMS:
            return False
        return "*" in self.in_pieces or self._origin(inbound)[0] in self.in_pieces

    def _outgoing(self, inbound: Inbound, body: Body) -> Outgoing:
        return Outgoing(secrets.token_hex(12), inbound.channel, inbound.address, body, self.clock())

    def _counted(self, inbound: Inbound, turn: Turn) -> None:
        for name in ("posted" if _posted(inbound) else "turns", *turn.happened):
            self.count(name)
        if turn.silence:
            log.info("silent", why=turn.silence, channel=inbound.channel)
        if "braked" in turn.happened:
            log.warning("braked: a chat gets no answer for a minute, is it a machine?", channel=inbound.channel)


def _new_reference(before: Session | None, after: Session | None) -> str | None:
    """The reference that the turn made up; one that came back with an earlier assessment is ours already."""
    known = {kept.reference for kept in every(before)} if before else set()
    return after.reference if after and after.reference not in known else None


def _posted(inbound: Inbound) -> bool:
    """Whether another chat or ARM tells it, and nobody at this phone wrote anything."""
    return isinstance(inbound.event, ToRoom | FromRoom | StaffStep | StaffWrote | HandedBack)
