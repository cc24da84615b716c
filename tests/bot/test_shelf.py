"""A shelf of heads keeps its order and its words through any changes."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from bot.kept.crypto import Vault
from bot.referral.heads import head_of
from bot.referral.shelf import Once, Shelf, urgency
from tests.bot.casework import RULES, drafted

DAY = 86_400


def test_changed_at_random_it_is_the_same_as_one_put_up_at_once(vault: Vault) -> None:
    drawn = Random(7)  # noqa: S311 - an order
    drafts = [drafted(number, at=1_800_000_000.0 + number % 3 * DAY) for number in range(20)]
    heads = [head_of(draft, RULES.begun(draft), None, vault) for draft in drafts]
    shelf = Shelf()
    for head in drawn.choices(heads, k=200):
        changed = replace(head, state=drawn.choice(("new", "closed")), words=tuple(drawn.sample("abcdef", 2)))
        if drawn.random() < 0.3:
            shelf.drop(head.reference)
        else:
            shelf.put(changed)
    fresh = Shelf(shelf.heads.values())
    assert shelf.order == fresh.order == sorted(shelf.heads.values(), key=urgency)
    for word in "abcdef":
        assert shelf.with_words(frozenset(word)) == fresh.with_words(frozenset(word))
    assert [shelf.like(head) for head in shelf.order] == [fresh.like(head) for head in fresh.order]


def test_what_is_kept_once_is_the_same_head(vault: Vault) -> None:
    draft, once = drafted(), Once()
    heads = [head_of(draft, RULES.begun(draft), None, vault, ("ppe",)) for _ in range(2)]
    kept = [once.head(head) for head in heads]
    assert kept == heads
    assert kept[0].gaps is kept[1].gaps
