"""Webhooks: what arrives at a real server, that it is signed, and what each answer means."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.webhook import WebhookChannel, is_safe, secrets_of, signature
from bot.messages import GiveUp, Hook, Later, Outgoing, Words
from tests.standins.serving import closed_port, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from tests.conftest import Clock

KEYS = ("new", "old")
BODY = b'{"reference": "7K3M-2QXD"}'


class Receiver:
    """ARM's own system: keeps what it is sent, answers as it is told."""

    def __init__(self) -> None:
        self.answers: list[Response] = []
        self.got: list[tuple[bytes, dict[str, str]]] = []
        self.app = Starlette(routes=[Route("/in", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        self.got.append((await request.body(), dict(request.headers)))
        return self.answers.pop(0) if self.answers else Response(status_code=204)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def url(receiver: Receiver) -> AsyncIterator[str]:
    async with serving(receiver.app) as base:
        yield f"{base}/in"


@pytest.fixture
async def channel(clock: Clock) -> AsyncIterator[WebhookChannel]:
    made = WebhookChannel(KEYS, clock, patience=0.5)
    yield made
    await made.close()


def out(url: str, body: Hook | Words | None = None) -> Outgoing:
    return Outgoing("n-1", "webhook", url, body or Hook(BODY), 0)


async def test_it_arrives_signed_with_every_key(
    channel: WebhookChannel, receiver: Receiver, url: str, clock: Clock
) -> None:
    assert await channel.send(out(url)) == "n-1"
    [(body, headers)] = receiver.got
    assert (body, headers["batea-id"], headers["content-type"]) == (BODY, "n-1", "application/json")
    signed = [hmac.new(key.encode(), b"1800000000." + BODY, hashlib.sha256).hexdigest() for key in KEYS]
    assert headers["batea-signature"] == f"t={int(clock.now)},v1={signed[0]},v1={signed[1]}"


async def test_a_later_try_has_the_same_id_and_a_new_time(
    channel: WebhookChannel, receiver: Receiver, url: str, clock: Clock
) -> None:
    receiver.answers = [Response(status_code=503)]
    with pytest.raises(Later):
        await channel.send(out(url))
    clock.advance(60)
    await channel.send(out(url))
    first, second = (headers for _, headers in receiver.got)
    assert first["batea-id"] == second["batea-id"]
    assert second["batea-signature"] == signature(KEYS, int(clock.now), BODY)


@pytest.mark.parametrize("status", [401, 404, 408, 429, 500, 503, 302])
async def test_what_can_be_mended_is_tried_again(
    status: int, channel: WebhookChannel, receiver: Receiver, url: str
) -> None:
    receiver.answers = [Response(status_code=status, headers={"Retry-After": "7", "Location": url})]
    with pytest.raises(Later) as caught:
        await channel.send(out(url))
    assert caught.value.after == 7
    assert len(receiver.got) == 1


@pytest.mark.parametrize("status", [400, 410, 422])
async def test_what_never_will_be_taken_is_given_up(
    status: int, channel: WebhookChannel, receiver: Receiver, url: str
) -> None:
    receiver.answers = [Response(status_code=status)]
    with pytest.raises(GiveUp):
        await channel.send(out(url))


async def test_where_nobody_answers_it_is_tried_again_and_the_address_is_not_told(channel: WebhookChannel) -> None:
    address = f"{closed_port()}/secret-path"
    with pytest.raises(Later) as caught:
        await channel.send(out(address))
    assert "secret-path" not in f"{caught.value} {caught.value.__cause__!r}"


async def test_over_plain_http_nothing_leaves_this_machine(channel: WebhookChannel) -> None:
    with pytest.raises(GiveUp):
        await channel.send(out("http://example.org/in"))
    with pytest.raises(GiveUp):
        await channel.send(out("https://example.org/in", Words("hola")))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://arm.example.org/in", True),
        ("http://127.0.0.1:9/in", True),
        ("http://[::1]:9/in", True),
        ("http://localhost/in", True),
        ("http://127.0.0.1.example.org/in", False),
        ("http://10.0.0.1/in", False),
        ("https://", False),
        ("https://[x", False),
        ("https://arm.example.org:8443/in", True),
        ("https://arm.example.org:99999/in", False),
        ("ftp://127.0.0.1", False),
    ],
)
def test_only_https_or_this_machine_is_safe(url: str, *, safe: bool) -> None:
    assert is_safe(url) == safe


def test_a_secret_made_of_a_key_is_another_one() -> None:
    assert secrets_of(["a"]) != secrets_of(["b"])
    assert "key" not in "".join(secrets_of(["key"]))
