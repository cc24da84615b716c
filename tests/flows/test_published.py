"""A published version never changes: people are in the middle of it, and results name it.

A new version is a new file; when it is published, its fingerprint (`batea flow lint`) is added here.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from flows.load import CONTENT, fingerprint, versions

PUBLISHED = {
    "2026-11": "faf247c1a2ee2052379ef8558630f2d06a430ca48898054e8137e4e1735ba73e",
}
COUNTRIES = "af26d45147b9466a4868e7e6fd704e88f4da55a974111dc20254d5888f3f5cb8"


@pytest.mark.parametrize("version", PUBLISHED)
def test_a_published_version_is_what_it_was(version: str) -> None:
    assert fingerprint(version) == PUBLISHED[version]


def test_the_countries_are_what_they_were() -> None:
    assert hashlib.sha256((CONTENT / "countries.csv").read_bytes()).hexdigest() == COUNTRIES


def test_only_a_newer_version_is_still_unpublished() -> None:
    assert set(PUBLISHED) <= set(versions())
    assert all(version > max(PUBLISHED) for version in set(versions()) - set(PUBLISHED))


CHANGES = [
    ("number = 27", "number = 127"),
    ('"investor"', '"owner"'),
    ("cost = 1", "cost = 2"),
    ("least = 1", "least = 0"),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_every_change_shows(tmp_path: Path, old: str, new: str) -> None:
    text = (CONTENT / "2026-11.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "2026-11.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert fingerprint("2026-11", tmp_path) != PUBLISHED["2026-11"]


def test_a_comment_is_no_change(tmp_path: Path) -> None:
    text = (CONTENT / "2026-11.toml").read_text(encoding="utf-8")
    (tmp_path / "2026-11.toml").write_text(f"# Hello\n{text}\n\n", encoding="utf-8")
    assert fingerprint("2026-11", tmp_path) == PUBLISHED["2026-11"]
