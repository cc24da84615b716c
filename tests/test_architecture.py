"""The laws of the house, held against the code: who may import whom, how long things may be, what runs on import."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 250, 30

PURE_LIBRARIES = {
    "babel",
    "msgspec",
    "phonenumbers",
    "rapidfuzz",
    "stdnum",
    "text_to_num",
    "transitions",
}
IMPURE_STDLIB = {
    *("asyncio", "concurrent", "glob", "http", "io", "logging", "multiprocessing", "os", "random", "secrets", "select"),
    *("selectors", "shutil", "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "sys"),
    *("tempfile", "threading", "time", "urllib"),
}
LOADING = {"flows/load.py", "flows/typed/countries.py"}
"""The two that read content files."""

CONNECTIONS = {
    *("AsyncClient", "Bot", "Client", "Redis", "RedisCluster", "SMTP", "connect", "create_server", "open", "socket"),
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def python(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Dotted names of all that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def roots(path: Path) -> set[str]:
    return {dotted.split(".")[0] for dotted in imported(path)}


SOURCES = [*python("flows"), *python("bot")]


@pytest.mark.parametrize("path", python("flows"), ids=name)
def test_what_is_said_is_pure(path: Path) -> None:
    allowed = (set(sys.stdlib_module_names) - IMPURE_STDLIB) | PURE_LIBRARIES | {"flows"}
    assert roots(path) <= allowed


@pytest.mark.parametrize("path", python("flows"), ids=name)
def test_what_is_said_reads_no_clock_and_no_file(path: Path) -> None:
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    called = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    called |= {call.id for call in calls if isinstance(call, ast.Name)}
    banned = {"now", "today", "utcnow", "print", "input"}
    if name(path) not in LOADING:
        banned |= {"open", "read_text", "read_bytes"}
    assert not called & banned


@pytest.mark.parametrize("path", python("bot/channels"), ids=name)
def test_channels_know_neither_each_other_nor_the_store(path: Path) -> None:
    others = {other.stem for other in python("bot/channels") if _channel(other) not in {None, _channel(path)}}
    # How long a text is as SMS is arithmetic: the phones in the browser count as the real ones do.
    assert not {f"bot.channels.{stem}" for stem in others - {"sms_text"}} & _modules(path)
    ours = {dotted for dotted in imported(path) if dotted.split(".")[0] == "bot"}
    assert {dotted for dotted in ours if not dotted.startswith(("bot.channels.", "bot.messages."))} == set()
    assert "redis" not in roots(path)


@pytest.mark.parametrize(
    ("room", "others"),
    [
        ("bot/referral", {"desk", "group", "try_it", "commands"}),
        ("bot/pages", {"desk", "group", "try_it", "referral", "kept"}),
        ("bot/kept", {"desk", "group", "try_it", "referral", "report"}),
        ("bot/desk", {"group", "try_it", "commands"}),
        ("bot/group", {"desk", "try_it", "commands"}),
    ],
)
def test_rooms_know_only_those_below_them(room: str, others: set[str]) -> None:
    for path in python(room):
        assert {part.split(".")[1] for part in _modules(path) if part.startswith("bot.")} & others == set(), name(path)


def _channel(path: Path) -> str | None:
    """Which channel a file belongs to; None where it serves several."""
    first = path.stem.split("_")[0]
    return {"twilio": "sms"}.get(first, first) if first in {"mail", "phone", "sms", "telegram", "twilio"} else None


def _modules(path: Path) -> set[str]:
    """Modules imported by a file, whether whole or for a name in them."""
    return {part for dotted in imported(path) for part in (dotted, dotted.rpartition(".")[0])}


@pytest.mark.parametrize(
    ("library", "place"),
    [
        ("telegram", "bot/channels/telegram.py bot/channels/telegram_errors.py"),
        ("twilio", "bot/channels/twilio_client.py"),
        ("aiosmtplib", "bot/channels/mail.py"),
        ("aiosmtpd", "bot/mailbox.py"),
        ("transitions", "flows/case.py flows/machine.py"),
        ("cryptography", "bot/kept/crypto.py bot/setting_types.py"),
        ("uvicorn", "bot/processes.py"),
        ("typst", "bot/report/paper.py"),
        ("segno", "bot/report/poster.py"),
        ("prometheus_client", "bot/metrics.py"),
        ("pydantic_settings", "bot/setting_types.py bot/settings.py"),
        ("redis", "bot/kept/connection.py bot/kept/embedded.py"),
    ],
)
def test_a_library_has_its_place(library: str, place: str) -> None:
    assert [name(path) for path in SOURCES if library in roots(path)] == place.split()


@pytest.mark.parametrize("path", [*SOURCES, *python("tests")], ids=name)
def test_one_file_is_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_functions_are_short(path: Path) -> None:
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {function: length for function, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nothing_is_connected_or_started_on_import(path: Path) -> None:
    calls = [call for statement in tree(path).body if _runs(statement) for call in _calls(statement)]
    assert not {_called(call) for call in calls} & CONNECTIONS


def _runs(statement: ast.stmt) -> bool:
    return not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)


def _calls(statement: ast.stmt) -> list[ast.Call]:
    """Calls made when the module is imported: those in class bodies too, those in their methods not."""
    if isinstance(statement, ast.ClassDef):
        return [call for inner in statement.body if _runs(inner) for call in _calls(inner)]
    return [node for node in ast.walk(statement) if isinstance(node, ast.Call)]


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    named = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert not named & {"environ", "getenv"} or name(path) == "bot/channels/telegram.py"  # it sets what PTB reads


@pytest.mark.parametrize("path", [path for path in python("bot") if path.stem != "keys"], ids=name)
def test_keys_of_redis_are_named_in_the_modules_of_keys(path: Path) -> None:
    texts = [node for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr | ast.Constant)]
    assert [text for text in map(_template, texts) if re.match(r"\{\w[^{}]*\}:|<.*tag.*>:", text)] == []


def _template(node: ast.JoinedStr | ast.Constant) -> str:
    """The text, with what is put in as `<its source>`."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"<{ast.unparse(part)}>" for part in node.values
    )


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nothing_is_swallowed(path: Path) -> None:
    handlers = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)]
    caught = [ast.unparse(handler.type) if handler.type else "" for handler in handlers]
    broad = [what for what in caught if what in {"", "Exception"}]
    assert broad == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_names_say_what_a_thing_is(path: Path) -> None:
    banned = {"utils", "util", "helper", "helpers", "manager", "managers", "common", "misc"}
    assert not banned & set(path.stem.split("_"))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path))
