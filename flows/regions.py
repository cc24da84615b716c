"""The regional words of a language: whose a person gets first, and how others are chosen. They are kept in `words`."""

from __future__ import annotations

from collections.abc import Collection

from flows.answers import AskBack, Question, Read, read
from flows.model import CountryName, Option, Say
from flows.scene import Scene
from flows.typed.matching import says
from flows.words import language_of, plain

_NAMED = Question("region", "country", ())


def local(scene: Scene, locale: str) -> str:
    """The locale in the words of the person's country: the one the app is set to, else that of the number."""
    app = scene.arrival.locale or ""
    if locale in scene.words.regions or (app in scene.words.regions and language_of(app) == locale):
        return locale if locale in scene.words.regions else app
    return scene.words.regional(locale, scene.arrival.country)


def offered(regions: Collection[str], locale: str) -> tuple[str, ...]:
    """The regions of the locale's language, then the language without any; () where it is the same everywhere."""
    language = language_of(locale)
    found = sorted(region for region in regions if language_of(region) == language)
    return (*found, language) if found else ()


def region_menu(regions: Collection[str], locale: str) -> Say:
    """Of which country the words shall be, and of which they are now."""
    choices = enumerate(offered(regions, locale), 1)
    options = tuple(Option(str(number), region, _country(region)) for number, region in choices)
    return Say("menu.region.ask", {"country": _country(locale)}, options=options, asks=True)


def chosen_region(scene: Scene, locale: str, reply: str) -> str | None:
    """The locale that a reply chooses in that menu, by number or by the country's name; None where it does not."""
    numbered = dict(zip("1234567", offered(scene.words.regions, locale), strict=False))
    return numbered.get(reply) or _by_name(scene, locale, reply)


def _country(locale: str) -> Say:
    country = locale.partition("_")[2]
    return Say("plain", {"text": CountryName(country)}) if country else Say("menu.region.other")


def _by_name(scene: Scene, locale: str, text: str) -> str | None:
    """A country without words of its own has the common ones; what is only nearly a name must have some.

    A bare yes or no is about the words of now, and answers nothing that was asked before.
    """
    language = language_of(locale)
    if any(says(scene.words, key, plain(text)) for key in ("words.yes", "words.no")):
        return locale
    if says(scene.words, "words.other", plain(text)):
        return language
    match read(_NAMED, scene.words, locale, text, checklist=scene.checklist):
        case Read(str() as country):
            return scene.words.regional(language, country)
        case AskBack(candidates=candidates):
            near = {scene.words.regional(language, candidate.value) for candidate in candidates} - {language}
            return near.pop() if len(near) == 1 else None
        case _:
            return None
