"""Whether the catalogs say everything, in every language, in words that travel well. `check_content` looks at all.

What a message costs as SMS is measured in `lengths`; the checklist's structure is looked at in `flows.check`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.catalogs.extract import MAPPING, TEMPLATE, template, written
from bot.catalogs.lengths import too_long
from bot.catalogs.short_forms import short_forms
from bot.content import Content, load_content
from bot.settings import Settings
from bot.texts import locales, read_catalog, regions
from flows.check import lint
from flows.check_words import lint_words
from flows.load import BadContent
from flows.words import language_of

Texts = Mapping[str, tuple[str, ...]]
"""Key -> its text; one for each plural form where it has these."""

RESERVED = frozenset(
    (
        *("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
        *("START", "YES", "UNSTOP", "HELP", "INFO"),
    )
)
"""Twilio, "Support for opt-out keywords": the carrier answers these itself, so nobody may be told to send them."""
_TELLING = (
    *("mande", "manda", "mándelo", "envíe", "envie", "escriba", "responda", "conteste"),
    *("send", "text", "reply", "write", "type", "answer"),
    *("envoyez", "écrivez", "répondez", "escreva"),
)
_TOLD = re.compile(rf"\b(?:{'|'.join(_TELLING)})(?:\s+(?:con|with|avec|com))?\W+(\w+)", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_MOST_REGIONS = 6
_NOT_SENT = re.compile(r"(words|desk|mail|report|try|button)\..*|.*\.(words|label)")
"""Lists of words and what is never read on a phone."""


def check_content() -> list[str]:
    """Everything that is wrong with content and catalogs, with language and key; empty where nothing is."""
    try:
        needed = _template()
        catalogs = {locale: texts_of(read_catalog(locale)) for locale in (*locales(), *regions())}
        content = load_content(Settings.model_construct())
        stale = _stale()
    except BadContent as bad:
        return bad.mistakes
    except (OSError, PoFileError, KeyError, ValueError) as error:
        return [f"{type(error).__name__}: {error}"]
    return [*stale, *in_catalogs(content, catalogs, needed)] or [*in_words(content)]


def in_catalogs(content: Content, catalogs: Mapping[str, Texts], needed: Texts) -> list[str]:
    """What is wrong with the structure of the checklists, and with keys and placeholders."""
    found = [mistake for checklist in content.checklists.values() for mistake in lint(checklist)]
    found += [*missing(catalogs, needed), *unused(catalogs, needed), *regional(catalogs)]
    return [*found, *placeholders(catalogs), *reserved(catalogs)]


def in_words(content: Content) -> Iterator[str]:
    """What can only be looked at where every text is there."""
    for checklist in content.checklists.values():
        for locale in content.texts.spoken:
            yield from lint_words(checklist, content.words, locale)
        yield from too_long(content.texts, checklist)
        yield from short_forms(content.texts, checklist)


def _stale() -> list[str]:
    """Whether the template is older than content and code; where Batea is installed without its sources, it is not."""
    if not MAPPING.exists() or written(template()) == TEMPLATE.read_bytes():
        return []
    return [f"{TEMPLATE.name}: is not what content and code need: make extract"]


def _template(path: Path = TEMPLATE) -> Texts:
    with path.open("rb") as file:
        return texts_of(read_po(file))


def texts_of(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """The texts of a catalog by key, one for each plural form."""
    return {_key(message): _forms(message) for message in catalog if message.id}


def missing(catalogs: Mapping[str, Texts], needed: Texts) -> Iterator[str]:
    """Keys without words in a language; a region needs only what it has."""
    for locale, texts in catalogs.items():
        own = {key: forms for key, forms in needed.items() if key in texts or locale not in _regions(catalogs)}
        for key, forms in own.items():
            if not all(texts.get(key, ("",))):
                yield f"{locale}: {key}: has no translation"
            elif (len(forms) > 1) != (len(texts[key]) > 1):
                what = "has no plural forms" if len(forms) > 1 else "has plural forms, and counts nothing"
                yield f"{locale}: {key}: {what}"


def unused(catalogs: Mapping[str, Texts], needed: Texts) -> Iterator[str]:
    """Keys that nothing says."""
    yield from (
        f"{locale}: {key}: is not used" for locale, texts in catalogs.items() for key in texts if key not in needed
    )


def regional(catalogs: Mapping[str, Texts]) -> Iterator[str]:
    """What a region says no otherwise than its language; and a language whose regions are too many for a menu."""
    found = _regions(catalogs)
    for region in found:
        common = catalogs[language_of(region)].items()
        yield from (f"{region}: {key}: is the same as in its language" for key, _ in common & catalogs[region].items())
    for language, count in Counter(map(language_of, found)).items():
        if count > _MOST_REGIONS:
            yield f"{language}: has {count} regions, and its menu has room for {_MOST_REGIONS}"


def _regions(catalogs: Mapping[str, Texts]) -> tuple[str, ...]:
    return tuple(name for name in catalogs if language_of(name) != name and language_of(name) in catalogs)


def placeholders(catalogs: Mapping[str, Texts]) -> Iterator[str]:
    """Texts whose placeholders are broken, or others than in the first language."""
    first, *others = catalogs
    for key, forms in catalogs[first].items():
        wanted = fields(forms)
        yield from _broken(first, key, wanted)
        for locale in (locale for locale in others if key in catalogs[locale]):
            found = fields(catalogs[locale][key])
            yield from _broken(locale, key, found)
            if wanted is not None and found is not None and found != wanted:
                yield f"{locale}: {key}: has {_named(found)}, and {first} has {_named(wanted)}"


def reserved(catalogs: Mapping[str, Texts]) -> Iterator[str]:
    """Texts that tell people to send a word which the carrier takes for itself."""
    for locale, texts in catalogs.items():
        for key, text in ((key, " ".join(forms)) for key, forms in texts.items() if not _NOT_SENT.fullmatch(key)):
            told = {word.upper() for word in _TOLD.findall(text)} | set(_CAPITALS.findall(text))
            yield from (f"{locale}: {key}: “{word}” is taken by the carrier" for word in sorted(told & RESERVED))


def _broken(locale: str, key: str, found: frozenset[str] | None) -> Iterator[str]:
    if found is None:
        yield f"{locale}: {key}: a brace is not closed, or has no name"


def fields(forms: tuple[str, ...]) -> frozenset[str] | None:
    """The names in braces, but for the count, which a form may leave out; None where they can't be read."""
    try:
        names = [name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None]
    except ValueError:
        return None
    return frozenset(names) - {"n"} if all(name.isidentifier() for name in names) else None


def _named(fields: frozenset[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(fields)) or "none"


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    if isinstance(message.string, str):
        return (message.string,) if isinstance(message.id, str) else (message.string, "")
    return tuple(message.string or ())
