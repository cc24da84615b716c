"""A group that meets over the real protocols: late, doubled and crossed messages, a worker that is killed, the end."""

from __future__ import annotations

import asyncio
import re
import signal
from typing import TYPE_CHECKING

import pytest

from bot.channels.sms_text import fold
from flows.load import load
from tests.e2e.conftest import until
from tests.e2e.people import REFERENCE
from tests.e2e.rooming import CODE, LEADER, Member, Phone, counted, typed_in, up_to_the_vote

if TYPE_CHECKING:
    from tests.e2e.conftest import System

A, B, C, T = "+573001110001", "+573001110002", "+573001110003", 4711
BY_MENU = (
    ("hola", "1 si"),
    ("1", "Guardo sus respuestas"),
    ("1", "Base 1/8"),
    ("9", "Menu. 0 volver, 8 mas"),
    ("8", "Menu 2"),
    ("6", "¿Con cuál seguimos?"),
    ("3", "¿Como se llama la organizacion?"),
    ("Coop La Esperanza, Suarez", "¿Quiénes estan?"),
)
ITEMS = tuple(item for item in load("2026-11").items.values() if not item.private)
JOINED, CLOSED, OVER = "Está en el grupo.", "Esa pregunta ya se cerró. Su voto no entró.", "El grupo terminó"
RESULT = "Batea: ya tienen lo primero. Faltan 3 cosas"
TO_ARM = (("1", "¿Puede ARM llamarle"), ("2", "¿Su nombre?"), ("Marta", "Su resumen va a ARM"), ("2", "Terminamos"))
LEAD, PROTECTION = "lead@arm.example.org", "protection@arm.example.org"


class Group:
    """Who leads it and three phones, all by SMS, and somebody at Telegram."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.leader, self.a, self.b, self.c = (Phone(system, number) for number in (LEADER, A, B, C))
        self.t = Member(system, T)

    async def opens(self) -> None:
        """By digits from the menu; everybody comes in, on up to the first vote."""
        await self.leader.goes_on(BY_MENU)
        [code] = CODE.findall(await self.leader.says("3 12 5 8", "Lea en voz alta"))
        joining = (self.a, f"UNIR {code}"), (self.b, f"unir {code.lower()}"), (self.c, f"Unirme {code}.")
        await asyncio.gather(*(phone.says(text, JOINED, twice=True) for phone, text in joining))
        await self.t.says(f"/start join-{code}", JOINED)
        await up_to_the_vote(self.leader)

    async def votes(self) -> None:
        """A text twice, a webhook twice, an update twice, and minds that are changed: four phones, four votes."""
        for text in ("131", "131"):
            await self.a.sends(text)
        await self.b.sends("132", twice=True)
        for text in ("131", "133"):
            await self.c.sends(text)
        await self.t.votes("131", twice=True)
        await self.t.votes("132")
        await counted(self.leader, "4 de 4")

    async def settles(self) -> None:
        """With hands of those without a phone, the women's round and a note; one vote comes late, and another."""
        await self.leader.says("12 3 1", "¿levantaron también la mano?")
        await self.leader.says("1", "8 mujeres")
        tally = await self.leader.says("5 2 1", "Contados: 20 de 20")
        assert re.findall(r": (\d+)$", tally, re.MULTILINE) == ["13", "5", "2"]
        await self.a.says("132", CLOSED)
        await self.a.sends("133")
        await self.leader.says("1 hay quejas", "Pregunta 17.")

    async def crosses(self) -> None:
        """Votes on 17 that come when 19 is open: an SMS of which only Twilio's list tells, a tap that took its time."""
        await until(lambda: bool(self.t.ballot(17)[0]))
        message, (slow, *_) = self.t.ballot(17)
        await self.a.sends("171")
        await counted(self.leader, "1 de 4")
        await self.leader.goes_on((("1", "Votaron muy pocos"), ("1", "Pregunta 19.")))
        await until(lambda: bool(self.t.ballot(19)[0]))
        before = len(self.t.got)
        self.system.twilio.keep(B, "171")
        await self.system.telegram.tap_old(T, message, slow)
        await self.t.hears(CLOSED, before)
        await until(lambda: fold(CLOSED, "es") in self.b.got)
        assert self.t.ballot(19)[0]
        await self.b.says("181", CLOSED)

    async def loses_the_worker(self) -> None:
        """Killed when the votes are kept and the room has not heard of them, nor has anything else been begun."""
        await until(self.system.idle)
        self.system.processes["worker"].send_signal(signal.SIGSTOP)
        await self.a.sends("191")
        await self.c.sends("192")
        message, (first, *_) = self.t.ballot(19)
        await self.system.telegram.tap_old(T, message, first)
        await self.system.telegram.updates.delivered()
        self.system.kill("worker")
        await self.system.start("worker")
        await counted(self.leader, "3 de 4")
        await self.leader.says("1", "Contados: 3 de 20")
        assert re.findall(r": (\d+)$", self.leader.got[-1], re.MULTILINE) == ["2", "1", "0"]

    async def speaks_in_private(self) -> str:
        """One of them; returns the number of the case."""
        await self.c.says("privado", "Esto queda entre usted y una persona")
        [case] = REFERENCE.findall(await self.c.says("2 a las 6", "Una persona le va a llamar"))
        await until(lambda: len(self.system.smtp.mails) == 1)
        assert case in str(self.system.smtp.to(PROTECTION)[0]["Subject"])
        return str(case)

    async def ends(self) -> None:
        """The rest is typed in on the room's page; the result goes to the phones."""
        await self.leader.says("1", "Pregunta 20.")
        await typed_in(self.leader, {item.id: "1" for item in ITEMS if item.number > 19})
        for phone in (self.a, self.b, self.c, self.t):
            await phone.hears(OVER, 0)
        await self.leader.hears("¿Mando este resumen", 0)

    async def takes_leave(self) -> None:
        """One wants the result, one does not, one says nothing; whoever leads sends it to ARM."""
        wanted = self.a.says("1", RESULT), self.b.says("2", "Salió del grupo"), self.t.taps("sí", RESULT)
        await asyncio.gather(*wanted, self.leader.goes_on(TO_ARM))
        await until(lambda: bool(self.system.smtp.to(LEAD)))


