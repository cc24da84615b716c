"""Reads a content version from its TOML and countries.csv. Names every mistake with its file and key, all at once.

Whether the content makes sense as a conversation is for `check`.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from flows.model import Checklist, Country, Item, Section, Unit

CONTENT = Path(__file__).parent / "fairmined"
_T = TypeVar("_T")


class BadContent(ValueError):
    """The content files can't be used; `mistakes` names each with file and key."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def versions(folder: Path = CONTENT) -> tuple[str, ...]:
    """The published versions in `folder`, oldest first."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load(version: str, folder: Path = CONTENT) -> Checklist:
    """The checklist of a version. Raises `BadContent` with every mistake."""
    path = folder / f"{version}.toml"
    mistakes: list[str] = []
    raw = _toml(path, mistakes)
    sections = tuple(_section(entry, path.name, mistakes) for entry in raw.get("section", ()))
    items = [item for section in sections for item in section.items]
    mistakes += _doubles(items, path.name)
    units = [_convert(entry, Unit, f"{path.name}: unit {entry.get('id', '?')}", mistakes) for entry in _tables(raw)]
    countries = _countries(folder / "countries.csv", mistakes)
    if raw.get("version") != version:
        mistakes.append(f"{path.name}: version: is {raw.get('version')!r}, and the file is named {version!r}")
    if mistakes:
        raise BadContent(mistakes)
    return Checklist(
        version=version,
        source=str(raw.get("source", "")),
        sections=sections,
        countries=countries,
        units={unit.id: unit for unit in units if unit},
        periods={name: float(value) for name, value in raw.get("periods", {}).items()},
        items={item.id: item for item in items},
    )


def fingerprint(version: str, folder: Path = CONTENT) -> str:
    """SHA-256, in hexadecimal, of what the file of a version says; comments and spaces do not count.

    Raises `OSError` where there is no such file.
    """
    with (folder / f"{version}.toml").open("rb") as file:
        said = json.dumps(tomllib.load(file), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _tables(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in raw.get("unit", ()) if isinstance(entry, dict)]


def _toml(path: Path, mistakes: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(f"{path.name}: {error}")
        raise BadContent(mistakes) from error


def _section(entry: dict[str, Any], file: str, mistakes: list[str]) -> Section:
    name = str(entry.get("id", "?"))
    found = [_item(raw, name, file, mistakes) for raw in entry.get("items", ())]
    unknown = sorted(set(entry) - {"id", "items"})
    mistakes.extend(f"{file}: section {name}: {key}: no such key" for key in unknown)
    return Section(id=name, items=tuple(item for item in found if item))


def _item(raw: dict[str, Any], section: str, file: str, mistakes: list[str]) -> Item | None:
    place = f"{file}: {raw.get('id', f'an item of {section}')}"
    item = _convert({**raw, "section": section}, Item, place, mistakes)
    if item is None:
        return None
    codes = set(item.choices)
    mistakes.extend(f"{place}: rule.{code}: not among the choices" for code in item.rule if code not in codes)
    mistakes.extend(
        f"{place}: synonyms: {code} is not among the choices" for code in item.synonyms if code not in codes
    )
    if "gap" in item.rule.values() and (item.severity is None or item.cost is None):
        mistakes.append(f"{place}: severity, cost: a gap needs both")
    return item


def _convert(raw: dict[str, Any], kind: type[_T], place: str, mistakes: list[str]) -> _T | None:
    """`raw` as `kind`; each key is tried by itself so that one mistake does not hide the next."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as whole:
        found = [_key_mistake(raw, key, kind) for key in raw]
        named = [f"{place}: {key}: {why}" for key, why in zip(raw, found, strict=True) if why]
        mistakes.extend(named or [f"{place}: {whole}"])
        return None


def _key_mistake(raw: dict[str, Any], key: str, kind: type[Any]) -> str | None:
    types = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    if key not in types:
        return "no such key"
    try:
        msgspec.convert(raw[key], types[key])
    except msgspec.ValidationError as error:
        return str(error)
    return None


def _doubles(items: list[Item], file: str) -> list[str]:
    ids = Counter(item.id for item in items)
    numbers = Counter(item.number for item in items)
    return [f"{file}: {name}: id used {n} times" for name, n in ids.items() if n > 1] + [
        f"{file}: {item.id}: number {item.number} is used twice" for item in items if numbers[item.number] > 1
    ]


def _countries(path: Path, mistakes: list[str]) -> dict[str, Country]:
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    except OSError as error:
        mistakes.append(f"{path.name}: {error}")
        return {}
    found = [_convert(dict(row), Country, f"{path.name}: line {n}", mistakes) for n, row in enumerate(rows, 2)]
    return {country.iso2: country for country in found if country}
