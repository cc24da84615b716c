"""Where everything of one chat lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kept import keys

if TYPE_CHECKING:
    from bot.kept.crypto import Vault
    from bot.kept.sealed import Chat


class Place:
    """The keys of one chat."""

    def __init__(self, vault: Vault, chat: Chat) -> None:
        self._vault = vault
        name = vault.chat_key(chat.channel, chat.address)
        self.partition = vault.partition(name)
        self.record = keys.record(self.partition, name)
        self.timers = keys.timers(self.partition)
        self.funnel = keys.funnel(self.partition)
        self.aside = keys.aside(self.partition, name)
        self.words = keys.lane(self.partition, keys.words_lane(name))
        self.work = keys.lane(self.partition, keys.work_lane(name))
        self.named: dict[str, object] = {
            "chat": name,
            "words": keys.words_lane(name),
            "work": keys.work_lane(name),
        }

    def inbound(self, inbound_id: str | None) -> str:
        """The duplicate mark; for None a key that is never written."""
        return keys.inbound(self.partition, "" if inbound_id is None else self._vault.mark("in", inbound_id))

    def reference(self, name: str | None) -> str:
        """A reference; for None a key that is never written."""
        return keys.reference(self.partition, name or "")

    def outgoing(self, out_id: str) -> str:
        """The mark of an outgoing message."""
        return keys.outgoing(self.partition, self._vault.mark("out", out_id))
