"""Texts of a workbook -> catalogs and their template. A catalog in which nothing changes keeps its very bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.catalogs.extract import written
from bot.texts import catalog_path, read_catalog
from flows.keys import Key

TEMPLATE = "batea.pot"


def merged(folder: Path, texts: Mapping[str, Mapping[str, str]], needed: Iterable[Key]) -> dict[Path, bytes]:
    """The files in `folder` that change, as they are to be written. `texts` are by locale and message id."""
    template = _template(folder / TEMPLATE, needed)
    files = {folder / TEMPLATE: written(template)}
    if files[folder / TEMPLATE] == (folder / TEMPLATE).read_bytes():
        files.clear()
    for locale, said in texts.items():
        catalog = read_catalog(locale, folder)
        if files.get(folder / TEMPLATE) or changed(catalog, said):
            files[catalog_path(locale, folder)] = _catalog(catalog, template, said)
    return files


def changed(catalog: Catalog, said: Mapping[str, str]) -> list[str]:
    """The message ids that have another text in the catalog, or none."""
    return [key for key, text in said.items() if key not in catalog or catalog[key].string != text]


def _template(path: Path, needed: Iterable[Key]) -> Catalog:
    with path.open("rb") as file:
        template = read_po(file)
    for key in needed:
        known = " ".join(template[key.id].auto_comments) if key.id in template else ""
        template.add(key.id, None, auto_comments=[] if key.comment in known else [key.comment])
    return template


def _catalog(catalog: Catalog, template: Catalog, said: Mapping[str, str]) -> bytes:
    created = catalog.creation_date
    catalog.update(template, no_fuzzy_matching=True)
    catalog.creation_date = created
    for key, text in said.items():
        catalog[key].string = text
    return written(catalog, header=True)
