"""SMS over Twilio's protocol: what it is asked for, what is found again, what came in while we were away."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.sms import Account, SmsChannel
from bot.channels.sms_forms import State, receive, status
from bot.channels.twilio_client import _refusal
from bot.messages import Button, GiveUp, Later, Stop, Words
from flows.events import Text, Unreadable
from tests.bot.channels.conftest import PERSON, outgoing, sms_stage
from tests.standins.serving import closed_port, serving
from tests.standins.twilio import ACCOUNT, NUMBER, TOKEN, Twilio

if TYPE_CHECKING:
    from starlette.requests import Request

    from tests.bot.channels.conftest import SmsStage

SERVICE = "MG" + "b" * 32


class Hooks:
    """Our side of the webhooks, as small as can be."""

    def __init__(self, channel: SmsChannel) -> None:
        self._channel = channel
        self.heard: list[object] = []
        self.forged = 0
        self.app = Starlette(
            routes=[
                Route("/hooks/sms", self._take, methods=["POST"]),
                Route("/hooks/sms/status", self._take, methods=["POST"]),
            ]
        )

    async def _take(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        if not self._channel.signed(path, form, request.headers["X-Twilio-Signature"]):
            self.forged += 1
            return Response(status_code=403)
        query_id = request.query_params.get("id")
        self.heard.append(status(form, query_id) if "MessageStatus" in form else receive(form, 1.0))
        return Response("<Response/>", media_type="text/xml")


async def test_the_request_is_what_twilio_asks_for(sms: SmsStage) -> None:
    buttons = ((Button("sí", "a|1|1"),),)
    sid = await sms.channel.send(outgoing(Words("¿Seguir?", buttons), PERSON))
    [message] = sms.standin.messages
    assert (message.sid, message.to, message.sender, message.body) == (sid, PERSON, NUMBER, "¿Seguir?")
    assert message.callback is None


async def test_a_messaging_service_chooses_the_sender() -> None:
    standin = Twilio(service=SERVICE)
    async with serving(standin.app) as url:
        channel = SmsChannel(Account(ACCOUNT, TOKEN, NUMBER, SERVICE, url), None)
        await channel.send(outgoing(Words("hola"), PERSON))
        await channel.close()
    assert (standin.messages[0].service, standin.messages[0].sender) == (SERVICE, "")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        *(("63018", Later), ("21611", Later), ("500", Later), ("404", Later), ("429", Later)),
        *(("21610", Stop), ("refuse", Exception)),
    ],
)
async def test_refusals(sms: SmsStage, fault: str, error: type[Exception]) -> None:
    sms.standin.faults.append(fault)
    with pytest.raises(error):
        await sms.channel.send(sms.out())
    assert sms.arrived() == []


@pytest.mark.parametrize(
    ("text", "address", "code"), [("a" * 1601, PERSON, "21617"), ("hola", "+1", "21211"), ("", PERSON, "21602")]
)
async def test_what_is_given_up_names_the_code(sms: SmsStage, text: str, address: str, code: str) -> None:
    with pytest.raises(GiveUp, match=code):
        await sms.channel.send(outgoing(Words(text), address))


async def test_while_the_token_is_changed_nothing_is_given_up(sms: SmsStage) -> None:
    sms.standin._token = "another"
    with pytest.raises(Later, match="20003"):
        await sms.channel.send(sms.out())


@pytest.mark.parametrize(
    ("status", "code", "ends"),
    [
        (401, None, Later),
        (401, 20003, Later),
        (403, 20003, Later),
        (403, 20005, Later),
        (403, 20403, Later),
        (403, 70051, Later),
        (403, 21610, Stop),
        (403, 21408, GiveUp),
        (400, 21408, GiveUp),
    ],
)
def test_what_operators_can_mend_waits_for_them(status: int, code: int | None, ends: type[Exception]) -> None:
    assert type(_refusal(status, code)) is ends


async def test_stop_at_twilio_ends_in_stop(sms: SmsStage) -> None:
    sms.standin.keep(PERSON, " stop ")
    with pytest.raises(Stop):
        await sms.channel.send(sms.out())
    sms.standin.keep(PERSON, "Start")
    await sms.channel.send(sms.out())
    assert sms.arrived() == ["Hola, ñandú"]


async def test_cost_is_parts(sms: SmsStage) -> None:
    assert [sms.channel.cost(Words(text)) for text in ("a" * 160, "a" * 161, "á" * 70, "á" * 135)] == [1, 2, 1, 3]


@pytest.mark.parametrize("state", ["failed", "undelivered", "canceled"])
async def test_what_failed_is_not_found(sms: SmsStage, state: str) -> None:
    began = time.time()
    sid = await sms.channel.send(sms.out())
    await sms.standin.settled()
    assert await sms.channel.find(sms.out(), began) == sid
    await sms.standin.report(sms.standin.messages[0], state)
    assert await sms.channel.find(sms.out(), began) is None


async def test_found_is_only_this_text_to_this_number_since_then(sms: SmsStage) -> None:
    sms.standin.statuses = ()
    await sms.channel.send(sms.out())
    assert await sms.channel.find(sms.out(), time.time() - 1)
    assert await sms.channel.find(sms.out(), time.time() + 60) is None
    assert await sms.channel.find(sms.out("otra"), time.time() - 1) is None
    assert await sms.channel.find(outgoing(sms.out().body, "+573009999999"), time.time() - 1) is None


async def test_our_own_words_sent_back_are_not_our_message(sms: SmsStage) -> None:
    sms.standin.keep(NUMBER, "hola")
    assert await sms.channel.find(outgoing(Words("hola"), NUMBER), time.time() - 1) is None


@pytest.mark.parametrize("fault", ["429", "500", "21610"])
async def test_where_twilio_can_not_say_it_is_asked_later(sms: SmsStage, fault: str) -> None:
    for question in (sms.channel.find(sms.out(), 0), sms.channel.inbound_since(0)):
        sms.standin.faults.append(fault)
        with pytest.raises(Later):
            await question


async def test_what_came_in_meanwhile_comes_oldest_first_over_pages(sms: SmsStage) -> None:
    now = float(int(time.time()))
    for number in range(450):
        sms.standin.keep(PERSON, f"m{number}", when=now - 10 + number // 100)
    sms.standin.keep(PERSON, "long ago", when=now - 1000)
    await sms.channel.send(sms.out())
    found = await sms.channel.inbound_since(now - 10)
    assert [inbound.event for inbound in found] == [Text(f"m{number}") for number in range(450)]
    assert found[0].id == sms.standin.messages[0].sid
    assert (found[0].address, found[0].received, found[-1].received) == (PERSON, now - 10, now - 6)


async def test_what_came_in_may_lack_words_or_a_number(sms: SmsStage) -> None:
    sms.standin.keep(PERSON, "", media=1)
    sms.standin.keep("BANCO", "compre")
    sms.standin.messages[0].body = None  # as Twilio's list may have it
    found = await sms.channel.inbound_since(time.time() - 5)
    assert [inbound.event for inbound in found] == [Unreadable("photo")]


async def test_other_services_messages_are_not_ours() -> None:
    async with sms_stage(standin=Twilio(service=SERVICE)) as made:
        made.standin.keep(PERSON, "1")
        other = made.standin.keep(PERSON, "2")
        other.service = "MG" + "c" * 32
        channel = SmsChannel(Account(ACCOUNT, TOKEN, None, SERVICE, made.url), None)
        assert [inbound.event for inbound in await channel.inbound_since(time.time() - 5)] == [Text("1")]
        await channel.close()


async def test_hooks_are_signed_and_reports_find_their_message() -> None:
    public, standin = "https://batea.example", Twilio()
    async with serving(standin.app) as api:
        channel = SmsChannel(Account(ACCOUNT, TOKEN, NUMBER, api_url=api), public)
        hooks = Hooks(channel)
        async with serving(hooks.app) as local:
            standin.hook, standin.public_url = f"{local}/hooks/sms", public
            answers = await standin.inbound(PERSON, "¿Qué? + & 100%", twice=True)
            await channel.send(outgoing(Words("hola"), PERSON, "p07 &/é"))
            await standin.settled()
        await channel.close()
    assert [answer.status_code for answer in answers] == [200, 200]
    first, second, sent, delivered = hooks.heard
    assert (
        first
        == second
        == receive({"MessageSid": standin.messages[0].sid, "From": PERSON, "Body": "¿Qué? + & 100%"}, 1.0)
    )
    assert [(report.id, report.state) for report in (sent, delivered)] == [  # type: ignore[attr-defined]
        ("p07 &/é", State.SENT),
        ("p07 &/é", State.DELIVERED),
    ]


async def test_a_forged_or_missing_signature_is_none() -> None:
    public, path, form = "https://batea.example", "/hooks/sms?a=1", {"Body": "hola"}
    channel, elsewhere, nowhere = (
        SmsChannel(Account(ACCOUNT, TOKEN), url) for url in (public, "https://evil.example", None)
    )
    right = Twilio().signature(public + path, form)
    assert channel.signed(path, form, right)
    for wrong in ("", right[:-2] + "A=", "ñ" * len(right), Twilio(auth_token="another").signature(public + path, form)):
        assert not channel.signed(path, form, wrong)
    assert not channel.signed("/hooks/sms?a=2", form, right)
    assert not channel.signed(path, {"Body": "hola!"}, right)
    assert not elsewhere.signed(path, form, right)
    assert not nowhere.signed(path, form, right)
    await asyncio.gather(*(made.close() for made in (channel, elsewhere, nowhere)))


async def test_a_message_that_nobody_takes_is_tried_twice_by_twilio() -> None:
    standin = Twilio(hook=f"{closed_port()}/hooks/sms")
    assert await standin.inbound(PERSON, "hola") == []
    assert [message.body for message in standin.messages] == ["hola"]
