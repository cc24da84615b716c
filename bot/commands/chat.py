"""`batea chat`: a conversation in the terminal, as a phone on SMS would have it, with no store and no network."""

from __future__ import annotations

import json
import secrets
import sys
import textwrap
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.content import load_content
from bot.settings import Settings
from bot.talk import Talk
from flows.phases import DONE

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBER = "+573001234567"
WIDTH = 44
"""Letters across a bubble, about as on a small phone."""


def chat(
    number: Annotated[str, typer.Option("--from", help="The phone's number; its country is guessed from it.")] = NUMBER,
    locale: Annotated[str | None, typer.Option(help="The language, such as es; else what the number suggests.")] = None,
    *,
    private: Annotated[bool, typer.Option("--private", help="As where a protection contact is there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a turn instead of bubbles.")] = False,
) -> None:
    """Talk as a phone on SMS would.

    One reply a line, until the end of the conversation or of the input. Nothing is stored or sent, and no setting is
    read.
    """
    talk = _talk(number, locale, private=private)
    show = _show_json if as_json else _show_bubbles
    lines = _lines(prompt=not as_json)
    told = talk.open()
    show(told)
    while told["state"] != DONE and (line := next(lines, None)) is not None:
        told = talk.reply(line)
        show(told)


def _talk(number: str, locale: str | None, *, private: bool) -> Talk:
    content = load_content(Settings.model_construct())
    if locale is not None and locale not in content.texts.spoken:
        message = f"choose one of {', '.join(content.texts.spoken)}"
        raise typer.BadParameter(message, param_hint="--locale")
    return Talk(
        content.newest,
        content.words,
        content.texts,
        locale=locale,
        number=number,
        private=private,
        clock=time.time,
        chance=lambda: secrets.randbits(64),
    )


def _lines(*, prompt: bool) -> Iterator[str]:
    if sys.stdin is None:
        return  # it was closed by whoever started us
    asking = prompt and sys.stdin.isatty()
    while True:
        if asking:
            typer.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\r\n")


def _show_json(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _show_bubbles(told: dict[str, Any]) -> None:
    for message in told["messages"]:
        sys.stdout.write(f"\n{_bubble(message)}\n")
    sys.stdout.write("\n")
    sys.stdout.flush()


def _bubble(message: str) -> str:
    wrapped = [part for line in message.split("\n") for part in textwrap.wrap(line, WIDTH) or [""]]
    edge = "─" * (WIDTH + 2)
    return "\n".join([f"╭{edge}╮", *(f"│ {part:<{WIDTH}} │" for part in wrapped), f"╰{edge}╯"])
