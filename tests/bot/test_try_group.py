"""Four phones of a group at `/try/group`, and the wall between them and phones that really travel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from bot.kept.crypto import Vault, make_key
from bot.messages import Button, Inbound, Words
from bot.outbox import Outbox
from bot.store import Store
from bot.try_it import visitor
from bot.try_it.phones import Phones
from bot.try_it.try_it import TryIt
from bot.try_it.visitor import Visitor
from flows.events import Tap, Text
from tests.bot.cases import TEXTS
from tests.bot.rooming import LEADER, OPENING, House
from tests.bot.trying import Browser, Road, at, found, marks

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from tests.conftest import Clock

NAMES = ("leads", "first", "second", "third")
