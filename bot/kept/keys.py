"""Every key name of Redis. What they hold is for `store`, `outbox`, `timers` and `rate` to say.

`{p07}` is the hash tag of a partition: all keys of one chat share it, so that a turn commits in one step on a
cluster of any size. `chat`, `mark` and `slip` are keyed hashes made by `crypto`, never an address or a provider's id.

    {p07}:chat:<chat>       hash   session, version and what is known of the last turn; timers by name
    {p07}:in:<mark>         string an inbound message was taken (14 days)
    {p07}:out:<slip>        string an outgoing message was put, and in which lane (14 days)
    {p07}:due               zset   lane -> when its head may be claimed
    {p07}:queue:<lane>      list   slips, in the order in which they leave
    {p07}:slips:<lane>      hash   the sealed bodies, and the state of the head
    {p07}:timers            zset   <chat>:<name> -> when it is due
    {p07}:aside:<chat>      list   sessions that could not be read
    {p07}:ref:<reference>   string a reference is taken, for ever
    {p07}:door:<code>       string whom the code leads to, sealed; as long as it is open
    {p07}:funnel            hash   <step>|<channel>|<language> -> how many conversations reached it; of nobody
                                   @<question>|<channel>|<language> -> how many wait for its answer
    {batea}:parts           hash   <month>|<country> -> parts of SMS that were sent there
    {batea}:parts:<token>   string that such parts were counted (a minute)
    {batea}:dropped         hash   <channel>, or "job" -> how many messages were given up
    {batea}:pepper          string the sealed key of all these hashes
    {batea}:sealed_with     hash   keyed fingerprint of each key of BATEA_KEYS -> the day it was first used
    {batea}:lease:<name>    string who of several processes does what only one may do
    {batea}:bookmark:<name> string how far a provider's list was read (epoch seconds)
    {batea}:invited:<mark>  string whom at ARM a link to the Telegram bot stands for, sealed (7 days, once)
    {batea}:contact:<mark>  string the sealed Telegram chat of a contact who opened such a link
    {rate}:<name>           string when a provider is free again
    {try:<mark>}:log        list   the sealed entries of a phone in a browser (7 days)
    {try:<mark>}:head       hash   how many entries it had, and the parts it sent and received (7 days)
"""

from __future__ import annotations

PARTITIONS = 32
PEPPER = "{batea}:pepper"
SEALED_WITH = "{batea}:sealed_with"
PARTS = "{batea}:parts"
DROPPED = "{batea}:dropped"
CHAT_LENGTH = 32
WORK = ":work"


def tag(partition: int) -> str:
    """The hash tag of a partition (0 to 31), such as `{p07}`."""
    return f"{{p{partition:02d}}}"


def record(partition: int, chat: str) -> str:
    """The record of a chat."""
    return f"{tag(partition)}:chat:{chat}"


def inbound(partition: int, mark: str) -> str:
    """The duplicate mark of an inbound message."""
    return f"{tag(partition)}:in:{mark}"


def outgoing(partition: int, slip: str) -> str:
    """The mark of an outgoing message that was put."""
    return f"{tag(partition)}:out:{slip}"


def words_lane(chat: str) -> str:
    """The lane of what a person gets to read."""
    return chat


def work_lane(chat: str) -> str:
    """The lane of jobs: a job that fails must not keep the person's messages waiting."""
    return chat + WORK


def chat_of(lane: str) -> str:
    """The chat that a lane belongs to."""
    return lane[:CHAT_LENGTH]


def lane(partition: int, name: str) -> list[str]:
    """The three keys of a lane, in the order in which every script takes them: due, queue, slips."""
    at = tag(partition)
    return [due(partition), f"{at}:queue:{name}", f"{at}:slips:{name}"]


def due(partition: int) -> str:
    """When each lane of a partition has something to leave."""
    return f"{tag(partition)}:due"


def timers(partition: int) -> str:
    """When each timer of a partition is due."""
    return f"{tag(partition)}:timers"


def aside(partition: int, chat: str) -> str:
    """Sessions of a chat that could not be read."""
    return f"{tag(partition)}:aside:{chat}"


def reference(partition: int, name: str) -> str:
    """A reference that was given out."""
    return f"{tag(partition)}:ref:{name}"


def door(partition: int, code: str) -> str:
    """A code by which a chat is found."""
    return f"{tag(partition)}:door:{code}"


def funnel(partition: int) -> str:
    """How far the conversations of a partition got."""
    return f"{tag(partition)}:funnel"


def counted(token: str) -> str:
    """That parts of SMS were counted."""
    return f"{PARTS}:{token}"


def rate(name: str) -> str:
    """When a provider is free again."""
    return f"{{rate}}:{name}"


def lease(name: str) -> str:
    """Who of several processes does what only one may do."""
    return f"{{batea}}:lease:{name}"


def bookmark(name: str) -> str:
    """How far a provider's list was read."""
    return f"{{batea}}:bookmark:{name}"


def invited(mark: str) -> str:
    """Whom at ARM a link stands for."""
    return f"{{batea}}:invited:{mark}"


def contact(mark: str) -> str:
    """The chat of a contact at ARM."""
    return f"{{batea}}:contact:{mark}"


def phone(mark: str) -> list[str]:
    """The log and the head of a phone in a browser, in the order in which the scripts take them."""
    return [f"{{try:{mark}}}:log", f"{{try:{mark}}}:head"]
