"""What an assessment costs, as `batea check` prints it."""

from __future__ import annotations

import pytest

from bot.catalogs.costs import MINES, lines, whole
from bot.content import Content, load_content
from bot.settings import Settings


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(Settings.model_construct())


def test_every_question_costs_one_part(content: Content) -> None:
    table = {line[:36].strip(): line[36:].split() for line in lines(content)}
    for section in content.newest.sections:
        assert set(table[section.id]) == {str(len(section.items))}


@pytest.mark.parametrize("mine", MINES)
def test_a_mine_sends_the_same_in_every_language(content: Content, mine: str) -> None:
    costs = {locale: whole(content, mine, locale) for locale in content.texts.locales}
    assert len({cost.sent for cost in costs.values()}) == 1
    assert all(cost.sent <= cost.received for cost in costs.values())


@pytest.mark.parametrize(("mine", "most"), list(zip(MINES, (22, 16, 16), strict=True)))
def test_blocks_cost_few_messages_up_to_the_result(content: Content, mine: str, most: int) -> None:
    for locale in content.texts.locales:
        single, blocks = (whole(content, mine, locale, together=together) for together in (False, True))
        assert blocks.to_result <= most < single.to_result
        assert blocks.received < single.received


def test_a_worker_pays_for_fewer_questions(content: Content) -> None:
    leader, _, worker = (whole(content, mine, "es").sent for mine in MINES)
    assert worker < leader
