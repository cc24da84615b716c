"""A turn's says -> what is sent on a channel. Words are chosen here, once, so that a retry sends the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.channels.sms_pieces import pieces
from bot.channels.sms_text import fold, segments
from bot.messages import Ack, Body, Button, Edit, Tapped, Words
from bot.texts import Texts
from flows.model import Kind, Say
from flows.scene import Turn
from flows.session import Session
from flows.tapping import FINISH, shown_state

_MOST_PARTS = 4
_LONG_LABEL = 32
SMS = ("sms", "try_sms")


def render_sms(texts: Texts, says: tuple[Say, ...], locale: str) -> list[str]:
    """The messages as they are sent by SMS: GSM-7 by language, joined where that saves a part."""
    sent: list[str] = []
    for say in says:
        text = fold(texts.say(say, locale), locale)
        joined = f"{sent[-1]}\n{text}" if sent else text
        if sent and segments(joined) < segments(sent[-1]) + segments(text) and segments(joined) <= _MOST_PARTS:
            sent[-1] = joined
        else:
            sent.append(text)
    return sent


def render(texts: Texts, turn: Turn, session: Session, kind: Kind | None, tapped: Tapped | None) -> list[Body]:
    """Everything a turn sends on the session's channel, in order."""
    if session.channel in SMS:
        return [Words(text) for text in render_sms(texts, turn.says, session.locale)]
    return [*_on_tap(texts, turn, session, kind, tapped), *_messages(texts, turn, session, kind)]


def in_pieces(bodies: Iterable[Body]) -> Iterator[Body]:
    """The same texts, each of one part at most, for networks that do not join the parts of a long SMS."""
    for body in bodies:
        yield from map(Words, pieces(body.text)) if isinstance(body, Words) else (body,)


def _messages(texts: Texts, turn: Turn, session: Session, kind: Kind | None) -> Iterator[Body]:
    for say in turn.says:
        yield Words(_text(texts, say, session.locale), _buttons(texts, say, session, kind))


def _on_tap(texts: Texts, turn: Turn, session: Session, kind: Kind | None, tapped: Tapped | None) -> Iterator[Body]:
    if tapped is None:
        return
    yield Ack(tapped.query, texts.say(turn.toast, session.locale) if turn.toast else "")
    if turn.chosen:
        yield Edit(tapped.message, _answered(texts, turn.chosen, tapped, session.locale))
    elif turn.redraw:
        yield Edit(tapped.message, tapped.text, _buttons(texts, turn.redraw, session, kind))


def _answered(texts: Texts, chosen: Say, tapped: Tapped, locale: str) -> str:
    """The question with the choice; of a delicate one not even the question stays."""
    mark = f"✔ {texts.say(chosen, locale)}"
    return mark if chosen.id == "saved" or not tapped.text else f"{tapped.text}\n{mark}"


def _text(texts: Texts, say: Say, locale: str) -> str:
    """The text; options that fit their buttons are not written twice."""
    labels = [texts.sentence(option.label, locale) for option in say.options]
    if all(len(label) <= _LONG_LABEL for label in labels):
        bare = Say(say.id, say.params, say.count, say.lines, (), say.heading, say.secret, say.asks, say.tail)
        return texts.say(bare, locale)
    return texts.say(say, locale)


def _buttons(texts: Texts, say: Say, session: Session, kind: Kind | None) -> tuple[tuple[Button, ...], ...]:
    if not say.asks:
        return ()
    labels = {option.reply: texts.sentence(option.label, session.locale) for option in say.options}
    fits = all(len(label) <= _LONG_LABEL for label in labels.values())
    marked = {option.reply for option in say.options if option.value in session.picked}
    named = [(reply, _mark(label if fits else reply, marked=reply in marked)) for reply, label in labels.items()]
    rows = [((reply, label),) for reply, label in named] if fits else [tuple(named)]
    keys = tuple((reply, texts.get(session.locale, key)) for reply, key in _keys(session, kind))
    return tuple(tuple(_button(session, *pair) for pair in row) for row in (*rows, keys) if row)


def _keys(session: Session, kind: Kind | None) -> Iterator[tuple[str, str]]:
    if kind == "several" and not session.menu:
        yield FINISH, "button.done"
    if kind in ("number", "quantity", "text") and not session.menu:
        yield "?", "button.unknown"
    yield "0", "button.back"
    yield ("8", "button.more") if session.menu else ("9", "button.menu")


def _mark(label: str, *, marked: bool) -> str:
    return f"☑ {label}" if marked else label


def _button(session: Session, reply: str, label: str) -> Button:
    return Button(label, f"{shown_state(session)}|{session.asked}|{reply}")
