"""What Telegram shows as commands is understood."""

from __future__ import annotations

import pytest

from bot.content import COMMANDS, load_content
from bot.settings import Settings
from flows.commands import command

CONTENT = load_content(Settings.model_construct())


@pytest.mark.parametrize("locale", CONTENT.texts.locales)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_menu_does_something_in_every_language(name: str, locale: str) -> None:
    assert command(CONTENT.words, locale, f"/{name}", kind="one") is not None
    assert CONTENT.texts.get(locale, f"command.{name}")
