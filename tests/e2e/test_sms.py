"""A whole conversation by SMS, up to the mail with its PDF and the page that staff sign in to."""

from __future__ import annotations

import asyncio
import io
import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pypdf import PdfReader

from flows.events import Called
from tests.e2e.conftest import PUBLIC, System, until
from tests.e2e.people import REFERENCE, expected, masked, reply_to
from tests.e2e.staff import followed, link

if TYPE_CHECKING:
    from email.message import EmailMessage

    from bot.talk import Talk

PHONE = "+573001234567"


async def walk(
    system: System, talk: Talk, told: dict[str, Any], *, to: str = "done", twice: bool = False
) -> dict[str, Any]:
    """Answer until the state is reached; what arrives must be what Batea should say."""
    while told["state"] != to:
        answer = reply_to(told)
        told = talk.reply(answer)
        await send(system, answer, told, twice=twice)
    return told


async def send(system: System, text: str, told: dict[str, Any], *, twice: bool = False) -> None:
    before = len(system.twilio.sent_to(PHONE))
    answers = await system.twilio.inbound(PHONE, text, twice=twice)
    assert [answer.status_code for answer in answers] == [200] * (1 + twice)
    await arrived(system, before, told)


async def arrived(system: System, before: int, told: dict[str, Any]) -> None:
    wanted = masked(told["messages"])
    await until(lambda: len(system.twilio.sent_to(PHONE)) >= before + len(wanted))
    assert masked(system.twilio.sent_to(PHONE)[before:]) == wanted


async def opened(system: System) -> tuple[Talk, dict[str, Any]]:
    talk = expected()
    told = talk.open()
    await send(system, "hola", told)
    return talk, told


def pdf_text(mail: EmailMessage) -> str:
    [attachment] = list(mail.iter_attachments())
    assert attachment.get_content_type() == "application/pdf"
    reader = PdfReader(io.BytesIO(attachment.get_content()))
    assert 1 <= len(reader.pages) <= 2
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.timeout(120)
async def test_a_conversation_by_sms_up_to_the_mail_and_the_page_of_the_case(system: System) -> None:
    await system.start("web", "worker")
    talk, told = await opened(system)
    await walk(system, talk, told, twice=True)

    await until(lambda: len(system.smtp.mails) >= 2)
    [staff], [protection] = system.smtp.to("lead@arm.example.org"), system.smtp.to("protection@arm.example.org")
    reference = REFERENCE.search(system.twilio.sent_to(PHONE)[-1])
    assert reference is not None
    assert reference[0] in str(staff["Subject"])

    plain, html = staff.get_body(("plain",)), staff.get_body(("html",))
    assert plain is not None
    assert html is not None
    for part in (plain.get_content(), html.get_content(), pdf_text(staff)):
        assert not re.search(r"Ana Ruiz|La Esperanza|El Alto|573001234567|300 1234567|90 g", part)
        assert not re.search(r"menores de 15|15 años|algunos menores", part, re.IGNORECASE)

    assert link(staff) == link(protection) == f"{PUBLIC}/desk/case/{reference[0]}"
    async with httpx.AsyncClient(base_url=system.url) as browser:
        unknown = await browser.get(f"/desk/case/{reference[0]}")
    assert unknown.headers["Location"].startswith("/desk?to=")
    page, private = await followed(system, staff), await followed(system, protection)
    assert "Ana Ruiz" in page.text
    assert "La Esperanza" in page.text
    assert "300 1234567" not in page.text + private.text
    assert "Menores de 15" not in page.text
    assert "15 años" in private.text
    assert PHONE not in system.log("web") + system.log("worker")
    assert "Ana" not in system.log("web") + system.log("worker")


