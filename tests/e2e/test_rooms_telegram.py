"""A group that is led on Telegram, by buttons; one takes part there and speaks in private, one by SMS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import until
from tests.e2e.rooming import CODE, Member, Phone, up_to_the_vote

if TYPE_CHECKING:
    from tests.e2e.conftest import System

LEADER, MEMBER, PHONE = 4700, 4711, "+573001120001"
VOTE = ["cerrar y contar", "cuántos van", "sin votar", "cambió la gente", "↩ volver", "☰ menú"]
CLOSED = "Esa pregunta ya se cerró."


async def opens(leader: Member) -> str:
    """By word; the code is told, and shown as a picture with the link into the room."""
    await leader.says("/start es", "Hola, soy Batea")
    await leader.taps("sí, seguir", "Guardo sus respuestas")
    await leader.taps("sí, acepto", "¿Quién es usted en el grupo?")
    await leader.goes_on((("grupo", "¿Cómo se llama"), ("Mina Azul, Suárez", "¿Quiénes están?")))
    [code] = CODE.findall(await leader.says("3 12 5 8", "Lea en voz alta"))
    await leader.hears(f"https://t.me/batea_bot?start=join-{code}", 0)
    chat = leader.system.telegram.chats[LEADER]
    assert ["photo" in one for one in chat.from_bot()].count(True) == 1
    return str(code)


async def counted(leader: Member, wanted: str) -> None:
    while wanted not in await leader.taps("cuántos van", "Van"):
        pass


@pytest.mark.timeout(120)
async def test_a_group_led_on_telegram(system: System) -> None:
    system.telegram.updates.local = system.url
    await system.start("web", "worker")
    leader, member, phone = Member(system, LEADER), Member(system, MEMBER), Phone(system, PHONE)
    code = await opens(leader)
    await phone.says(f"UNIR {code}", "Está en el grupo")
    await phone.says("PREGUNTAS", "Desde ahora")
    await member.says(f"/start join-{code}", "Está en el grupo")
    await up_to_the_vote(leader)
    await until(lambda: leader.labels[-6:] == VOTE)
    assert re.search(r"^131 .*\n132 .*\n133 ", await phone.hears("Pregunta 13.", 0), re.MULTILINE)
    await phone.sends("131")
    await speaks_in_private_and_votes(member)
    await counted(leader, "2 de 2")
    await leader.taps("cerrar y contar", "Votaron muy pocos")
    await votes_too_late(member)
    await leader.taps("sí, siempre", "Pregunta 17")
    await phone.hears("Pregunta 17", 0)
    begins = [text.split(".")[0] for text in phone.got]
    assert begins == ["Esta en el grupo", "Desde ahora le mando cada pregunta", "Pregunta 13", "Pregunta 17"]
    await until(lambda: bool(system.smtp.mails))
    assert [str(mail["To"]) for mail in system.smtp.mails] == ["protection@arm.example.org"]


async def speaks_in_private_and_votes(member: Member) -> None:
    """Both have their buttons, side by side."""
    await member.votes("132")
    await member.says("privado", "¿Cómo quiere la llamada?")
    await until(lambda: "2" in member.labels)
    await member.votes("131")
    await member.votes("132")
    await member.taps("2", "¿A qué número?")
    await member.says("300 123 4567", "Una persona le va a llamar")


async def votes_too_late(member: Member) -> None:
    """It is said once, and the ballot has no buttons any more."""
    message, sent = member.ballot(13)
    before = len(member.got)
    for data in sent:
        await member.system.telegram.tap_old(MEMBER, message, data)
    await member.hears(CLOSED, before)
    await until(lambda: not member.labels)
    assert len(member.got) == before + 1
    thanked = member.toasts.count("Anotado")
    update = await member.system.telegram.tap_old(MEMBER, message, sent[0])
    query = update["callback_query"]["id"]
    await until(lambda: query in member.system.telegram.answered)
    assert (member.toasts.count("Anotado"), member.labels) == (thanked, [])
