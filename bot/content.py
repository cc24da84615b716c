"""The checklists and the words of every language, loaded once. Where they come from is for `flows.load` and `texts`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.texts import LOCALES, load_texts
from flows.load import CONTENT, load, versions
from flows.phases import CHOICES
from flows.room.asking import CHOICES as OF_ROOMS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.settings import Settings
    from bot.texts import Texts
    from flows.model import Checklist
    from flows.words import Words

COST = "welcome.cost"
COMMANDS = (
    *("menu", "back", "change", "why", "meaning", "skip", "person", "status", "pause", "language", "data"),
    *("others", "restart", "delete", "restore"),
)


@dataclass(frozen=True)
class Content:
    """`checklists` are by version; `words` is what people may answer with."""

    texts: Texts
    checklists: Mapping[str, Checklist]
    words: Words

    @property
    def newest(self) -> Checklist:
        """What new conversations begin with."""
        return self.checklists[max(self.checklists)]

    def commands(self) -> dict[str, list[tuple[str, str]]]:
        """Telegram's commands: name and description by locale."""
        return {
            locale: [(name, self.texts.get(locale, f"command.{name}")) for name in COMMANDS]
            for locale in self.texts.locales
        }


def load_content(settings: Settings, folder: Path = CONTENT, catalogs: Path = LOCALES) -> Content:
    """All that is said. Raises `flows.load.BadContent`, `OSError`, `KeyError` or babel's `PoFileError`."""
    arm = {"phone": settings.arm_phone, "mail": settings.arm_mail, "web": settings.arm_web}
    texts = _beginning_with(settings.locale, load_texts(arm, () if settings.sms_cost else (COST,), catalogs))
    checklists = {version: load(version, folder) for version in versions(folder)}
    return Content(texts, checklists, texts.words(checklists.values(), CHOICES | OF_ROOMS))


def _beginning_with(locale: str, texts: Texts) -> Texts:
    """The first language is the one that is spoken where nothing tells which, and the first that is offered."""
    ordered = sorted(texts.translations.items(), key=lambda entry: entry[0] != locale)
    return replace(texts, translations=dict(ordered))
