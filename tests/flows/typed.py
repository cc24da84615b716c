"""What the tests of reading share: the catalogs' word lists, questions with labels of their own, the real checklist.

The labels are written here, so that wording mended in the catalogs does not change what these tests say.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path

import msgspec
from babel.messages.pofile import read_po

from flows.answers import AskBack, Question, Read, Unclear, read
from flows.model import Answer, Checklist, Country, Quantity, Unit
from flows.session import Pending
from flows.words import Lexicon, Words, plain

ROOT = Path(__file__).parents[2]
UNCERTAIN = ("yes", "no", "unknown")

LABELS = {
    "es": {
        "records.yes": "sí, todo",
        "records.no": "no, o a medias",
        "records.unknown": "no sé",
        "mercury_burning.no": "siempre con retorta y lejos de casas",
        "mercury_burning.yes": "a veces al aire o en casa",
        "mercury_burning.unknown": "no sé",
        "forced_work.no": "sí, todos",
        "forced_work.yes": "no todos",
        "forced_work.unknown": "no sé o no digo",
        "children.no": "nunca",
        "children.yes": "a veces o siempre",
        "children.unknown": "no sé o no digo",
        "security_talk.no": "no",
        "security_talk.yes": "sí, quiero hablar",
        "security_talk.unknown": "paso",
        "role.leader": "directivo o secretaria | presidente | secretario",
        "role.member": "socio o socia | socio | socia",
        "role.worker": "trabajador, no socio | obrero",
        "role.independent": "lavo o escojo por mi cuenta | barequero",
        "role.companion": "acompaño al grupo | facilitador",
        "community_based.workers": "de quienes la trabajan o de la comunidad",
        "community_based.investor": "de un dueño o inversionista que no trabaja ahí",
        "community_based.both": "mitad y mitad",
        "community_based.unknown": "no sé",
        "metals.gold": "oro",
        "metals.silver": "plata",
        "metals.platinum": "platino",
        "metals.other": "otro | cobre",
        "processing.pan": "batea o canalón",
        "processing.own_plant": "molino o planta propia",
        "processing.other_plant": "molino o planta de otro",
        "processing.sell_ore": "vendemos sin procesar",
        "processing.unknown": "no sé",
        "gold_band.under_3": "menos de 3 gramos",
        "gold_band.3_to_5": "3 a 5 gramos",
        "gold_band.over_5": "más de 5 gramos",
        "gold_band.unknown": "no sé",
        "three_ways.all": "sí, todos los días",
        "three_ways.some": "sí, algunos días",
        "three_ways.none": "nunca",
        "formal.yes": "formal",
        "formal.no": "ilegal",
        "welcome.yes": "seguir",
        "welcome.no": "no",
    },
    "en": {
        "records.yes": "yes, all of it",
        "records.no": "no, or partly",
        "records.unknown": "don't know",
        "mercury_burning.no": "always with a retort, far from houses",
        "mercury_burning.yes": "sometimes in the open or at home",
        "mercury_burning.unknown": "don't know",
        "metals.gold": "gold",
        "metals.silver": "silver",
        "metals.platinum": "platinum",
        "metals.other": "other | copper",
        "welcome.yes": "go on",
        "welcome.no": "no",
    },
}
CHOICES = {
    "mercury_burning": ("no", "yes", "unknown"),
    "forced_work": ("no", "yes", "unknown"),
    "children": ("no", "yes", "unknown"),
    "security_talk": ("no", "yes", "unknown"),
    "welcome": ("yes", "no"),
    "role": ("leader", "member", "worker", "independent", "companion"),
    "community_based": ("workers", "investor", "both", "unknown"),
    "metals": ("gold", "silver", "platinum", "other"),
    "processing": ("pan", "own_plant", "other_plant", "sell_ore", "unknown"),
    "gold_band": ("under_3", "3_to_5", "over_5", "unknown"),
    "three_ways": ("all", "some", "none"),
    "formal": ("yes", "no"),
}
QUESTIONS = {
    **{name: Question(name, "one", choices) for name, choices in CHOICES.items()},
    "records": Question("records", "one", UNCERTAIN),
    "metals": Question("metals", "several", CHOICES["metals"]),
    "processing": Question("processing", "several", CHOICES["processing"]),
    "miners": Question("miners", "number", ("unknown",), 1, 100_000),
    "days_month": Question("days_month", "number", ("unknown",), 1, 31),
    "gold_month": Question("gold_month", "quantity", ("unknown",)),
    "country": Question("country", "country", ()),
    "place": Question("place", "text", ()),
}


def _lexicon(locale: str) -> Lexicon:
    with (ROOT / "locales" / locale / "LC_MESSAGES" / "batea.po").open("rb") as file:
        catalog = {str(message.id): str(message.string) for message in read_po(file, locale=locale) if message.id}
    texts = {key: text for key, text in catalog.items() if key.startswith("words.")} | LABELS[locale]
    return Lexicon({key: tuple(filter(None, map(plain, text.split("|")))) for key, text in texts.items()})


@cache
def words() -> Words:
    """The word lists of the catalogs with the labels above."""
    return Words({locale: _lexicon(locale) for locale in LABELS})


@cache
def checklist() -> Checklist:
    """Countries, units and periods of the real content; nothing else of it is needed here."""
    folder = ROOT / "flows" / "fairmined"
    content = tomllib.loads((folder / "2026-11.toml").read_text(encoding="utf-8"))
    with (folder / "countries.csv").open(encoding="utf-8") as file:
        countries = {row["iso2"]: Country(**row) for row in csv.DictReader(file)}
    units = {unit["id"]: msgspec.convert(unit, Unit) for unit in content["unit"]}
    return Checklist("test", "test", (), countries, units, content["periods"], {})


def heard(name: str, text: str, locale: str = "es", pending: Pending | None = None) -> Read | AskBack | Unclear:
    """What reading the text as an answer to the question `name` comes to."""
    return read(QUESTIONS[name], words(), locale, text, checklist=checklist(), pending=pending)


def short(outcome: Read | AskBack | Unclear) -> Answer | None:
    """An outcome as a table writes it: the answer, "unclear:why", or "ask:why:candidate/candidate"."""
    match outcome:
        case Unclear(why):
            return f"unclear:{why}"
        case AskBack(why, _, candidates):
            return f"ask:{why}:" + "/".join(candidate.value for candidate in candidates)
        case Read(Quantity(amount, unit, period)):
            return f"{amount:g} {unit} {period}"
        case Read(answer):
            return answer


def waiting(outcome: Read | AskBack | Unclear) -> Pending:
    """What the session keeps of a question that was put back."""
    assert isinstance(outcome, AskBack), outcome
    return Pending(outcome.why, outcome.said, outcome.candidates)
