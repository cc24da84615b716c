"""The templates of a folder, as every page and mail is drawn."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape

from flows.words import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2.runtime import Context


def drawn(folder: Path, name: str, words: Mapping[str, object]) -> str:
    """A template with its words: escaped in HTML, elsewhere as they are."""
    return _templates(folder).get_template(name).render(words)


@pass_context
def _colon(context: Context) -> str:
    """What stands between a label and what it is of: in French with a space before it."""
    return "\N{NO-BREAK SPACE}:" if language_of(str(context["locale"])) == "fr" else ":"


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
    environment.globals["colon"] = _colon
    return environment
