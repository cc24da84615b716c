"""A URL taken apart, as settings and contacts give it."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split(url: str) -> SplitResult | None:
    """Its parts; None where its host is written wrongly, or its port is none (1 to 65535)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return None if port == 0 else parts
