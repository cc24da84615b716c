"""The catalogs are whole, and each rule of their lint finds its mistake in a broken one."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.bench import REPLIES
from bot.catalogs.extract import MAPPING, ROOT, TEMPLATE, said, template, update, written
from bot.catalogs.lengths import too_long
from bot.catalogs.lint import check_content, missing, placeholders, reserved, texts_of, unused
from bot.channels.sms_text import segments
from bot.talk import Talk
from bot.texts import LOCALES, Texts, catalog_path, load_texts, locales, read_catalog, regions
from flows.keys import built_keys, keys, phase_keys
from flows.load import load
from flows.phases import CHOICES

CHECKLIST = load("2026-11")
ARM = {"phone": "+57 604 332 47 11", "mail": "standards@responsiblemines.org", "web": "fairmined.org"}
TEXTS = load_texts(ARM)


def test_content_and_catalogs_are_whole() -> None:
    assert check_content() == []


# -- the template -----------------------------------------------------------------------------------------------------


def test_extracting_again_gives_the_same_file() -> None:
    assert written(template()) == written(template()) == TEMPLATE.read_bytes()


def test_updating_catalogs_that_are_whole_changes_no_text(tmp_path: Path) -> None:
    shutil.copytree(LOCALES, tmp_path, dirs_exist_ok=True)
    update(tmp_path)
    once = {locale: catalog_path(locale, tmp_path).read_bytes() for locale in locales()}
    for locale, data in once.items():
        assert texts_of(read_catalog(locale, tmp_path)) == texts_of(read_catalog(locale))
        assert b"#~" not in data
        assert b"fuzzy" not in data
    update(tmp_path)
    assert {locale: catalog_path(locale, tmp_path).read_bytes() for locale in locales()} == once


def test_updating_keeps_aside_what_is_needed_no_more(tmp_path: Path) -> None:
    shutil.copytree(LOCALES, tmp_path, dirs_exist_ok=True)
    path = catalog_path("es", tmp_path)
    path.write_bytes(path.read_bytes().replace(b'msgid "ppe.ask"', b'msgid "ppe.asked"'))
    update(tmp_path)
    assert '#~ msgid "ppe.asked"' in path.read_text(encoding="utf-8")
    assert texts_of(read_catalog("es", tmp_path))["ppe.ask"] == ("",)


def test_the_template_holds_what_content_and_engine_build() -> None:
    needed = {key.id for key in (*keys(CHECKLIST), *phase_keys(), *built_keys(locales()))}
    assert needed <= {message.id if isinstance(message.id, str) else message.id[0] for message in template()}
    for name in ("ppe.ask", "ppe.no", "ppe.gap", "ppe.help", "ppe.who", "ppe.why", "ppe.short", "section.work"):
        assert name in needed
    for name in ("country.stop", "country.arm", "country.ask.guess", "tailings_water.ask.river", "unit.tomin"):
        assert name in needed
    assert "ppe.stop" not in needed
    assert "role.who" not in needed


def test_every_id_that_code_puts_together_is_declared() -> None:
    known = texts_of(template())
    patterns = [
        (path, line, key)
        for folder in ("flows", "bot")
        for path in (ROOT / folder).rglob("*.py")
        for line, ids, _ in said(ast.parse(path.read_text(encoding="utf-8")))
        for key in ids
        if isinstance(key, re.Pattern)
    ]
    assert len(patterns) > 30
    assert [(path.name, line) for path, line, key in patterns if not any(map(key.fullmatch, known))] == []


def test_nothing_but_catalogs_lies_among_the_locales() -> None:
    found = {str(path.relative_to(LOCALES)) for path in LOCALES.rglob("*") if path.is_file()}
    assert found == {"batea.pot", *(f"{locale}/LC_MESSAGES/batea.po" for locale in (*locales(), *regions()))}
    assert MAPPING.exists()


def test_spanish_and_english_are_there() -> None:
    assert {"es", "en"} <= set(locales())


# -- keys, placeholders, reserved words -------------------------------------------------------------------------------

NEEDED: Mapping[str, tuple[str, ...]] = {"ask": ("",), "left": ("", "")}
GOOD: Mapping[str, tuple[str, ...]] = {"ask": ("¿Qué?",), "left": ("una", "{n} cosas")}


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ({"left": ("una", "{n} cosas")}, ["es: ask: has no translation"]),
        ({**GOOD, "ask": ("",)}, ["es: ask: has no translation"]),
        ({**GOOD, "left": ("una", "")}, ["es: left: has no translation"]),
        ({**GOOD, "left": ("una",)}, ["es: left: has no plural forms"]),
        ({**GOOD, "ask": ("uno", "dos")}, ["es: ask: has plural forms, and counts nothing"]),
        (GOOD, []),
    ],
)
def test_missing_translations(broken: Mapping[str, tuple[str, ...]], expected: list[str]) -> None:
    assert list(missing({"es": broken}, NEEDED)) == expected


def test_unused_keys() -> None:
    assert list(unused({"en": {**GOOD, "old": ("x",)}}, NEEDED)) == ["en: old: is not used"]


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("It is {grams} grams.", []),
        ("It is grams.", ["en: scale: has none, and es has {grams}"]),
        ("It is {gramms} grams.", ["en: scale: has {gramms}, and es has {grams}"]),
        ("It is {grams} of {what}.", ["en: scale: has {grams} {what}, and es has {grams}"]),
        ("It is {grams grams.", ["en: scale: a brace is not closed, or has no name"]),
        ("It is {} grams.", ["en: scale: a brace is not closed, or has no name"]),
    ],
)
def test_placeholders_agree_between_languages(english: str, expected: list[str]) -> None:
    catalogs = {"es": {"scale": ("Sale a {grams} gramos.",)}, "en": {"scale": (english,)}}
    assert list(placeholders(catalogs)) == expected


def test_the_count_may_be_left_out_of_a_form() -> None:
    assert list(placeholders({"es": {"left": ("una", "{n} cosas")}, "en": {"left": ("{n} thing", "{n} things")}})) == []


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("stopped", "Para volver mande START.", ["es: stopped: “START” is taken by the carrier"]),
        ("stopped", "To come back send yes.", ["es: stopped: “YES” is taken by the carrier"]),
        ("stopped", "Reply with “help”", ["es: stopped: “HELP” is taken by the carrier"]),
        ("stopped", "Mande INFO o CANCEL.", ["es: stopped: “CANCEL” is taken", "es: stopped: “INFO” is taken"]),
        ("stopped", "Para volver mande BATEA.", []),
        ("stopped", "This is the end. Yes, it is. Send 8.", []),
        ("words.start", "START | UNSTOP", []),
        ("info.arm.label", "INFO", []),
        ("ppe.yes.words", "YES", []),
    ],
)
def test_nobody_is_told_to_send_what_the_carrier_takes(key: str, text: str, expected: list[str]) -> None:
    found = list(reserved({"es": {key: (text,)}}))
    assert len(found) == len(expected)
    assert all(one.startswith(start) for one, start in zip(found, expected, strict=True))


# -- what a message costs ---------------------------------------------------------------------------------------------


class Edited(Texts):
    """The real texts but for some."""

    edits: Mapping[str, str] = {}

    def get(self, locale: str, key: str, *, count: int | None = None, **params: object) -> str:
        text = self.edits.get(key)
        return super().get(locale, key, count=count, **params) if text is None or locale != "es" else text


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("ppe.ask", "x" * 160, "es: ppe.ask: "),
        ("ppe.yes", "x" * 120, "es: ppe.ask: "),
        ("section.work", "Trabajo en la mina y en el molino y en todas partes", "es: ppe.ask: "),
        ("ppe.ask", "¿Usan 👷 o casco, botas, guantes y mascarilla?", "es: ppe.ask: "),
        ("ppe.why", "x" * 307, "es: ppe.why: 307 characters, 1 more than 2 SMS of GSM-7 hold"),
        ("hint.choice", "x" * 161, "es: hint.choice: 161 characters, 1 more than 1 SMS of GSM-7 hold"),
        ("info.craft", "x" * 310, "es: info.craft: 310 characters, 4 more than 2 SMS"),
        ("send.ask", "x" * 160, "es: send.ask: "),
        ("checkpoint.ask.worker", "x" * 160, "es: checkpoint.ask.worker: "),
        ("name.ask", "x" * 161, "es: name.ask: "),
        ("menu.info", "x" * 60, "es: menu.menu.ask: "),
        ("first.worker", "x" * 307, "es: first.worker: "),
        ("result.never", "x" * 400, "es: result.close_gaps: "),
        ("result.apply_now.next", "x" * 400, "es: result.apply_now: "),
        ("done.sent", "x" * 161, "es: done.sent: "),
    ],
)
def test_each_message_that_costs_too_much_is_named(
    monkeypatch: pytest.MonkeyPatch, key: str, text: str, expected: str
) -> None:
    monkeypatch.setattr(Edited, "edits", {key: text})
    edited = Edited(TEXTS.translations, TEXTS.keys, TEXTS.constants, TEXTS.hidden)
    assert any(one.startswith(expected) for one in too_long(edited, CHECKLIST))


def test_the_offending_character_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Edited, "edits", {"ppe.ask": "¿Usan 👷 o casco, botas, guantes y mascarilla, todos y siempre?"})
    edited = Edited(TEXTS.translations, TEXTS.keys, TEXTS.constants, TEXTS.hidden)
    found = next(one for one in too_long(edited, CHECKLIST) if ": ppe.ask" in one)
    assert re.search(r"\d+ more than 1 SMS of UCS-2 hold; 👷 can't be said in GSM-7", found)


def test_nothing_that_is_sent_in_a_whole_conversation_is_longer_than_four_parts() -> None:
    for locale in TEXTS.locales:
        for private in (True, False):
            words = TEXTS.words([CHECKLIST], CHOICES)
            talk = Talk(
                CHECKLIST,
                words,
                TEXTS,
                number="+573001234567",
                private=private,
                locale=locale,
                clock=lambda: 0.0,
                chance=lambda: 1,
            )
            talk.open()
            for line in REPLIES[1:]:
                told = talk.reply(line)
                assert max(map(segments, told["messages"]), default=0) <= 4
                question = told["messages"][-1] if told["state"] in CHECKLIST.items else ""
                assert segments(question) == 1
