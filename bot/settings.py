"""The only reader of the environment, and of a `.env` in the current folder. Says all that is wrong at once.

How each is written is in `setting_types`; `.env.example` explains them; `bootstrap` makes the parts from them.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict

from bot import setting_types as as_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import ModelWrapValidatorHandler
    from pydantic_core import ErrorDetails

_OURS = "BATEA_"
Level = Literal["debug", "info", "warning", "error"]


class BadSettings(Exception):
    """Settings are wrong or missing; `problems` names each with its fix."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """What `web`, `worker` and `check` are told. Raises `BadSettings`."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        case_sensitive=True,
        extra="ignore",
        frozen=True,
    )
    at_home: ClassVar[bool] = False

    redis_url: as_.StoreUrl | None = Field(default=None, alias="REDIS_URL")
    public_url: as_.Origin | None = Field(default=None, alias="PUBLIC_URL")
    port: int = Field(default=8000, alias="PORT", ge=1, le=65535)
    host: str = Field(default="0.0.0.0", alias="BATEA_HOST")  # noqa: S104 - the platform's router has to reach it
    proxies: as_.Proxies = Field(default=("127.0.0.1",), alias="BATEA_PROXIES")

    telegram_bot_token: as_.BotToken | None = Field(default=None, alias="TELEGRAM_BOT_TOKEN")
    telegram_api_url: as_.Origin = Field(default="https://api.telegram.org", alias="TELEGRAM_API_URL")
    telegram_webhook_secret: as_.HookSecret | None = Field(default=None, alias="TELEGRAM_WEBHOOK_SECRET")
    telegram_rate: float = Field(default=30, alias="TELEGRAM_RATE", gt=0)

    twilio_account_sid: as_.AccountSid | None = Field(default=None, alias="TWILIO_ACCOUNT_SID")
    twilio_auth_token: SecretStr | None = Field(default=None, alias="TWILIO_AUTH_TOKEN")
    twilio_from: as_.SmsNumber | None = Field(default=None, alias="TWILIO_FROM")
    twilio_messaging_service_sid: as_.ServiceSid | None = Field(default=None, alias="TWILIO_MESSAGING_SERVICE_SID")
    twilio_api_url: as_.Origin = Field(default="https://api.twilio.com", alias="TWILIO_API_URL")
    twilio_rate: float = Field(default=1, alias="TWILIO_RATE", gt=0)

    smtp_url: as_.MailUrl | None = Field(default=None, alias="SMTP_URL")
    mail_from: as_.Sender = Field(default="Batea <batea@localhost>", alias="MAIL_FROM")

    keys: as_.Keys = Field(default=(), alias="BATEA_KEYS")
    contacts: as_.ExistingFile | None = Field(default=None, alias="BATEA_CONTACTS")
    webhook_secret: as_.WebhookSecret | None = Field(default=None, alias="BATEA_WEBHOOK_SECRET")
    folder: Path = Field(default=Path(".batea"), alias="BATEA_DATA")
    locale: as_.Locale = Field(default="es", alias="BATEA_LOCALE")
    audio: as_.ExistingFolder | None = Field(default=None, alias="BATEA_AUDIO")
    brake: int = Field(default=20, alias="BATEA_BRAKE", ge=0)
    sweep: float = Field(default=60, alias="BATEA_SWEEP", gt=0)
    try_it: bool = Field(default=False, alias="BATEA_TRY")
    sms_in_pieces: as_.Countries = Field(default=frozenset(), alias="BATEA_SMS_IN_PIECES")
    sms_cost: bool = Field(default=True, alias="BATEA_SMS_COST")
    log_level: Level = Field(default="info", alias="LOG_LEVEL")

    # The defaults are those of ARM's own pages (facts.md, "What to tell people").
    arm_phone: str = Field(default="+57 604 332 47 11", alias="BATEA_ARM_PHONE")
    arm_mail: str = Field(default="standards@responsiblemines.org", alias="BATEA_ARM_MAIL")
    arm_web: str = Field(default="fairmined.org", alias="BATEA_ARM_WEB")

    @property
    def base_url(self) -> str:
        """Where people and providers reach us: PUBLIC_URL, or this machine."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - every address, ours included
        return self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def trial(self) -> bool:
        """Whether nobody but this machine is served."""
        return self.at_home and self.public_url is None

    @property
    def recordings(self) -> Path:
        """The folder of recorded questions: BATEA_AUDIO, or one that need not be there."""
        return self.audio or Path("audio")

    @model_validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, given: dict[str, Any], handler: ModelWrapValidatorHandler[Self]) -> Self:
        # Values and what is missing are told together, and a wrong value must not hide a missing one.
        missing = list(_missing(given, at_home=cls.at_home))
        try:
            settings = handler(given)
        except ValidationError as error:
            raise BadSettings([_line(details) for details in error.errors()] + missing) from None
        if missing:
            raise BadSettings(missing)
        return settings


class RunSettings(Settings):
    """What `batea run` is told: everything has a default, and only this machine can reach it."""

    at_home: ClassVar[bool] = True

    host: str = Field(default="127.0.0.1", alias="BATEA_HOST")
    try_it: bool = Field(default=True, alias="BATEA_TRY")
    log_level: Level = Field(default="warning", alias="LOG_LEVEL")


def misspelt() -> dict[str, str | None]:
    """What begins with BATEA_ in the environment or in `.env` and is no setting, and the setting that is like it."""
    names = [str(field.alias) for field in Settings.model_fields.values()]
    known = {name.removeprefix(_OURS): name for name in names}
    given = {*EnvSettingsSource(Settings).env_vars, *DotEnvSettingsSource(Settings).env_vars}
    odd = sorted(name for name in given if name.upper().startswith(_OURS) and name not in names)
    like = {name: get_close_matches(name.upper().removeprefix(_OURS), known, 1) for name in odd}
    return {name: known[found[0]] if found else None for name, found in like.items()}


_FIXES = {
    "int_parsing": "write a whole number",
    "float_parsing": "write a number",
    "bool_parsing": "write true or false",
    "literal_error": "choose one of {expected}",
    "greater_than": "write a number above {gt}",
    "greater_than_equal": "write {ge} or more",
    "less_than_equal": "write {le} or less",
}


def _line(details: ErrorDetails) -> str:
    plain = details["msg"].removeprefix("Value error, ")
    return f"{details['loc'][0]}: {_FIXES.get(details['type'], plain).format(**details.get('ctx', {}))}"


def _missing(given: Mapping[str, Any], *, at_home: bool) -> Iterator[str]:
    yield from _missing_sms(given)
    yield from _missing_telegram(given)
    yield from _missing_mail(given)
    if "REDIS_URL" in given and not at_home:
        yield from _missing_away(given)


def _missing_sms(given: Mapping[str, Any]) -> Iterator[str]:
    senders = {"TWILIO_FROM", "TWILIO_MESSAGING_SERVICE_SID"}
    if not given.keys() & {"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", *senders}:
        return
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        if name not in given:
            yield f"{name}: is missing, and other TWILIO settings are there; copy it from Twilio's console"
    if not given.keys() & senders:
        yield "TWILIO_FROM: is missing; set it, or TWILIO_MESSAGING_SERVICE_SID, so that there is a sender"


def _missing_telegram(given: Mapping[str, Any]) -> Iterator[str]:
    if given.keys() >= {"TELEGRAM_BOT_TOKEN", "PUBLIC_URL"} and "TELEGRAM_WEBHOOK_SECRET" not in given:
        yield (
            "TELEGRAM_WEBHOOK_SECRET: is missing, and with PUBLIC_URL Telegram is told to call us; "
            "make one up: 1 to 256 of A-Z a-z 0-9 _ -"
        )


def _missing_mail(given: Mapping[str, Any]) -> Iterator[str]:
    if "SMTP_URL" in given and "MAIL_FROM" not in given:
        yield "MAIL_FROM: is missing, and SMTP_URL is set; write the sender, like Batea <batea@example.org>"
    if "SMTP_URL" in given and "BATEA_CONTACTS" not in given:
        yield "BATEA_CONTACTS: is missing, and SMTP_URL is set; name the file of the people who get referrals"


def _missing_away(given: Mapping[str, Any]) -> Iterator[str]:
    # With a Redis elsewhere this disk may be gone tomorrow, and with it a key that was made up on it.
    if "BATEA_KEYS" not in given:
        yield "BATEA_KEYS: is missing, and REDIS_URL is set; make one with `batea key` and keep it safe"
