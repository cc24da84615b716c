"""The links in ARM's mail: signed, bound to a case, a contact and a page, and good for thirty days.

Signed with a key derived from each of BATEA_KEYS, so that a link outlives a change of keys as stored cases do.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import TYPE_CHECKING

import msgspec
from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.referral.store import Page

DAYS = 30
_DAY = 24 * 3600
_PATHS: dict[Page, str] = {"staff": "r", "protection": "p"}


class BadLink(Exception):
    """The link is none of ours, was changed, or leads to another page."""


class ExpiredLink(BadLink):
    """It was ours, and its time is over."""


class Ticket(msgspec.Struct, frozen=True):
    """What a link opens, and for which contact."""

    reference: str
    contact: str


class Links:
    """Makes and reads links. `keys` are those of BATEA_KEYS, the newest first."""

    def __init__(self, keys: Sequence[str], public_url: str, clock: Callable[[], float] = time.time) -> None:
        self._secrets = [_derived(key) for key in reversed(keys)]
        self._url = public_url
        self._signer = _signer(clock)

    def url(self, page: Page, ticket: Ticket) -> str:
        """The address of a page for a contact."""
        token = self._serializer(page).dumps([ticket.reference, ticket.contact])
        return f"{self._url}/desk/{_PATHS[page]}/{token}"

    def read(self, page: Page, token: str) -> Ticket:
        """What the token opens. Raises `ExpiredLink`, or `BadLink` for anything else that is wrong with it."""
        try:
            found = self._serializer(page).loads(token, max_age=DAYS * _DAY)
        except SignatureExpired as error:
            raise ExpiredLink from error
        except BadData as error:
            raise BadLink from error
        return msgspec.convert(dict(zip(("reference", "contact"), found, strict=True)), Ticket)

    def _serializer(self, page: Page) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self._secrets,
            salt=f"batea.desk.{page}",
            signer=self._signer,
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )


def _derived(key: str) -> str:
    return hmac.new(key.encode(), b"batea.desk.links", hashlib.sha256).hexdigest()


def _signer(clock: Callable[[], float]) -> type[TimestampSigner]:
    class Signer(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(clock())

    return Signer
