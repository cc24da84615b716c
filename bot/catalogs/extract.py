"""Writes locales/batea.pot: every message id in content, code and pages. `python -m bot.catalogs.extract [--update]`.

Babel does the walking (babel.cfg). Ids that code puts together while it runs are in `flows.keys`, and in `BUILT` for
the pages and papers of this package.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po
from jinja2 import Environment, nodes

from bot.content import COMMANDS
from bot.desk.done import PLACES
from bot.desk.export import COLUMNS
from bot.desk.learning import WAITS
from bot.desk.lessons import HEADINGS
from bot.desk.talking import READY, WHY
from bot.referral.mail import News
from bot.referral.thread import THREAD
from bot.texts import LOCALES, SILENCE, catalog_path, locales, read_catalog, regions
from flows.case import OUTCOMES, Move, State
from flows.keys import Key, built_keys, keys, phase_keys
from flows.load import load

ROOT = Path(__file__).parent.parent.parent
TEMPLATE = LOCALES / "batea.pot"
MAPPING = ROOT / "babel.cfg"
Found = tuple[int, str | None, str | tuple[str, str], list[str]]
"""Line, kind, id (twice where it has a plural), comments: what Babel takes from an extractor."""

_WORDS = re.compile(r"words\.[a-z_]+").fullmatch
_SAYING = {"Say", "say", "sentence", "t", "_say"}
_RESULTS = ("outside_scope", "formalise_first", "close_gaps", "find_out", "apply_now")
_SECTIONS = ("basics", "organisation", "work", "environment", "traceability", "going_on")
_FIGURES = ("steps", "stops", "countries", "months", "gaps", "waits", "parts_months", "parts_countries")
_MOVES = get_args(Move)
_NEXT = (
    *("guarded", "withdrawn", "closed", "other", "take", "take.no_call", "no_call", "not_safe"),
    *("called", "follow", "follow.talk", "close"),
)
_LOOKS = ("open", "number", "paper", "private", "private.number")
_PRIVATE = ("private.contacted", "private.late")
_MAILS = ("protection", "talk", "quiet", *get_args(News))
_COUNTED = frozenset({"report.result.close_gaps", "report.more"})
BUILT = (
    *(f"button.{name}" for name in ("done", "unknown", "back", "more", "menu")),
    *(f"command.{name}" for name in COMMANDS),
    *(f"desk.channel.{name}" for name in ("sms", "telegram", "other")),
    *(f"desk.did.{name}" for name in (*_MOVES, *THREAD, *_LOOKS, *_PRIVATE, "note", "late", "erased")),
    *(f"desk.done.{name}" for name in (*PLACES, "back.soon")),
    *(f"desk.in.{name}" for name in ("no_cookie", "too_often", "over", "other_browser", "earlier")),
    *(f"desk.label.{name}" for name in ("name", "organisation", "place")),
    *(f"desk.letter.{name}" for name in "PABFDX"),
    *(f"desk.next.{call}{when}" for call in ("call", "call_batea") for when in ("", ".due", ".late")),
    *(f"desk.next.{name}" for name in _NEXT),
    *(f"desk.outcome.{name}" for name in OUTCOMES),
    *(f"desk.promise{name}" for name in ("", ".take", ".guard")),
    *(f"desk.paper.{name}" for name in ("seen", "said", "ask", "unknown", "lacks")),
    *(f"desk.quicker.{name}" for name in (*_MOVES, "changed")),
    *(f"desk.result.{name}" for name in _RESULTS),
    *(f"desk.state.{name}" for name in get_args(State)),
    *(f"desk.write.{name}" for name in ("empty", "long", "no_call", *(f"why.{why}" for why in WHY))),
    *(f"talk.ready.{name}" for name in READY),
    *(f"desk.notice.{name}" for name in ("new", "changed", "late", "withdrawn", "case", "by", "counts", "linked")),
    *(f"desk.notice.{name}" for name in ("take", "contacted", "close", "back", "done", "moved", "gone", "unlinked")),
    *(f"desk.notice.{name}" for name in ("answered", "given", "overdue", "take_by")),
    *(f"desk.notice.state.{name}" for name in ("taken", "contact", "closed")),
    *(f"export.column.{name}" for columns in COLUMNS.values() for name in columns),
    *(f"export.{name}" for name in ("yes", "no")),
    *(f"group.{name}" for name in ("stale", "too_many", "hint.hands", "hint.people")),
    *(f"learn.{name}{note}" for name in _FIGURES for note in ("", ".note")),
    *(f"learn.heading.{name}" for name in HEADINGS),
    *(f"learn.of.{name}" for name in ("conversations", "referrals", "parts")),
    *(f"learn.step.{name}" for name in ("started", "consented", "begun", "ended", "result", "referral")),
    *(f"learn.wait.{name}" for name in (*dict(WAITS), "waiting", "closed")),
    *(f"mail.intro.{name}" for name in (*_MAILS, "withdrawn")),
    *(f"mail.link.{name}" for name in _MAILS),
    *(f"mail.subject{name}" for name in ("", ".update", ".withdrawn", *(f".{one}" for one in _MAILS))),
    *(f"reach.{name}" for name in ("any_day", "only_batea", "not_safe", "unsaid")),
    *(f"report.arm.{name}" for name in (*_RESULTS, "worker")),
    *(f"report.{name}" for name in ("stops", "gaps", "unknown", "ask_arm", "advice")),
    *(f"report.ecological.{name}" for name in ("possible", "ask_arm", "not_yet", "not_asked")),
    *(f"report.fact.{name}" for name in ("country", "role", "gold", "ecological", "day", "version")),
    *(f"report.gold.{name}" for name in ("below", "near", "above", "unknown")),
    *(f"report.meaning.{name}" for name in (*_RESULTS, "close_gaps.unsure", "close_gaps.worker", "find_out.worker")),
    *(f"report.result.{name}" for name in (*_RESULTS, "find_out.worker", "find_out.worker.unsure")),
    *(f"report.role.{name}" for name in ("leader", "member", "worker", "independent", "companion", "group")),
    *(f"report.section.{name}" for name in _SECTIONS),
)


def content(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Found]:
    """The ids that a content file needs, and those the engine builds."""
    path = Path(fileobj.name)
    found = (*keys(load(path.stem, path.parent)), *phase_keys(), *built_keys(locales()))
    yield from (_found(0, key) for key in found)


def code(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Found]:
    """The ids that stand whole in a Python file."""
    tree = ast.parse(fileobj.read())
    for line, ids, counted in said(tree):
        yield from (_found(line, Key(key, "", counted)) for key in ids if isinstance(key, str) and key != SILENCE)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _WORDS(node.value):
            yield _found(node.lineno, Key(node.value, "Words that people use, separated by |."))
    if Path(fileobj.name).resolve() == Path(__file__).resolve():
        yield from (_found(0, Key(key, "", key in _COUNTED)) for key in BUILT)


def pages(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Found]:
    """The ids that stand whole in a page or a mail."""
    for call in Environment(autoescape=True).parse(fileobj.read().decode()).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t":
            counted = any(keyword.key == "count" for keyword in call.kwargs)
            yield from (_found(call.lineno, Key(key, "", counted)) for key in _whole(call.args[0]))


def _whole(value: nodes.Expr) -> Iterator[str]:
    match value:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.CondExpr(expr1=one, expr2=other):
            yield from (key for side in (one, other) if side for key in _whole(side))


def said(tree: ast.AST) -> Iterator[tuple[int, list[str | re.Pattern[str]], bool]]:
    """Every call that puts a message into words: line, id (or a pattern of what is built), with a count or not."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            asked = _key(call)
            if asked is not None:
                counted = any(keyword.arg == "count" for keyword in call.keywords)
                yield call.lineno, list(_values(asked, function)), counted


