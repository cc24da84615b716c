"""Writes a content file. The same content is always the same file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

HEAD = """\
# The Fairmined entry requirements as a conversation: structure, codes and rules. The words are in the catalogs.
# A published version never changes: a correction is a new file.
"""


def content_file(version: str, source: str, parts: Mapping[str, Any]) -> str:
    """The file. `parts` are periods, units and sections as `flows.load` reads them."""
    lines = [HEAD.rstrip(), f"version = {_value(version)}", f"source = {_value(source)}", ""]
    lines += ["[periods] # a month has this many of them; of day: as many as are worked"]
    lines += [*_keys(parts["periods"]), ""]
    for unit in parts["unit"]:
        lines += ["[[unit]]", *_keys(unit), ""]
    for section in parts["section"]:
        lines += ["[[section]]", f"id = {_value(section['id'])}", ""]
        for item in section["items"]:
            lines += ["[[section.items]]", *_keys(item), ""]
    return "\n".join(lines)


def _keys(table: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key} = {_value(value, wrap=key == 'when')}" for key, value in table.items())


def _value(value: Any, *, wrap: bool = False) -> str:  # noqa: ANN401 -- whatever TOML can hold
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_value(one)}' for key, one in value.items())} }}"
    if isinstance(value, list | tuple):
        parts = [_value(one) for one in value]
        return (
            "".join(("[\n", *(f"  {part},\n" for part in parts), "]"))
            if wrap and len(parts) > 1
            else f"[{', '.join(parts)}]"
        )
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A TOML string is written like a JSON one.
    return json.dumps(value, ensure_ascii=False)
