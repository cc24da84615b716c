"""Gold per person and day, the measure of "small-scale".

The limit of 4 g is the Standard's requirement 0.2. How ARM averages is not known: 3 to 5 g is ARM's to judge.
"""

from __future__ import annotations

from typing import Literal

from flows.applies import Answers, applies, codes, counted, is_unknown
from flows.model import Checklist, Quantity

Verdict = Literal["fine", "ask_arm", "outside_scope", "unknown", "none"]
GOLD = ("gold_month", "gold_band")
FEEDS = ("miners", "days_month", *GOLD)
_POSITIONS: dict[Verdict, Literal["below", "near", "above"]] = {
    "fine": "below",
    "ask_arm": "near",
    "outside_scope": "above",
}
_BANDS: dict[str, Verdict] = {"under_3": "fine", "3_to_5": "ask_arm", "over_5": "outside_scope"}
LOW, HIGH = 3.0, 5.0


def grams_per_person_day(checklist: Checklist, answers: Answers) -> float | None:
    """Grams of gold per person and day; None while gold, people or days are not known as figures."""
    gold, miners, days = (
        counted(checklist.items[name], checklist, answers) for name in ("gold_month", "miners", "days_month")
    )
    if not isinstance(gold, Quantity) or not isinstance(miners, int) or not isinstance(days, int):
        return None
    return gold.grams_month / (miners * days)


def band_of(grams: float) -> str:
    """The answer to `gold_band` that so many grams per person and day are."""
    return next(code for code, found in _BANDS.items() if found == _by_grams(grams))


def to_confirm(checklist: Checklist, answers: Answers) -> bool:
    """Whether a figure, or the band that would stop, has to be confirmed at `scale`."""
    if grams_per_person_day(checklist, answers) is not None:
        return True
    return _band(checklist, answers) == "over_5"


def verdict(checklist: Checklist, answers: Answers) -> Verdict:
    """How the scale stands; `none` where gold does not count (other metals, a worker, not yet asked)."""
    found = _measured(checklist, answers)
    if found is None:
        return _without_figures(checklist, answers)
    if found == "outside_scope" and answers.get("scale") != "right":
        return "ask_arm"
    return found


def position(checklist: Checklist, answers: Answers) -> Literal["below", "near", "above"] | None:
    """All that anybody else is shown of the gold: below, near or above the limit; None while unknown or unconfirmed."""
    found = _measured(checklist, answers)
    if found == "outside_scope" and answers.get("scale") != "right":
        return None
    return _POSITIONS.get(found) if found else None


def _measured(checklist: Checklist, answers: Answers) -> Verdict | None:
    """What figures or the band come to, confirmed or not."""
    grams = grams_per_person_day(checklist, answers)
    return _by_grams(grams) if grams is not None else _BANDS.get(_band(checklist, answers))


def _by_grams(grams: float) -> Verdict:
    if grams < LOW:
        return "fine"
    return "ask_arm" if grams <= HIGH else "outside_scope"


def _band(checklist: Checklist, answers: Answers) -> str:
    return "".join(codes(counted(checklist.items["gold_band"], checklist, answers)))


def _without_figures(checklist: Checklist, answers: Answers) -> Verdict:
    """Where no gold is mined there is nothing to find out; metals that were passed over may hold some."""
    if "metals" in answers and not applies(checklist.items["gold_month"], checklist, answers):
        return "none"
    said = [counted(checklist.items[name], checklist, answers) for name in FEEDS]
    return "unknown" if any(is_unknown(answer) for answer in said) else "none"