@pytest.mark.timeout(120)
async def test_a_group_by_sms(system: System) -> None:
    system.telegram.updates.local = system.url
    await system.start("web", "worker")
    group = Group(system)
    await group.opens()
    await group.votes()
    await group.settles()
    await group.crosses()
    await group.loses_the_worker()
    case = await group.speaks_in_private()
    await group.ends()
    await group.takes_leave()
    everybody_was_sent_just_this(group)
    the_mails_tell(system, case, *group.leader.got, *group.a.got, *group.b.got, *group.t.got)


def everybody_was_sent_just_this(group: Group) -> None:
    """Nothing on a vote: by SMS the word on joining and the one at the end, on Telegram the questions as well."""
    private = "Esto queda entre usted", "Una persona le va a llamar"
    begun(group.a.got, JOINED, CLOSED, OVER, RESULT)
    begun(group.b.got, JOINED, CLOSED, CLOSED, OVER, "Salió del grupo")
    begun(group.c.got, JOINED, private[0], "¿Cómo quiere la llamada?", private[1], OVER)
    asked = [f"Pregunta {number}\n" for number in (13, 17, 19, 20)]
    begun(group.t.got, JOINED, *asked[:3], CLOSED, asked[3], OVER, RESULT)
    assert group.t.labels == []


def begun(got: list[str], *wanted: str) -> None:
    """Each message begins so, and there are no others."""
    assert [fold(one, "es")[: len(start)] for one, start in zip(got, wanted, strict=True)] == [
        fold(start, "es") for start in wanted
    ]


def the_mails_tell(system: System, case: str, *told: str) -> None:
    """ARM the group's figures; of the talk in private nobody hears but who protects."""
    [mail], [private] = system.smtp.to(LEAD), system.smtp.to(PROTECTION)
    text, quiet = (found.get_body(("plain",)) for found in (mail, private))
    assert text is not None
    assert quiet is not None
    assert "sí, siempre: 13 · no, o no siempre: 5 · no sé: 2. Respuesta del grupo: sí, siempre." in text.get_content()
    assert not re.search(r"Esperanza|grupo", quiet.get_content())
    assert not any(re.search(f"{case}|a las 6", one) for one in (*told, mail.as_string(), text.get_content()))
    logs = system.log("web") + system.log("worker")
    assert not any(number in logs for number in (LEADER, A, B, C))
