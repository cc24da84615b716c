"""What a phone number tells, or the language an app is set to: the country, and what people most likely speak."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers import timezone

SPOKEN = {
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE",
    "en": "AU BB BW BZ DM FJ GB GD GH GM GY IE JM KE LC LR LS MW NA NG NZ PG PH SB SL SS SZ TT TZ UG US VC ZA ZM ZW",
    "fr": "BF BI BJ CD CF CG CI DJ FR GA GN KM MG ML NE SN TD TG",
    "pt": "AO BR CV GW MZ PT ST TL",
}
"""Country -> official language, for countries where one of ours serves; the rest are asked."""


def origin(number: str) -> tuple[str | None, str | None]:
    """Country (ISO 3166-1 alpha-2) and language of a number in E.164; None where it tells nothing."""
    try:
        country = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None, None
    if country is None or not country.isalpha():
        return None, None  # a satellite phone is "001": it tells nothing
    return country, next((locale for locale, countries in SPOKEN.items() if country in countries.split()), None)


def clock_ahead(number: str, now: float) -> float | None:
    """How many seconds the clocks where the number is from are ahead of UTC at `now` (epoch seconds).

    None where the number tells nothing. Of several zones it is the first.
    """
    try:
        name = timezone.time_zones_for_number(phonenumbers.parse(number))[0]
        ahead = datetime.fromtimestamp(now, ZoneInfo(name)).utcoffset()
    except (phonenumbers.NumberParseException, ZoneInfoNotFoundError):
        return None
    return ahead.total_seconds() if ahead is not None else None


def spoken_in_app(code: str | None, known: Collection[str]) -> str | None:
    """The one of the `known` locales that an app's language code means: "pt-br" is pt_BR, else pt; None for neither."""
    language, _, region = (code or "").replace("_", "-").partition("-")
    meant = (f"{language.lower()}_{region.upper()}", language.lower())
    return next((locale for locale in meant if locale in known), None)
