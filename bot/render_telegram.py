"""A turn's says -> messages, buttons, recordings and changes of earlier messages on Telegram."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from bot.channels.telegram_updates import button_data
from bot.messages import Ack, Bare, Body, Button, Edit, Tapped, Voice, Words
from bot.texts import Texts
from bot.voices import Voices
from flows.calling import awaits_number
from flows.model import Kind, Option, Say
from flows.scene import Turn
from flows.session import Session
from flows.tapping import BALLOT, FINISH, shown_state
from flows.words import language_of

_LONG_LABEL = 32
_ASKED = re.compile(r"(\w+)\.ask(?:\.(\w+))?")
_NEVER_HEARD = ("scale", "send_private")
"""Beside the sensitive items and those of gold: a recording stays in the chat, and others hear it."""
_WANTS_NUMBER = ("call_how.number", "contact.other")


@dataclass(frozen=True)
class Screen:
    """What is known of the person's screen before the turn: the session, the tap, the messages with buttons.

    Of `shown`, "70" is a message under which the person answers, "71@ppe" one under which a room votes.
    """

    before: Session | None = None
    tapped: Tapped | None = None
    shown: tuple[str, ...] = ()


def still_tappable(shown: tuple[str, ...], bodies: list[Body]) -> tuple[str, ...]:
    """Those of the messages with buttons that `bodies` leave theirs."""
    done = {body.message for body in bodies if isinstance(body, Bare) or (isinstance(body, Edit) and not body.buttons)}
    return tuple(one for one in shown if _message(one) not in done)


@dataclass(frozen=True)
class Drawn:
    """What a turn sends on Telegram; `session` is the one that is spoken to, `kind` that of its pending question."""

    texts: Texts
    turn: Turn
    session: Session
    kind: Kind | None
    screen: Screen
    voices: Voices = field(default_factory=Voices)

    def bodies(self) -> list[Body]:
        """In order; earlier buttons go when what was to be said is said."""
        said = self._without_contact_button(list(self._messages()))
        return [*self._on_tap(), *said, *map(Bare, self._outdated(said))]

    def _messages(self) -> Iterator[Body]:
        for say in self.turn.says:
            if recording := self._recording(say):
                yield Voice(recording)
            yield self._words(say)

    def _words(self, say: Say) -> Words:
        heading = self._heading(say.heading) if say.heading else ""
        text = "\n".join(part for part in (heading, self._text(replace(say, heading=None))) if part)
        wanted = say.id in _WANTS_NUMBER and awaits_number(self.session)
        share = self.texts.get(self.session.locale, "button.share") if wanted else ""
        return Words(text, self._buttons(say), _units(heading), share, ballot=_ballot(say))

    def _heading(self, heading: Say) -> str:
        """The progress; where a section begins, under its whole name."""
        section = heading.params.get("section")
        if heading.params.get("at") == 1 and isinstance(section, Say):
            named = f"report.{section.id}"
            if self.texts.has(self.session.locale, named):
                heading = replace(heading, params={**heading.params, "section": Say(named)})
        return self.texts.sentence(heading, self.session.locale).rstrip(".")

    def _recording(self, say: Say) -> str | None:
        """Of a question that is put for the first time, unless it is delicate."""
        found, session = _ASKED.fullmatch(say.id), self.session
        if found is None or not say.asks or session.menu or session.asked != session.turn:
            return None
        if say.secret or found[1] in _NEVER_HEARD or _ballot(say):
            return None
        spoken = (session.voice, session.locale, language_of(session.locale))
        return self.voices.find(spoken, ".".join(filter(None, found.groups())))

    def _without_contact_button(self, said: list[Body]) -> list[Body]:
        """The button that shares a number goes once none is awaited; Telegram takes it away with words only."""
        before, after = self.screen.before, self.turn.session
        if not said or before is None or not awaits_number(before) or (after and awaits_number(after)):
            return said
        plain = next((at for at, one in enumerate(said) if isinstance(one, Words) and not one.buttons), None)
        if plain is None:
            return [Words(self.texts.get(self.session.locale, "contact.done"), unshare=True), *said]
        return [replace(one, unshare=True) if at == plain else one for at, one in enumerate(said)]

    def _outdated(self, said: list[Body]) -> list[str]:
        """The messages whose buttons are put once more, or answer nothing now."""
        tapped = self.screen.tapped.message if self.screen.tapped else ""
        if self.turn.toast and self.turn.toast.id == "stale":
            return [tapped] if tapped else []
        edited = tapped if self.turn.chosen or self.turn.redraw else ""
        gone = map(_message, filter(self._over(said), (*self.screen.shown, tapped)))
        return [one for one in dict.fromkeys(gone) if one and one != edited]

    def _over(self, said: list[Body]) -> Callable[[str], bool]:
        """Which messages have served: questions once another is put, ballots once another is, or the room is over."""
        after, closed = self.turn.session, self.turn.closed
        fresh = {bool(one.ballot) for one in said if isinstance(one, Words) and one.buttons}
        asked, votes = self._moved() or False in fresh, True in fresh or after is None
        left = after is not None and (after.seat is None or after.menu == "room_over")
        return lambda one: (votes or left or one.endswith(f"@{closed}")) if "@" in one else asked

    def _moved(self) -> bool:
        before, after = self.screen.before, self.turn.session
        return before is None or after is None or before.asked != after.asked

    def _on_tap(self) -> Iterator[Body]:
        turn, tapped = self.turn, self.screen.tapped
        if tapped is None:
            return
        spent = turn.redraw is not None and self._spent(turn.redraw, tapped)
        toast = turn.toast if turn.toast and not spent else None
        yield Ack(tapped.query, self.texts.say(toast, self.session.locale) if toast else "")
        if turn.chosen:
            yield self._answered(turn.chosen, tapped)
        elif turn.redraw and not spent:
            yield Edit(tapped.message, tapped.text, self._buttons(turn.redraw), tapped.bold)

    def _spent(self, redraw: Say, tapped: Tapped) -> bool:
        """Whether a tap took so long that its ballot has no buttons any more: it gets none again, and no thanks."""
        ballot = _ballot(redraw)
        return bool(ballot) and f"{tapped.message}@{ballot}" not in self.screen.shown

    def _answered(self, chosen: Say, tapped: Tapped) -> Edit:
        """The question with the choice; of a delicate one not even the question stays."""
        mark = f"✔ {self.texts.say(chosen, self.session.locale)}"
        if chosen.id == "saved" or not tapped.text:
            return Edit(tapped.message, mark)
        return Edit(tapped.message, f"{tapped.text}\n{mark}", bold=tapped.bold)

    def _text(self, say: Say) -> str:
        """The text; options that fit their buttons are not written twice."""
        labels = [self.texts.sentence(option.label, self.session.locale) for option in say.options]
        fits = all(len(label) <= _LONG_LABEL for label in labels)
        return self.texts.say(replace(say, options=()) if fits else say, self.session.locale)

    def _buttons(self, say: Say) -> tuple[tuple[Button, ...], ...]:
        if not say.asks:
            return ()
        session = self.session
        labels = {option.reply: self.texts.sentence(option.label, session.locale) for option in say.options}
        fits = all(len(label) <= _LONG_LABEL for label in labels.values())
        marks = {option.reply: mark for option in say.options if (mark := _mark(session, say, option))}
        named = [(reply, marks.get(reply, "") + (label if fits else reply)) for reply, label in labels.items()]
        rows: list[tuple[tuple[str, str], ...]] = [(one,) for one in named] if fits else [tuple(named)]
        if not _ballot(say):
            rows.append(tuple((reply, self.texts.get(session.locale, key)) for reply, key in _keys(session, self.kind)))
        name = BALLOT if _ballot(say) else shown_state(session)
        return tuple(
            tuple(Button(label, button_data(name, session.asked, reply)) for reply, label in row) for row in rows if row
        )


def _ballot(say: Say) -> str:
    """The item that the buttons under it vote on, each with its question: "131"; "" where they answer."""
    found = _ASKED.fullmatch(say.id)
    return found[1] if found and say.options and len(say.options[0].reply) > 1 else ""


def _mark(session: Session, say: Say, option: Option) -> str:
    if _ballot(say):
        return "✔ " if option.marked else ""
    return "☑ " if option.value in session.picked else ""


def _keys(session: Session, kind: Kind | None) -> Iterator[tuple[str, str]]:
    if kind == "several" and not session.menu:
        yield FINISH, "button.done"
    if kind in ("number", "quantity", "text") and not session.menu:
        yield "?", "button.unknown"
    yield "0", "button.back"
    yield ("8", "button.more") if session.menu else ("9", "button.menu")


def _message(shown: str) -> str:
    return shown.partition("@")[0]


def _units(text: str) -> int:
    """Its length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
