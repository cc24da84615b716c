"""`batea qr`: posters with all their words, and codes that lead where they say."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from bot.cli import app
from bot.report.paper import poster_pdf
from bot.report.poster import Reach, links, opening_word, poster, printed
from bot.texts import load_texts
from flows.load import load
from flows.phases import CHOICES
from tests.bot.houses import alone
from tests.standins import telegram
from tests.standins.serving import closed_port, serving

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = load_texts({"phone": "+57 604", "mail": "arm@example.org", "web": "example.org"})
WORDS = TEXTS.words([load("2026-11")], CHOICES)
BOTH = Reach("batea_bot", "+573001234567")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alone(monkeypatch, tmp_path)


def page(folder: Path, locale: str, reach: Reach = BOTH, *, costs: bool = True) -> str:
    file = folder / "poster.pdf"
    file.write_bytes(poster_pdf(poster(TEXTS, WORDS, locale, reach, costs=costs)))
    [only] = PdfReader(file).pages
    assert (round(float(only.mediabox.width)), round(float(only.mediabox.height))) == (595, 842)
    return " ".join(only.extract_text().split())


@pytest.mark.parametrize("locale", [*TEXTS.locales, "es_PE", "pt_BR"])
def test_a_poster_is_one_page_with_word_number_bot_and_cautions(tmp_path: Path, locale: str) -> None:
    text = page(tmp_path, locale)
    for said in (opening_word(WORDS, locale), "+57 300 1234567", "@batea_bot", "example.org"):
        assert said in text
    for key in ("title", "what", "send", "to", "search", "scan", "free", "cost", "private"):
        assert " ".join(TEXTS.get(locale, f"poster.{key}").split()) in text.replace("’", "'")


def test_only_what_there_is_stands_on_it(tmp_path: Path) -> None:
    bot = page(tmp_path, "es", Reach("un_nombre_de_bot_que_no_termina", None))
    assert "@un_nombre_de_bot_que_no_termina" in bot
    assert "SMS" not in bot
    sms = page(tmp_path, "es", Reach(None, "85555"), costs=False)
    assert "85555" in sms
    assert "Telegram" not in sms
    assert "operador" not in sms


def test_each_language_has_a_word_of_its_own() -> None:
    assert [opening_word(WORDS, locale) for locale in ("es", "en", "fr", "pt")] == ["ORO", "GOLD", "OR", "OURO"]


def test_the_links() -> None:
    assert links(BOTH, WORDS, "fr") == {
        "sms": "sms:+573001234567?body=OR",
        "telegram": "https://t.me/batea_bot?start=fr",
    }
    assert links(Reach("batea_bot", None, "dyu"), WORDS, "fr") == {"telegram": "https://t.me/batea_bot?start=fr-dyu"}


@pytest.mark.parametrize(
    ("number", "read"), [("+573001234567", "+57 300 1234567"), ("85555", "85555"), ("+12015550123", "+1 201-555-0123")]
)
def test_a_number_is_printed_as_it_is_read(number: str, read: str) -> None:
    assert printed(number) == read


def qr(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["qr", *words])
    return found.exit_code, found.output


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_command_writes_every_language(tmp_path: Path) -> None:
    code, told = qr("--out", str(tmp_path / "walls"), "--bot", "@batea_bot", "--sms", "+573001234567")
    assert (code, "https://t.me/batea_bot?start=pt" in told) == (0, True)
    kinds = [f"{what}-{locale}" for locale in TEXTS.locales for what in ("poster", "sms", "telegram")]
    written = {file.name: file.read_bytes() for file in (tmp_path / "walls").iterdir()}
    endings = {"poster": (".pdf",), "sms": (".svg", ".png"), "telegram": (".svg", ".png")}
    assert set(written) == {kind + ending for kind in kinds for ending in endings[kind.split("-")[0]]}
    begins = {".pdf": b"%PDF", ".svg": b"<svg", ".png": b"\x89PNG"}
    assert all(content.startswith(begins[name[-4:]]) for name, content in written.items())


def test_the_settings_say_the_number(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sms = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+15005550006"}
    alone(monkeypatch, tmp_path, **sms)
    code, told = qr("--locale", "es_PE")
    assert (code, names(tmp_path)) == (0, ["poster-es_PE.pdf", "sms-es_PE.png", "sms-es_PE.svg"])
    assert "sms:+15005550006?body=ORO" in told


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "TELEGRAM_BOT_TOKEN"),
        (("--bot", "a b"), "batea_bot"),
        (("--bot", "batea_bot", "--locale", "xx"), "choose one of es"),
        (("--bot", "batea_bot", "--voice", "../x"), "qu or dyu"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    code, told = qr(*words)
    assert (code, why in told) == (2, True)
    assert names(tmp_path) == []


async def test_telegram_says_the_bots_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with serving(telegram.Telegram(username="mi_batea_bot").app) as url:
        alone(monkeypatch, tmp_path, TELEGRAM_BOT_TOKEN=telegram.TOKEN, TELEGRAM_API_URL=url)
        code, told = await asyncio.to_thread(qr, "--locale", "es", "--voice", "qu")
    assert (code, "https://t.me/mi_batea_bot?start=es-qu" in told) == (0, True)


def test_a_silent_telegram_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alone(monkeypatch, tmp_path, TELEGRAM_BOT_TOKEN=telegram.TOKEN, TELEGRAM_API_URL=closed_port())
    code, told = qr()
    assert (code, "--bot" in told) == (1, True)
