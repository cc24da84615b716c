"""The first message of a chat: it opens and answers nothing, but its language counts."""

from __future__ import annotations

from msgspec.structs import replace

from flows.commands import command
from flows.entering import entering
from flows.events import OptedIn, OptedOut, Text, TimerDue
from flows.links import link
from flows.model import Say
from flows.regions import local
from flows.room.coming import join
from flows.room.private import private
from flows.scene import Scene, Turn, silent
from flows.session import Session
from flows.words import Words, plain


def begin(scene: Scene) -> Turn:
    """A new session with its first words; silence where there is nothing to begin."""
    event = scene.arrival.event
    text = event.text if isinstance(event, Text) else ""
    found = command(scene.words, _locale(scene, text), text, kind=None)
    name = found.name if found else ""
    entry = entering(scene.words, _locale(scene, text), text, kind=None, new=True)
    if entry:
        return join(scene, _session(scene, text), entry)
    if isinstance(event, TimerDue) or name in ("thanks", "delete"):
        return silent(None, "nothing to begin")
    session = _session(scene, text)
    if isinstance(event, OptedOut) or name == "stop":
        tell = not isinstance(event, OptedOut) or event.tell
        stopped = replace(session, opted_out=True)
        says = (Say("stopped"),) if tell else ()
        return Turn(stopped, says, silence="" if tell else "opted out", happened=("opted_out",))
    if isinstance(event, OptedIn):
        return silent(None, "opted in")
    if name == "private":
        return private(scene, session, "")
    lost = (Say("session.lost"),) if scene.arrival.lost else ()
    return Turn(session, (*lost, scene.ask(session)), happened=("started",))


def _session(scene: Scene, text: str) -> Session:
    arrival, linked = scene.arrival, link(scene.words, text)
    known = _spoken(scene.words, text) or arrival.locale
    return Session(
        version=scene.checklist.version,
        locale=_locale(scene, text),
        channel=arrival.channel,
        state="welcome" if known else "language",
        private=arrival.private,
        started=scene.now,
        country_guess=arrival.country,
        voice=linked.voice if linked else "",
    )


def _locale(scene: Scene, text: str) -> str:
    """The language of the first message, else of the phone, in the words of the phone's country."""
    return local(scene, _spoken(scene.words, text) or scene.arrival.locale or scene.locales[0])


def _spoken(words: Words, text: str) -> str | None:
    """The language of the first message, where its words belong to one only; a region where it is named."""
    if linked := link(words, text):
        return linked.locale or None
    said = plain(text)
    if not said:
        return None
    regions = [region for region in words.regions if said in words.names_of(region)]
    if regions:
        return regions[0]
    greeting = [name for name in words.locales if said in words.of(name, "words.hello")]
    greeting += [name for name in words.locales if said.split()[0] in words.of(name, "words.join")]
    greeting += [name for name in words.locales if said in words.of(name, "words.opening")]
    named = [name for name in words.locales if said in words.of(name, f"words.language.{name}")]
    found = greeting or named
    return found[0] if len(found) == 1 else None
