"""What a mail address is, for whoever writes one down and for whoever sends to it."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address


def is_address(text: str) -> bool:
    """Whether it is one address and no more, in ASCII: SMTPUTF8 is not offered everywhere, and nobody needs it."""
    try:
        return text.isascii() and bool(Address(addr_spec=text).domain)
    except (ValueError, IndexError, MessageError):
        return False
