"""A group that meets over the real protocols: late, doubled and crossed messages, a worker that is killed, the end."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import until
from tests.e2e.rooming import CODE, LEADER, PAGE, TO_THE_VOTE, Member, Phone, counted, typed_in

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
TO_THE_END = ("ppe", "safety_training", "ground_support", "emergency", "mercury", "cyanide")
JOINED, CLOSED, OVER = "Esta en el grupo.", "Esa pregunta ya se cerro. Su voto no entro.", "El grupo termino"


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
        await self.a.says(f"UNIR {code}", JOINED, twice=True)
        await self.b.says(f"unir {code.lower()}", JOINED)
        await self.c.says(code, JOINED)
        await self.t.says(f"/start join-{code}", "Está en el grupo")
        await self.leader.goes_on(TO_THE_VOTE)

    async def votes(self) -> None:
        """A text twice, a webhook twice, an update twice, and minds that are changed: four phones, four votes."""
        await until(lambda: self.t.labels == ["sí", "no", "no sé"])
        for text in ("131", "131"):
            await self.a.sends(text)
        await self.b.sends("132", twice=True)
        for text in ("131", "133"):
            await self.c.sends(text)
        await self.t.votes("sí", twice=True)
        await self.t.votes("no")
        await counted(self.leader, "4 de 4")

    async def settles(self) -> None:
        """With hands, the women's round and a note."""
        await self.leader.says("12 3 1", "¿levantaron también la mano?")
        await self.leader.says("2", "8 mujeres")
        tally = await self.leader.says("5 2 1", "Contados: 20 de 20")
        assert [one in tally for one in ("si: 13", "no: 5", "no sé: 2")] == [True] * 3
        await self.leader.says("1 hay quejas", "Trabajo")
        await self.a.says("132", CLOSED)
        await self.a.sends("133")


@pytest.mark.timeout(120)
async def test_a_group_by_sms(system: System) -> None:
    system.telegram.updates.local = system.url
    await system.start("web", "worker")
    group = Group(system)
    await group.opens()
    await group.votes()
    await group.settles()
    print(group.leader.got[-1])
    print(group.t.got)
    for x in "1111111": print(await group.leader.says("1",""))
