from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.contacts import About, BadContacts, Contact, Contacts, load_contacts, read_contacts, sample

ROOT = Path(__file__).parents[2]

HOUSE = Contacts(
    (
        Contact(name="protection-co", role="protection", mail="p@example.org", languages=("es",), countries=("CO",)),
        Contact(name="lead-es", role="lead", mail="a@example.org", languages=("es", "en")),
        Contact(name="andes", role="staff", mail="b@example.org", languages=("es",), countries=("PE", "BO")),
        Contact(name="africa", role="staff", mail="c@example.org", languages=("fr",), countries=("BF", "ML")),
        Contact(name="lead-pt", role="lead", mail="d@example.org", languages=("pt_BR",), countries=("BR",)),
    )
)


@pytest.mark.parametrize(
    ("country", "locale", "names"),
    [
        ("CO", "es", ["lead-es"]),
        ("PE", "es", ["lead-es", "andes"]),
        ("PE", "en", ["lead-es"]),
        ("BF", "fr", ["africa"]),
        ("BR", "pt", ["lead-pt"]),
        ("BR", "pt_PT", ["lead-pt"]),
        (None, "es", ["lead-es"]),
        (None, "fr", ["lead-es"]),
        ("MN", "mn", ["lead-es"]),
        ("BF", "es", ["lead-es"]),
    ],
)
def test_a_referral_goes_to_whom_country_and_language_match_else_to_the_first_lead(
    country: str | None, locale: str, names: list[str]
) -> None:
    assert [contact.name for contact in HOUSE.staff_for(country, locale)] == names


@pytest.mark.parametrize(
    ("about", "names"),
    [
        ("apply_now", ["lead", "certification"]),
        ("formalise_first", ["lead", "craft"]),
        ("close_gaps", ["lead"]),
        ("talk", ["lead", "craft"]),
        (None, ["lead", "certification", "craft"]),
    ],
)
def test_a_result_goes_to_whoever_wants_it_a_consent_taken_back_to_all(about: About | None, names: list[str]) -> None:
    raw = tomllib.loads("""
        [[contact]]
        name = "lead"
        role = "lead"
        mail = "l@example.org"
        languages = ["es"]
        [[contact]]
        name = "certification"
        role = "staff"
        mail = "a@example.org"
        languages = ["es"]
        results = ["apply_now"]
        [[contact]]
        name = "craft"
        role = "staff"
        mail = "f@example.org"
        languages = ["es"]
        results = ["formalise_first", "talk"]
        """)
    contacts = read_contacts(raw, "contacts.toml")
    assert [contact.name for contact in contacts.staff_for("CO", "es", about)] == names


def test_a_result_that_nobody_wants_goes_to_the_first_lead() -> None:
    lead = Contact(name="lead", role="lead", mail="l@example.org", languages=("es",), results=("apply_now",))
    assert Contacts((lead,)).staff_for("CO", "es", "close_gaps") == (lead,)


def test_private_matters_go_to_a_protection_contact_of_that_country_only() -> None:
    assert [contact.name for contact in HOUSE.protection_for("CO")] == ["protection-co"]
    assert HOUSE.protects("CO")
    assert not HOUSE.protects("PE")


def test_where_the_country_is_not_known_only_a_protection_contact_for_all_counts() -> None:
    everywhere = Contact(name="all", role="protection", mail="p@example.org", languages=("en",))
    assert not HOUSE.protects(None)
    assert Contacts((*HOUSE.everybody, everywhere)).protects(None)


@pytest.mark.parametrize(
    ("languages", "locale"), [(("fr", "en", "es"), "en"), (("pt_BR",), "es"), (("en_GB",), "en"), (("es",), "es")]
)
def test_a_contact_is_written_to_in_their_first_language_that_there_is(languages: tuple[str, ...], locale: str) -> None:
    contact = Contact(name="x", role="lead", mail="x@example.org", languages=languages)
    assert contact.locale(("es", "en")) == locale


def test_the_example_file_can_be_used_as_it_stands() -> None:
    contacts = load_contacts(ROOT / "docs" / "contacts.example.toml")
    assert {contact.role for contact in contacts.everybody} == {"lead", "staff", "protection"}
    assert all(contact.mail.endswith("@example.org") for contact in contacts.everybody)
    assert contacts.within_days == {}