def _key(call: ast.Call) -> ast.expr | None:
    """The argument that is a message id; None where the call says nothing."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name in _SAYING and call.args:
        return call.args[0]
    texts = name in {"get", "has"} and len(call.args) > 1 and ast.unparse(call.args[0]).endswith("locale")
    return call.args[1] if texts else None


def _values(value: ast.expr, function: ast.AST) -> Iterator[str | re.Pattern[str]]:
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _values(value.body, function)
            yield from _values(value.orelse, function)
        case ast.JoinedStr():
            yield re.compile("".join(map(_piece, value.values)))
        case ast.Name(id=name):
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and any(ast.unparse(one) == name for one in node.targets):
                    yield from _values(node.value, function)


def _piece(part: ast.expr) -> str:
    return re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else ".*"


def _found(line: int, key: Key) -> Found:
    comments = [key.comment] if key.comment else []
    return (line, "ngettext", (key.id, key.id), comments) if key.plural else (line, None, key.id, comments)


def template() -> Catalog:
    """All message ids there are, without dates, so that the same tree gives the same file."""
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, filename="babel.cfg")  # type: ignore[no-untyped-call]
    catalog = Catalog(project="batea", fuzzy=False)
    for name, _, ids, comments, _context in extract_from_dir(ROOT, methods, options):
        catalog.add(ids, None, [(name, 0)], auto_comments=comments)
    return catalog


def written(catalog: Catalog, *, header: bool = False) -> bytes:
    """The catalog as its file is written: sorted, and without places, which change with every line of code."""
    file = io.BytesIO()
    write_po(file, catalog, width=110, sort_output=True, no_location=True, omit_header=not header)
    return file.getvalue()


def update(folder: Path = LOCALES) -> None:
    """Merge the template into every catalog in `folder`; what is needed no more stays at the end, after #~.

    A regional catalog gets nothing new: what it does not say, its language says.
    """
    needed = template()
    for name in (*locales(folder), *regions(folder)):
        catalog = read_catalog(name, folder)
        created = catalog.creation_date
        catalog.update(_only(catalog, needed) if name in regions(folder) else needed, no_fuzzy_matching=True)
        catalog.creation_date = created
        catalog_path(name, folder).write_bytes(written(catalog, header=True))


def _only(catalog: Catalog, needed: Catalog) -> Catalog:
    """What is needed of the keys that the catalog has."""
    found = Catalog(fuzzy=False)
    for message in needed:
        if message.id and message.id in catalog:
            found[message.id] = message
    return found


if __name__ == "__main__":
    TEMPLATE.write_bytes(written(template()))
    if "--update" in sys.argv[1:]:
        update()
