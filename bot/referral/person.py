"""Who asked and how they may be reached, in words for ARM: only what the person agreed to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import phonenumbers
from babel import Locale

from bot.origin import origin
from bot.referral.draft import kind, may_call
from bot.report.summary import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.referral.draft import Draft
    from bot.texts import Texts

_NUMBER = re.compile(r"\+?(?:\d[\s()-]*){6,}\d")
"""Seven figures and more: no hour has so many."""
_DETAILS = ("name", "organisation", "place")


def who(draft: Draft, texts: Texts, locale: str) -> tuple[Fact, ...]:
    """Name, organisation and place as they were given; nothing where no summary was passed on."""
    if kind(draft) != "referral":
        return ()
    nothing = texts.get(locale, "desk.not_given")
    return tuple(
        Fact(texts.get(locale, f"desk.label.{name}"), str(draft.answers.get(name) or nothing)) for name in _DETAILS
    )


def spoken(draft: Draft, texts: Texts, locale: str) -> tuple[Fact, ...]:
    """The country, the language and the channel of the conversation, and how the answers were given."""
    return tuple(_spoken(draft, texts, locale))


def reach(draft: Draft, texts: Texts, locale: str, *, discreet: bool = False) -> str:
    """Whether and how the person may be called, in one sentence; about what is private (`discreet`) only as "Batea"."""
    if draft.answers.get("call_back") != "yes":
        return texts.get(locale, "reach.none")
    how = draft.answers.get("call_how", "unsaid")
    private = (discreet or draft.quiet) and how == "any_day"
    return texts.get(locale, "reach.only_batea" if private else f"reach.{how}")


def number(draft: Draft) -> str | None:
    """The number to call (E.164) if a call was agreed to: the one given for it, else the phone's own; None for none."""
    own = draft.address if draft.address.startswith("+") else None
    return (given_number(draft) or own) if may_call(draft) else None


def given_number(draft: Draft) -> str | None:
    """The number (E.164) in what was said about the call; without a country code it is one of that of phone or mine."""
    said = _NUMBER.search(str(draft.answers.get("call_note", "")))
    if said is None:
        return None
    country = origin(draft.address)[0] or str(draft.answers.get("country", ""))
    try:
        parsed = phonenumbers.parse(said[0], country or None)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def when(draft: Draft, *, revealed: bool = False) -> str:
    """What was said about when to call; a number in it only where it was asked for."""
    said = str(draft.answers.get("call_note") or "") if may_call(draft) else ""
    return said if revealed else _NUMBER.sub("•••", said)


def contact_facts(draft: Draft, texts: Texts, locale: str) -> tuple[Fact, ...]:
    """The telephone and what was said about when to call; nothing unless a call was agreed to."""
    return tuple(_contact_facts(draft, texts, locale)) if may_call(draft) else ()


def readable(phone: str) -> str:
    """A number in E.164 as it is written for people."""
    try:
        parsed = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _spoken(draft: Draft, texts: Texts, locale: str) -> Iterator[Fact]:
    shown = Locale.parse(locale)
    if draft.country:
        yield Fact(texts.get(locale, "desk.label.country"), shown.territories.get(draft.country, draft.country))
    language = Locale.parse(draft.locale).get_display_name(shown) or draft.locale
    yield Fact(texts.get(locale, "desk.label.language"), language)
    yield Fact(texts.get(locale, "desk.label.channel"), texts.get(locale, f"desk.channel.{_channel(draft)}"))
    how = "; ".join(given(draft, texts, locale))
    if how:
        yield Fact(texts.get(locale, "desk.label.pace"), how)


def given(draft: Draft, texts: Texts, locale: str) -> Iterator[str]:
    """How the answers were given, where that is worth a word: it proves nothing, and tells what to ask again."""
    pace = draft.pace
    if pace.run:
        yield texts.get(locale, "desk.pace.run", count=pace.run)
    if pace.fast:
        sections = ", ".join(texts.get(locale, f"report.section.{name}") for name in pace.fast)
        yield texts.get(locale, "desk.pace.fast", sections=sections)
    if pace.rows:
        yield texts.get(locale, "desk.pace.rows", count=pace.rows)


def _contact_facts(draft: Draft, texts: Texts, locale: str) -> Iterator[Fact]:
    phone = number(draft)
    if phone:
        yield Fact(texts.get(locale, "desk.label.phone"), readable(phone))
    elif _channel(draft) == "telegram":
        yield Fact(texts.get(locale, "desk.label.phone"), texts.get(locale, "desk.telegram", address=draft.address))
    if note := when(draft):
        yield Fact(texts.get(locale, "desk.label.note"), note)


def _channel(draft: Draft) -> str:
    return next((name for name in ("sms", "telegram") if draft.channel.endswith(name)), "other")
