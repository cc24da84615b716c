"""The eligibility summary: its words, and the paper and picture that carry them. Nothing private is ever in it."""

from bot.report.paper import pdf, png
from bot.report.summary import Summary
from bot.report.words import summarise

__all__ = ["Summary", "pdf", "png", "summarise"]