@pytest.mark.timeout(120)
async def test_messages_that_came_while_web_was_down_are_taken_once_in_order(system: System) -> None:
    await system.start("web", "worker")
    talk, _ = await opened(system)
    await until(lambda: system.twilio.lists > 0 and system.idle())
    system.kill("web")
    system.kill("worker")
    before = len(system.twilio.sent_to(PHONE))
    texts = ["1", "sí, acepto", "5"]
    said = [talk.reply(text) for text in texts]
    for text in texts:
        system.twilio.keep(PHONE, text)
    await system.start("web", "worker")
    wanted = [message for one in said for message in masked(one["messages"])]
    await until(lambda: len(system.twilio.sent_to(PHONE)) >= before + len(wanted), 30)
    await asyncio.sleep(2.5)
    assert masked(system.twilio.sent_to(PHONE)[before:]) == wanted
    assert said[-1]["state"] == "country"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("victim", ["web", "worker"])
async def test_a_killed_process_loses_nobodys_place(system: System, victim: str) -> None:
    await system.start("web", "worker")
    talk, told = await opened(system)
    told = await walk(system, talk, told, to="metals")
    system.kill(victim)
    if victim == "worker":
        told = talk.reply("1")
        before = len(system.twilio.sent_to(PHONE))
        await system.twilio.inbound(PHONE, "1")
        await system.start("worker")
        await arrived(system, before, told)
    else:
        await system.start("web")
    await walk(system, talk, told, to="legal_title")


@pytest.mark.timeout(60)
async def test_sixteen_equal_webhooks_at_once_are_one_answer(system: System) -> None:
    await system.start("web", "worker")
    await opened(system)
    await asyncio.gather(*(system.twilio.inbound(PHONE, "1") for _ in range(16)))
    await until(lambda: len(system.twilio.sent_to(PHONE)) == 2)
    await asyncio.sleep(1)
    assert len(system.twilio.sent_to(PHONE)) == 2
    assert "Guardo sus respuestas" in system.twilio.sent_to(PHONE)[-1]


@pytest.mark.timeout(60)
async def test_sixteen_different_webhooks_at_once_are_sixteen_turns(system: System) -> None:
    """Counted by `web` alone: the worker's sweep at start may take a message first, and counts it itself."""
    system.settings |= {"BATEA_BRAKE": "0"}
    await system.start("web", "worker")
    await opened(system)
    system.kill("worker")
    before = turns(system)
    answers = await asyncio.gather(*(system.twilio.inbound(PHONE, f"texto {n} raro") for n in range(16)))
    assert {answer.status_code for one in answers for answer in one} == {200}
    assert turns(system) == before + 16


@pytest.mark.timeout(60)
async def test_a_missed_call_is_answered_by_sms(system: System) -> None:
    await system.start("web", "worker")
    talk = expected()
    told = talk.open()
    assert (await system.twilio.call(PHONE, twice=True)).status == "busy"
    await arrived(system, 0, told)
    await walk(system, talk, told, to="country")
    before = len(system.twilio.sent_to(PHONE))
    assert (await system.twilio.call(PHONE)).status == "busy"
    await arrived(system, before, talk.happen(Called()))
    assert PHONE not in system.log("web") + system.log("worker")


def turns(system: System) -> int:
    metrics = httpx.get(f"{system.url}/metrics").text
    found = re.search(r'^batea_happened_total\{what="turns"\} (\d+)', metrics, re.MULTILINE)
    return int(found[1]) if found else 0


@pytest.mark.timeout(60)
async def test_a_forged_webhook_is_refused_and_leaves_nothing(system: System) -> None:
    await system.start("web", "worker")
    form = {"MessageSid": "SM" + "1" * 32, "From": PHONE, "To": system.twilio.number, "Body": "hola"}
    async with httpx.AsyncClient(base_url=system.url) as client:
        missing = await client.post("/hooks/sms", data=form)
        forged = await client.post("/hooks/sms", data=form, headers={"X-Twilio-Signature": "bm8="})
        right = {"X-Twilio-Signature": system.twilio.signature(f"{PUBLIC}/hooks/sms", form)}
        taken = await client.post("/hooks/sms", data=form, headers=right)
    assert (missing.status_code, forged.status_code, taken.status_code) == (403, 403, 200)
    assert taken.headers["content-type"].startswith("text/xml")
    assert taken.text.endswith("<Response/>")
    await until(lambda: len(system.twilio.sent_to(PHONE)) == 1)
