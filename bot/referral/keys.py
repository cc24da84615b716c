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
    return cases_of(tag(reference))


def heads(reference: str) -> str:
    """The heads of all referrals that share the reference's tag."""
    return heads_of(tag(reference))


def changes(reference: str) -> str:
    """In which order the referrals that share the reference's tag changed."""
    return changes_of(tag(reference))


def untold(reference: str) -> str:
    """Which of the referrals that share the reference's tag had a step that is still to be told of."""
    return untold_of(tag(reference))


def trail(reference: str) -> str:
    """What was done with the referral, and by whom."""
    return f"{tag(reference)}:trail:{reference}"


def latest(reference: str) -> str:
    """The latest entries of all trails that share the reference's tag."""
    return latest_of(tag(reference))


def every_tag() -> tuple[str, ...]:
    """All hash tags."""
    return tuple(f"{{r{number:02d}}}" for number in range(TAGS))


def cases_of(tag: str) -> str:
    """The list of all referrals of a hash tag."""
    return f"{tag}:cases"


def heads_of(tag: str) -> str:
    """The heads of all referrals of a hash tag."""
    return f"{tag}:heads"


def changes_of(tag: str) -> str:
    """In which order the referrals of a hash tag changed."""
    return f"{tag}:changes"


def untold_of(tag: str) -> str:
    """Which referrals of a hash tag had a step that is still to be told of."""
    return f"{tag}:untold"


def latest_of(tag: str) -> str:
    """The latest entries of all trails of a hash tag."""
    return f"{tag}:trail"
