"""Did the request leave? What a failed HTTP request means for a message, whichever provider it went to."""

from __future__ import annotations

import httpx

from bot.messages import Later, SendError, Unknown

STAYED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def verdict(error: BaseException) -> SendError:
    """`Later` where nothing reached the provider, else `Unknown`: it may have taken the message before it broke."""
    name = type(error).__name__
    return Later(f"no connection: {name}") if isinstance(error, STAYED) else Unknown(f"no answer: {name}")
