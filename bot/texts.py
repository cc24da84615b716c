"""Say + locale -> words, from the gettext catalogs; and the words people may answer with.

Catalogs are read from the .po files as they stand, so there is nothing to compile or to forget. A regional catalog
("es_PE") holds what is said otherwise there; all the rest is its language's.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from bot.dates import weekday
from flows.model import Checklist, CountryName, Param, Say
from flows.words import Lexicon, Words, language_of, plain

LOCALES = Path(__file__).parent.parent / "locales"
DOMAIN = "batea"
SILENCE = "nothing"
"""The message that has no words."""


def catalog_path(locale: str, folder: Path = LOCALES) -> Path:
    """Where the catalog of a locale lies."""
    return folder / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalog(locale: str, folder: Path = LOCALES) -> Catalog:
    """The catalog of a locale. Raises `OSError` or babel's `PoFileError`."""
    with catalog_path(locale, folder).open("rb") as file:
        return read_po(file, locale=locale, domain=DOMAIN, abort_invalid=True)


def locales(folder: Path = LOCALES) -> tuple[str, ...]:
    """The languages there are catalogs for, Spanish first: that is the order in which they are offered."""
    found = (name for name in _catalogs(folder) if name not in regions(folder))
    return tuple(sorted(found, key=lambda name: name != "es"))


def regions(folder: Path = LOCALES) -> tuple[str, ...]:
    """The locales of which only what differs from their language lies in a catalog: "es_PE"."""
    found = _catalogs(folder)
    return tuple(name for name in found if language_of(name) != name and language_of(name) in found)


def _catalogs(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if catalog_path(path.name, folder).exists())


@dataclass(frozen=True)
class Texts:
    """All catalogs. `constants` are parameters any text may use, such as ARM's telephone; `hidden` are switched off.

    `keys` are those of each catalog itself, `regional` the catalogs that fall back to one of `translations`.
    """

    translations: Mapping[str, Translations]
    keys: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    hidden: frozenset[str] = frozenset()
    regional: Mapping[str, Translations] = field(default_factory=dict)

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages there are."""
        return tuple(self.translations)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages, then their regions."""
        return (*self.translations, *self.regional)

    def say(self, say: Say, locale: str) -> str:
        """The message in words: heading and question, then its lines, its options, its tail. No options: none."""
        parts = [self.sentence(say, locale), *(self.say(line, locale) for line in say.lines)]
        parts += [f"{option.reply} {self.sentence(option.label, locale)}" for option in say.options]
        if say.tail:
            parts.append(self.say(say.tail, locale))
        return "\n".join(part for part in parts if part)

    def sentence(self, say: Say, locale: str) -> str:
        """The message's own words without lines and options."""
        words = self.get(locale, say.id, count=say.count, **self._params(say, locale)).strip()
        return f"{self.sentence(say.heading, locale)} {words}" if say.heading else words

    def get(self, locale: str, key: str, *, count: int | None = None, **params: object) -> str:
        """The text of a key; a region's own, else its language's. Raises `KeyError` where neither has one."""
        if key in self.hidden:
            return ""
        translation = self.regional.get(locale) or self.translations[self._chain(locale)[-1]]
        text = translation.gettext(key) if count is None else translation.ngettext(key, key, count)
        if text == key and not self.has(locale, key):
            message = f"{locale}: {key}"
            raise KeyError(message)
        return text.format_map({**self.constants, **params, **({"n": count} if count is not None else {})})

    def has(self, locale: str, key: str) -> bool:
        """Whether the locale or its language has a text for the key."""
        return any(key in self.keys[name] for name in self._chain(locale))

    def _chain(self, locale: str) -> tuple[str, ...]:
        """The catalogs of a locale, its own first; only its language's, where a region's is no longer there."""
        language = locale if locale in self.translations else language_of(locale)
        return (locale, language) if locale in self.regional else (language,)

    def words(self, checklists: Iterable[Checklist], phases: Mapping[str, tuple[str, ...]]) -> Words:
        """What people may answer with: labels and synonyms of every choice, and the `words.*` lists."""
        items = [item for checklist in checklists for item in checklist.items.values()]
        choices: dict[str, tuple[str, ...]] = {}
        for item in items:
            choices[item.id] = (*choices.get(item.id, ()), *item.choices)
        found = {locale: self._lexicon(locale, {**choices, **phases}) for locale in self.spoken}
        languages = {locale: found.pop(locale) for locale in self.locales}
        return Words(languages, found)

    def _lexicon(self, locale: str, choices: Mapping[str, tuple[str, ...]]) -> Lexicon:
        """Every list; a region's own words stand before those of its language, which are understood as well."""
        known = (key for name in self._chain(locale) for key in self.keys[name] if key.startswith("words."))
        lists = {key: self._listed(locale, key) for key in known}
        for name, codes in choices.items():
            lists |= {f"{name}.{code}": self._choice(locale, f"{name}.{code}") for code in codes}
        return Lexicon({key: tuple(filter(None, map(plain, phrases))) for key, phrases in lists.items()})

    def _choice(self, locale: str, key: str) -> tuple[str, ...]:
        labels = (self.get(name, key) for name in self._chain(locale) if self.has(name, key))
        return tuple(dict.fromkeys((*labels, *self._listed(locale, f"{key}.words"))))

    def _listed(self, locale: str, key: str) -> tuple[str, ...]:
        lists = (_split(self.get(name, key)) for name in self._chain(locale) if key in self.keys[name])
        return tuple(dict.fromkeys(phrase for phrases in lists for phrase in phrases))

    def _params(self, say: Say, locale: str) -> dict[str, object]:
        return {name: self._param(value, locale) for name, value in say.params.items()}

    def _param(self, value: Param, locale: str) -> object:
        match value:
            case Say():
                return self.say(value, locale)
            case CountryName(iso2):
                return Locale.parse(locale).territories.get(iso2, iso2)
            case tuple():
                return "\n".join(self.say(part, locale) for part in value)
            case float():
                return format_decimal(value, locale=locale)
            case date():
                return weekday(locale, value)
            case _:
                return value


def load_texts(constants: Mapping[str, str], hidden: Iterable[str] = (), folder: Path = LOCALES) -> Texts:
    """Every catalog in `folder`. Raises `OSError` or babel's `PoFileError`."""
    catalogs = {locale: read_catalog(locale, folder) for locale in (*locales(folder), *regions(folder))}
    translations = {locale: _translations(catalog) for locale, catalog in catalogs.items()}
    regional = {locale: translations.pop(locale) for locale in regions(folder)}
    for locale, catalog in regional.items():
        catalog.add_fallback(translations[language_of(locale)])
    return Texts(
        translations=translations,
        keys={locale: _translated(catalog) for locale, catalog in catalogs.items()},
        constants=dict(constants),
        hidden=frozenset({SILENCE, *hidden}),
        regional=regional,
    )


def _translated(catalog: Catalog) -> tuple[str, ...]:
    ids = ((m.id if isinstance(m.id, str) else m.id[0], m.string) for m in catalog if m.id)
    return tuple(key for key, string in ids if (all(string) if isinstance(string, (tuple, list)) else string))


def _translations(catalog: Catalog) -> Translations:
    file = io.BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return Translations(file, domain=DOMAIN)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))
