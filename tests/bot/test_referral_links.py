from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.referral.links import DAYS, BadLink, ExpiredLink, Links, Ticket
from tests.bot.cases import REFERENCE
from tests.bot.referring import URL

if TYPE_CHECKING:
    from tests.conftest import Clock


def test_links_end_after_thirty_days(clock: Clock) -> None:
    links = Links(["key"], URL, clock)
    token = links.url("staff", Ticket(REFERENCE, "Lead")).rsplit("/", 1)[1]
    clock.advance(DAYS * 24 * 3600 - 1)
    assert links.read("staff", token) == Ticket(REFERENCE, "Lead")
    clock.advance(2)
    with pytest.raises(ExpiredLink):
        links.read("staff", token)


def test_links_outlive_a_new_key_but_not_a_key_taken_away(clock: Clock) -> None:
    token = Links(["old"], URL, clock).url("staff", Ticket(REFERENCE, "Lead")).rsplit("/", 1)[1]
    assert Links(["new", "old"], URL, clock).read("staff", token)
    renewed = Links(["new", "old"], URL, clock).url("staff", Ticket(REFERENCE, "Lead")).rsplit("/", 1)[1]
    assert Links(["new"], URL, clock).read("staff", renewed)
    with pytest.raises(BadLink):
        Links(["new"], URL, clock).read("staff", token)


def test_a_link_for_staff_does_not_open_the_private_page(clock: Clock) -> None:
    links = Links(["key"], URL, clock)
    token = links.url("staff", Ticket(REFERENCE, "Guard")).rsplit("/", 1)[1]
    with pytest.raises(BadLink):
        links.read("protection", token)
