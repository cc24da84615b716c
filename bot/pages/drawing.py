"""The templates of a folder, as every page and mail is drawn."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def drawn(folder: Path, name: str, words: Mapping[str, object]) -> str:
    """A template with its words: escaped in HTML, elsewhere as they are."""
    return _templates(folder).get_template(name).render(words)


@cache
def _templates(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["zip"] = zip
    return environment
