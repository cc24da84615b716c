"""A group that meets over the real protocols: who leads it, phones that take part by SMS, people on Telegram."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import httpx

from bot.channels.sms_text import fold
from tests.e2e.conftest import PUBLIC, until

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.e2e.conftest import System

LEADER = "+573001110000"
CODE = re.compile(r"\bUNIR ([0-9A-HJKMNP-TV-Z]{5})\b")
PAGE = re.compile(rf"{PUBLIC}(/group/[0-9A-Z]{{12}})")
BEFORE_THE_VOTE = {
    **dict.fromkeys(("metals", "organised", "registered", "legal_title", "community_based"), "1"),
    "country": "Colombia",
    "miners": "20",
    "days_month": "22",
    **dict.fromkeys(("permits", "production_map", "miner_register"), "2"),
    **dict.fromkeys(("others_in_area", "mine_type", "hired", "free_to_organise"), "1"),
}
"""What the sheet is filled in with: first comes a vote on 13, then on 17, 19 and 20."""


class Phone:
    """Somebody's phone, by SMS."""

    def __init__(self, system: System, number: str) -> None:
        self.system, self.number = system, number

    @property
    def got(self) -> list[str]:
        """What it was sent, from the first message on."""
        return self.system.twilio.sent_to(self.number)

    async def sends(self, text: str, *, twice: bool = False) -> None:
        """A text, and its webhook `twice` if so wished."""
        answers = await self.system.twilio.inbound(self.number, text, twice=twice)
        assert [answer.status_code for answer in answers] == [200] * (1 + twice)

    async def says(self, text: str, wanted: str, *, twice: bool = False) -> str:
        """A text that is answered; returns the message that says what is `wanted`."""
        before = len(self.got)
        await self.sends(text, twice=twice)
        return await self.hears(wanted, before)

    async def hears(self, wanted: str, before: int) -> str:
        """The first message after so many that says what is `wanted`, once it has come."""
        await until(lambda: any(fold(wanted, "es") in one for one in self.got[before:]))
        return next(one for one in self.got[before:] if fold(wanted, "es") in one)

    async def goes_on(self, script: Iterable[tuple[str, str]]) -> None:
        """Several, one after the other, and the answer to each."""
        for text, wanted in script:
            await self.says(text, wanted)


class Member:
    """Somebody at Telegram."""

    def __init__(self, system: System, chat: int) -> None:
        self.system, self.chat = system, chat

    @property
    def got(self) -> list[str]:
        """What it was sent, as it now looks."""
        chat = self.system.telegram.chats.get(self.chat)
        return chat.texts() if chat else []

    @property
    def labels(self) -> list[str]:
        """What the buttons on the screen say, the oldest first."""
        return list(self.system.telegram.chats[self.chat].buttons())

    @property
    def toasts(self) -> list[str]:
        """What was shown for a moment in answer to a tap, of everybody."""
        return list(self.system.telegram.answered.values())

    async def says(self, text: str, wanted: str) -> str:
        """A text that is answered; returns the message that says what is `wanted`."""
        before = len(self.got)
        await self.system.telegram.say(self.chat, text)
        return await self.hears(wanted, before)

    async def taps(self, label: str, wanted: str) -> str:
        """The newest button of this label, which brings the message `wanted`."""
        before = len(self.got)
        await self.system.telegram.tap(self.chat, label)
        return await self.hears(wanted, before)

    async def hears(self, wanted: str, before: int) -> str:
        """The message that says what is `wanted`, once it has come."""
        await until(lambda: any(wanted in one for one in self.got[before:]))
        return next(one for one in self.got[before:] if wanted in one)

    def ballot(self, number: int) -> tuple[int, list[str]]:
        """The newest message whose buttons vote on this question, and what each of them sends; 0 if there is none."""
        for shown in reversed(self.system.telegram.chats[self.chat].from_bot()):
            rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
            sent = [button["callback_data"] for row in rows for button in row]
            if sent and all(f"|{number}" in data for data in sent):
                return shown["message_id"], sent
        return 0, []

    async def votes(self, reply: str, *, twice: bool = False) -> None:
        """The newest button that sends this vote, which is then marked; its update comes `twice` if so wished."""
        await until(lambda: bool(self.ballot(int(reply[:-1]))[0]))
        message, sent = self.ballot(int(reply[:-1]))
        [data] = [one for one in sent if one.endswith(f"|{reply}")]
        update = await self.system.telegram.tap_old(self.chat, message, data)
        if twice:
            await self.system.telegram.updates.add(self.chat, update)
        await until(lambda: self.marked == [reply])

    @property
    def marked(self) -> list[str]:
        """The votes that are marked on the screen."""
        shown = self.system.telegram.chats[self.chat].buttons()
        return [data.rpartition("|")[2] for label, (_, data) in shown.items() if label.startswith("✔ ")]

    async def goes_on(self, script: Iterable[tuple[str, str]]) -> None:
        """Several texts, one after the other."""
        for text, wanted in script:
            await self.says(text, wanted)


async def counted(leader: Phone, wanted: str) -> None:
    """Ask how many have voted, until so many have."""
    while wanted not in await leader.says("2", "Van"):
        pass


async def up_to_the_vote(leader: Phone | Member) -> None:
    """From the room's opening on: the page is asked for, and the answers typed in on it."""
    await leader.goes_on((("GRUPO", "Su grupo:"), ("2", PUBLIC)))
    await typed_in(leader, BEFORE_THE_VOTE)
    await leader.says("CONTINUAR", "Pregunta 13")


async def typed_in(leader: Phone | Member, replies: dict[str, str]) -> None:
    """The sheet on the room's page, filled in and sent."""
    [page] = PAGE.findall(" ".join(leader.got))
    fields = {f"{name}.reply": reply for name, reply in replies.items()}
    async with httpx.AsyncClient(base_url=leader.system.url, headers={"Origin": PUBLIC}) as browser:
        form = (await browser.get(f"{page}/sheet")).text
        hidden = dict(re.findall(r'name="(once|known)" value="([^"]*)"', form))
        answer = await browser.post(f"{page}/sheet", data={**hidden, "known": html.unescape(hidden["known"])} | fields)
    assert answer.status_code == 303
