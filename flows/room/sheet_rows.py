"""A filled-in sheet sent as one message: "10 1v; 11 2; 13 14-4-2 1". Each answer carries the number of its question."""

from __future__ import annotations

import re

from flows.events import Entry
from flows.model import Checklist

_BETWEEN = re.compile(r"\s*[;\n]+\s*")
_ENTRY = re.compile(
    r"(?P<number>\d{1,2})\s*[ .:)=]\s*"
    r"(?:(?P<hands>\d{1,3}(?:[-/]\d{1,3})+)\s+(?:(?P<women>\d{1,3}(?:[-/]\d{1,3})+)\s+)?)?"
    r"(?P<reply>\d{1,5}(?:\+\d)*|\?)\s*(?P<seen>[vsn])?(?:[\s,]+(?P<note>[^\d\s].*))?",
    re.IGNORECASE,
)


def read_rows(checklist: Checklist, text: str) -> tuple[Entry, ...]:
    """The answers of a sheet in order; () where the message is nothing of the kind.

    One answer alone is taken only where counts or a paper show that it comes from a sheet.
    """
    parts = [part for part in _BETWEEN.split(text.strip(" .;\n")) if part]
    found = [_ENTRY.fullmatch(part) for part in parts]
    by_number = {str(item.number): item.id for item in checklist.items.values()}
    if not all(match and match["number"] in by_number for match in found):
        return ()
    entries = tuple(_entry(by_number[match["number"]], match) for match in found if match)
    alone = len(entries) == 1 and not entries[0].hands and entries[0].seen is None
    return () if alone else entries


def _entry(item: str, match: re.Match[str]) -> Entry:
    seen = {"v": True, "s": True, "n": False}.get((match["seen"] or "").lower())
    return Entry(item, match["reply"], match["hands"] or "", match["women"] or "", seen, match["note"] or "")
