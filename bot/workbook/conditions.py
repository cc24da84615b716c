"""Conditions as they are written in a cell: `organised=cooperative,association & mercury=yes | cyanide=yes`.

`&` binds more closely than `|`; a comma stands between codes of which any will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from flows.model import Condition

_NEAR = 70
"""How alike two words are, in per cent, of which one was probably meant for the other."""


class BadCondition(ValueError):
    """The condition can't be read; `mistakes` says what is wrong, all at once."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


def written(conditions: Iterable[Condition]) -> str:
    """The conditions as a cell; "" for none."""
    return " | ".join(" & ".join(f"{name}={','.join(codes)}" for name, codes in one.items()) for one in conditions)


def parsed(text: str, choices: Mapping[str, tuple[str, ...]]) -> list[Condition]:
    """The conditions of a cell. `choices` are the codes of every question. Raises `BadCondition`."""
    mistakes: list[str] = []
    found = [_one(part, choices, mistakes) for part in text.split("|")] if text.strip() else []
    if mistakes:
        raise BadCondition(mistakes)
    return found


def _one(text: str, choices: Mapping[str, tuple[str, ...]], mistakes: list[str]) -> Condition:
    condition: Condition = {}
    for part in text.split("&"):
        name, equals, listed = (piece.strip().lower() for piece in part.partition("="))
        codes = tuple(code.strip() for code in listed.split(","))
        if not (name and equals and all(codes)):
            mistakes.append(f"“{part.strip()}” is no condition: write question=code, or question=code,code")
        elif name in condition:
            mistakes.append(f"{name} stands twice in “{text.strip()}”: put its codes together, with commas")
        else:
            mistakes += _unknown(name, codes, choices)
            condition[name] = codes
    return condition


def _unknown(name: str, codes: tuple[str, ...], choices: Mapping[str, tuple[str, ...]]) -> list[str]:
    if name not in choices:
        return [f"there is no question {name}{near(name, choices)}"]
    return [f"{code} is no answer to {name}{near(code, choices[name])}" for code in codes if code not in choices[name]]


def near(word: str, known: Iterable[str]) -> str:
    """A question after the word that was probably meant; "" if nothing is near."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f"; is it {found[0]}?" if found else ""