def test_the_promises_of_the_example_file_can_be_switched_on(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "contacts.example.toml").read_text(encoding="utf-8")
    before, _, promises = text.partition("# [within_days]")
    path = tmp_path / "contacts.toml"
    path.write_text(f"{before}[within_days]{promises.replace('# ', '')}", encoding="utf-8")
    assert sorted(load_contacts(path).within_days) == ["A", "B", "D", "F", "P"]


def test_the_sample_says_that_it_is_one_and_writes_to_nobody() -> None:
    contacts = sample()
    assert all(contact.name.startswith(("Muestra", "Sample", "Exemple", "Exemplo")) for contact in contacts.everybody)
    assert all(contact.mail.endswith("@example.org") for contact in contacts.everybody)
    assert contacts.protects(None)
    assert [contact.languages[0] for contact in contacts.staff_for("GH", "en")] == ["en"]
    assert [contact.languages[0] for contact in contacts.staff_for("CO", "es")] == ["es"]


def test_every_mistake_is_named_at_once_with_its_place() -> None:
    raw = tomllib.loads("""
        colour = 1
        [[contact]]
        name = "Ana"
        role = "boss"
        mail = "ana at example"
        languages = []
        countries = ["Colombia", "CO", "ZZZ"]
        mail_detail = "everything"
        results = ["apply"]
        webhook = "ftp://example.org"
        nickname = "A"
        [[contact]]
        name = "Ana"
        role = "staff"
        languages = ["Spanish", 3]
        """)
    with pytest.raises(BadContacts) as caught:
        read_contacts(raw, "contacts.toml")
    places = [mistake.split(": ")[:3] for mistake in caught.value.mistakes]
    assert places == [
        ["contacts.toml", "colour", "no such key, only [[contact]] and [within_days]"],
        *(
            ["contacts.toml", "contact 1 (Ana)", key]
            for key in ("role", "mail", "languages", "countries", "mail_detail", "results", "webhook", "nickname")
        ),
        ["contacts.toml", "contact 2 (Ana)", "mail"],
        ["contacts.toml", "contact 2 (Ana)", "languages"],
        ["contacts.toml", "name", "'Ana' is used 2 times"],
        ["contacts.toml", "role", 'nobody is "lead", who gets what no other contact matches'],
    ]
    assert "Colombia, ZZZ" in str(caught.value)


LEAD = '[[contact]]\nname = "Ana"\nrole = "lead"\nmail = "a@example.org"\nlanguages = ["es"]\n'


def test_by_when_somebody_calls_is_promised_by_triage_letter() -> None:
    raw = tomllib.loads(f"{LEAD}[within_days]\nP = 2\nA = 5")
    assert read_contacts(raw, "contacts.toml").within_days == {"P": 2, "A": 5}
    assert read_contacts(tomllib.loads(LEAD), "contacts.toml").within_days == {}


@pytest.mark.parametrize(
    ("promise", "fix"),
    [
        ("Z = 3", "Z: no such letter; there are P, A, B, F, D"),
        ("X = 3", "X: no such letter; there are P, A, B, F, D"),
        ('A = "soon"', "A: write whole days from 1 to 90, such as A = 5"),
        ("B = 2.5", "B: write whole days from 1 to 90, such as B = 5"),
        ("D = 0", "D: write whole days from 1 to 90, such as D = 5"),
        ("D = 91", "D: write whole days from 1 to 90, such as D = 5"),
        ("F = true", "F: write whole days from 1 to 90, such as F = 5"),
    ],
)
def test_a_promise_that_cannot_be_kept_count_of_is_named_with_its_fix(promise: str, fix: str) -> None:
    with pytest.raises(BadContacts) as caught:
        read_contacts(tomllib.loads(f"{LEAD}[within_days]\nP = 1\n{promise}"), "contacts.toml")
    assert caught.value.mistakes == [f"contacts.toml: within_days: {fix}"]


def test_promises_are_a_table() -> None:
    with pytest.raises(BadContacts, match=r"within_days: write \[within_days\]"):
        read_contacts(tomllib.loads(f"within_days = 3\n{LEAD}"), "contacts.toml")


@pytest.mark.parametrize("raw", [{}, {"contact": {"name": "one bracket"}}, {"contact": ["text"]}, {"contact": []}])
def test_a_file_without_a_contact_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(BadContacts):
        read_contacts(raw, "contacts.toml")


def test_a_file_that_is_no_toml_or_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "contacts.toml"
    with pytest.raises(BadContacts, match=r"contacts\.toml"):
        load_contacts(path)
    path.write_text("[[contact]\n")
    with pytest.raises(BadContacts, match="line 1"):
        load_contacts(path)
