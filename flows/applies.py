"""Which items a person is asked, given what they have answered so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.model import UNKNOWN, Answer, Checklist, Condition, Item

WORKER_ROLES = ("worker", "independent")
Answers = Mapping[str, Answer]


def is_worker(answers: Answers) -> bool:
    """Whether the person answers only what a worker can see."""
    return answers.get("role") in WORKER_ROLES


def applies(item: Item, checklist: Checklist, answers: Answers) -> bool:
    """Whether the item is asked of this person; items of a closed branch do not count either."""
    if not item.worker and is_worker(answers):
        return False
    return not item.when or any(holds(condition, checklist, answers) for condition in item.when)


def holds(condition: Condition, checklist: Checklist, answers: Answers) -> bool:
    """Whether every item of the condition has one of its codes."""
    return all(_has(checklist.items[name], codes, checklist, answers) for name, codes in condition.items())


def counted(item: Item, checklist: Checklist, answers: Answers) -> Answer | None:
    """The item's answer if it counts: None where the item does not apply, the assumed one for a worker."""
    if item.assumed and is_worker(answers):
        return item.assumed
    said = answers.get(item.id)
    return said if said is not None and applies(item, checklist, answers) else None


def asked_items(checklist: Checklist, answers: Answers, *, private: bool) -> Iterator[Item]:
    """The applicable items up to the result, in order; without the private section unless `private`."""
    for section in checklist.sections:
        if section.id == "advice" or (section.id == "private" and not private):
            continue
        yield from (item for item in section.items if applies(item, checklist, answers))


def wording(item: Item, checklist: Checklist, answers: Answers) -> str:
    """The message id of the question, in the variant that suits the mine."""
    for variant in item.variants:
        if holds(variant.when, checklist, answers):
            return f"{item.id}.ask.{variant.name}"
    return f"{item.id}.ask"


def codes(answer: Answer | None) -> tuple[str, ...]:
    """The codes of a choice; none for a number, an amount or nothing."""
    if isinstance(answer, str):
        return (answer,)
    return answer if isinstance(answer, tuple) else ()


def is_unknown(answer: Answer | None) -> bool:
    """Whether the person said that they do not know or do not say."""
    return UNKNOWN in codes(answer)


def _has(item: Item, wanted: tuple[str, ...], checklist: Checklist, answers: Answers) -> bool:
    """What was passed over counts as not known."""
    if item.assumed and is_worker(answers):
        return item.assumed in wanted
    # What was said is looked at first: whether it counts takes longer to find out.
    said = answers.get(item.id, UNKNOWN)
    found = said in wanted if isinstance(said, str) else any(code in wanted for code in codes(said))
    return found and applies(item, checklist, answers)
