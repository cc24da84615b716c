"""Made-up phone numbers that look as they do in a country. They are written to nobody: phones in a browser only."""

from __future__ import annotations

from secrets import SystemRandom
from string import digits

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

COUNTRIES = ("CO", "PE", "BO", "EC", "HN", "BR", "BF", "ML", "NE", "GH", "KE", "TZ", "UG", "MN", "PH")
_TAIL = 7
_TRIES = 100


def made_up(country: str) -> str:
    """A mobile number of the country (ISO 3166-1 alpha-2) in E.164: the plan's example with a random tail."""
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    if example is None:
        message = f"no mobile numbers are known of {country}"
        raise ValueError(message)
    written = phonenumbers.format_number(example, PhoneNumberFormat.E164)
    return next((number for number in map(_with_tail, [written] * _TRIES) if _mobile(number)), written)


def legible(number: str) -> str:
    """The number as it is written to be read, with spaces."""
    return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)


def _with_tail(number: str) -> str:
    return number[:-_TAIL] + "".join(SystemRandom().choices(digits, k=_TAIL))


def _mobile(number: str) -> bool:
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.number_type(phonenumbers.parse(number)) in kinds
