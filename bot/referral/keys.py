"""The keys of referrals.

They have hash tags of their own: a referral belongs to ARM's cases, not to a chat.

    {r07}:case:<reference>    hash  revision, sealed draft, revision whose mails are out; sealed case, its version
    {r07}:opened:<reference>  list  sealed; of the time before the trail, and only erased now
    {r07}:cases               zset  reference -> when its conversation began
    {r07}:heads               hash  reference -> sealed head, from which lists are made
    {r07}:changes             zset  reference -> number of its last change among those of the tag; erased ones stay
    {r07}:untold              hash  reference -> version of its case, whose last step is still to be told of
    {r07}:trail:<reference>   hash  token -> sealed entry of what was done with it; "" is for what concerns no one case
    {r07}:trail               zset  <reference> <token> -> when; the latest entries of the tag
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
    """Who opened its pages before there was a trail."""
    return f"{tag(reference)}:opened:{reference}"


def cases(reference: str) -> str:
    """The list of all referrals that share the reference's tag."""
    return f"{tag(reference)}:cases"


def heads(reference: str) -> str:
    """The heads of all referrals that share the reference's tag."""
    return f"{tag(reference)}:heads"


def changes(reference: str) -> str:
    """In which order the referrals that share the reference's tag changed."""
    return f"{tag(reference)}:changes"


def untold(reference: str) -> str:
    """Which of the referrals that share the reference's tag had a step that is still to be told of."""
    return f"{tag(reference)}:untold"


def trail(reference: str) -> str:
    """What was done with the referral, and by whom."""
    return f"{tag(reference)}:trail:{reference}"


def latest(reference: str) -> str:
    """The latest entries of all trails that share the reference's tag."""
    return f"{tag(reference)}:trail"


def every_tag() -> tuple[str, ...]:
    """All hash tags."""
    return tuple(f"{{r{number:02d}}}" for number in range(TAGS))
