"""The keys of referrals.

They have hash tags of their own: a referral belongs to ARM's cases, not to a chat.

    {r07}:case:<reference>    hash  revision, sealed draft, and the revision whose mails are out
    {r07}:opened:<reference>  list  sealed, one for each opening of a page
    {r07}:cases               zset  reference -> when it was made
"""

from __future__ import annotations

import zlib

TAGS = 32


def tag(reference: str) -> str:
    """The hash tag of a reference, such as `{r07}`."""
    return f"{{r{zlib.crc32(reference.encode()) % TAGS:02d}}}"


def case(reference: str) -> str:
    """The referral itself."""
    return f"{tag(reference)}:case:{reference}"


def opened(reference: str) -> str:
    """Who opened its pages."""
    return f"{tag(reference)}:opened:{reference}"


def cases(reference: str) -> str:
    """The list of all referrals that share the reference's tag."""
    return f"{tag(reference)}:cases"
