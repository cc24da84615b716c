from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.pages.safety import form

if TYPE_CHECKING:
    from starlette.types import Message


async def test_a_form_whose_sender_goes_away_is_no_fault_of_ours() -> None:
    parts: list[Message] = [
        {"type": "http.request", "body": b"note=Ll", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return parts.pop(0)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"sec-fetch-site", b"same-origin")]}
    with pytest.raises(HTTPException) as refused:
        await form(Request(scope, receive), None)
    assert refused.value.status_code == 400
