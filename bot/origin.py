"""What a phone number tells, or the language an app is set to: the country, what people most likely speak, the time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from babel.core import get_global
from phonenumbers import timezone

SPOKEN = {
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE",
    "en": "AU BB BW BZ DM FJ GB GD GH GM GY IE JM KE LC LR LS MW NA NG NZ PG PH SB SL SS SZ TT TZ UG US VC ZA ZM ZW",
    "fr": "BF BI BJ CD CF CG CI DJ FR GA GN KM MG ML NE SN TD TG",
    "pt": "AO BR CV GW MZ PT ST TL",
}
"""Country -> official language, for countries where one of ours serves; the rest are asked."""

_MAIN = frozenset(
    (
        *("Africa/Kinshasa", "America/Guayaquil", "America/Mexico_City", "America/New_York", "America/Nuuk"),
        *("America/Santiago", "America/Sao_Paulo", "America/Toronto", "Asia/Jakarta", "Asia/Shanghai"),
        *("Asia/Ulaanbaatar", "Australia/Sydney", "Europe/Kyiv", "Europe/Lisbon", "Europe/Madrid", "Europe/Moscow"),
        *("Pacific/Auckland", "Pacific/Chuuk", "Pacific/Port_Moresby", "Pacific/Tahiti", "Pacific/Tarawa"),
    )
)
"""Where most people live, in countries whose clocks differ."""
_QUARTER = 900


def origin(number: str) -> tuple[str | None, str | None]:
    """Country (ISO 3166-1 alpha-2) and language of a number in E.164; None where it tells nothing."""
    try:
        country = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None, None
    if country is None or not country.isalpha():
        return None, None  # a satellite phone is "001": it tells nothing
    return country, next((locale for locale, countries in SPOKEN.items() if country in countries.split()), None)


def clocks(number: str, country: str, now: float) -> tuple[float | None, tuple[float, float]]:
    """How many seconds the clocks where the number is from are ahead of UTC at `now` (epoch seconds).

    Where it tells nothing, those of the country (ISO 3166-1 alpha-2); None where that tells nothing either. Of several
    zones it is that of most people; beside it, how far others are behind that one, and how far ahead.
    """
    return _clocks(_zones_of(number) or _zones_in(country), int(now // _QUARTER))


@lru_cache(maxsize=512)
def _clocks(zones: tuple[str, ...], quarter: int) -> tuple[float | None, tuple[float, float]]:
    found = {zone: ahead for zone in zones if (ahead := _ahead(zone, quarter * _QUARTER)) is not None}
    if not found:
        return None, (0, 0)
    main = next((ahead for zone, ahead in found.items() if zone in _MAIN), next(iter(found.values())))
    return main, (main - min(found.values()), max(found.values()) - main)


def _ahead(zone: str, now: float) -> float | None:
    try:
        ahead = datetime.fromtimestamp(now, ZoneInfo(zone)).utcoffset()
    except ZoneInfoNotFoundError:
        return None
    return ahead.total_seconds() if ahead is not None else None


def _zones_of(number: str) -> tuple[str, ...]:
    try:
        found = timezone.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in found if zone != timezone.UNKNOWN_TIMEZONE)


def _zones_in(country: str) -> tuple[str, ...]:
    return tuple(get_global("territory_zones").get(country, ()))


def spoken_in_app(code: str | None, known: Collection[str]) -> str | None:
    """The one of the `known` locales that an app's language code means: "pt-br" is pt_BR, else pt; None for neither."""
    language, _, region = (code or "").replace("_", "-").partition("-")
    meant = (f"{language.lower()}_{region.upper()}", language.lower())
    return next((locale for locale in meant if locale in known), None)
