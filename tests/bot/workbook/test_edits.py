"""What ARM edits becomes a version: it loads, passes the whole lint, and can be talked through."""

from __future__ import annotations

from msgspec.structs import replace
from openpyxl import Workbook

from bot.catalogs.lint import in_catalogs, in_words, texts_of
from bot.content import load_content
from bot.settings import Settings
from bot.talk import Talk
from bot.texts import catalog_path, load_texts, locales, read_catalog, regions
from flows.check import lint
from flows.load import load
from flows.phases import DONE
from tests.bot.workbook.rooms import NEW, OLD, Room, add, in_all, put, row_of

ASK = {
    "es": "¿Guardan la gasolina lejos del fuego?",
    "en": "Do you keep fuel away from fire?",
    "fr": "L'essence est-elle loin du feu ?",
    "pt": "A gasolina fica longe do fogo?",
}
LABELS = {
    "yes": {"es": "sí, siempre", "en": "yes, always", "fr": "oui, toujours", "pt": "sim, sempre"},
    "no": {"es": "no, o no siempre", "en": "no, or not always", "fr": "non, pas toujours", "pt": "não, nem sempre"},
    "unknown": {"es": "no sé", "en": "don't know", "fr": "je ne sais pas", "pt": "não sei"},
}
TEXTS = {
    "hint": {
        "es": "El fuego mata.",
        "en": "Fire kills.",
        "fr": "Le feu tue.",
        "pt": "O fogo mata.",
    },
    "means": {
        "es": "Gasolina y diésel. Ejemplo: el bidón está lejos de la cocina.",
        "en": "Petrol and diesel. Example: the drum is far from the kitchen.",
        "fr": "Essence et gasoil. Exemple : le bidon est loin de la cuisine.",
        "pt": "Gasolina e diesel. Exemplo: o tambor fica longe da cozinha.",
    },
    "short": {"es": "gasolina", "en": "fuel", "fr": "essence", "pt": "gasolina"},
    "block": {"es": "¿Gasolina lejos?", "en": "Fuel away?", "fr": "Essence loin ?", "pt": "Gasolina longe?"},
    "gap": {
        "es": "Guardar la gasolina lejos del fuego. Busquen hoy un lugar.",
        "en": "Keep fuel away from fire. Find a place today.",
        "fr": "Garder l'essence loin du feu. Trouvez un lieu ce jour.",
        "pt": "Guardar a gasolina longe do fogo. Achem um lugar hoje.",
    },
    "help": {"es": "los bomberos", "en": "the fire service", "fr": "les pompiers", "pt": "os bombeiros"},
    "who": {
        "es": "Con el jefe de mina: ¿dónde está la gasolina?",
        "en": "With the mine captain: where is the fuel?",
        "fr": "Avec le chef de mine : où est l'essence ?",
        "pt": "Com o chefe da mina: onde está a gasolina?",
    },
}
TYPED = {"miners": "20", "days_month": "20", "gold_month": "20 g"}
RULES = {"worker": "yes", "evidence": "topic", "severity": "life", "cost": 1, "when": "mine_type=underground,open_pit"}


def with_a_new_question(book: Workbook) -> None:
    """After `emergency`: fuel_stored, number 62, with all its texts."""
    survey = book["survey"]
    texts = {name: text for field, said in TEXTS.items() for name, text in in_all(field, said).items()}
    named = {"type": "select_one fuel_stored", "name": "fuel_stored", "number": 62}
    add(survey, row_of(survey, "emergency") + 1, {**named, **RULES, **in_all("label", ASK), **texts})
    for code, labels in reversed(LABELS.items()):
        add(book["choices"], 2, {"list_name": "fuel_stored", "name": code, **in_all("label", labels)})
        effect = "gap" if code == "no" else None
        add(book["choice_rules"], 2, {"item": "fuel_stored", "code": code, "effect": effect})


def edited(room: Room) -> None:
    """A text mended in two languages, a condition and the source changed, a question added."""
    room.edit(
        with_a_new_question,
        put("survey", ("ppe",), "gap::es", "Dar casco, botas y guantes a todos. Empiecen con los del socavón."),
        put("survey", ("ppe",), "gap::en", "Give everyone helmet, boots, gloves. Begin underground."),
        put("survey", ("ground_support",), "when", "mine_type=underground,old_tailings"),
        put("settings", ("Batea 2026-11",), "source", "Reviewed by ARM in December 2026."),
    )


def talked_through(room: Room) -> set[str]:
    """The questions that a leader is asked who always takes the first answer."""
    content = load_content(Settings.model_construct(), room.content, room.catalogs)
    assert content.newest.version == NEW
    talk = Talk(
        content.newest,
        content.words,
        content.texts,
        number="+573001234567",
        private=True,
        locale="es",
        clock=lambda: 0.0,
        chance=lambda: 1,
    )
    told = talk.open()
    seen: list[str] = []
    while told["state"] != DONE:
        assert seen.count(told["state"]) < 3
        seen.append(told["state"])
        typed = TYPED.get(told["state"], "?")
        told = talk.reply(told["options"][0]["reply"] if told["options"] else typed)
    return set(seen)


def test_an_edit_becomes_a_version_that_can_be_talked_through(room: Room) -> None:
    edited(room)
    imported = room.imported()
    imported.keep()
    new, old = load(NEW, room.content), load(OLD, room.content)
    assert lint(new) == []
    assert new.items["fuel_stored"].rule == {"no": "gap"}
    assert new.items["ground_support"].when == ({"mine_type": ("underground", "old_tailings")},)
    assert new.source == "Reviewed by ARM in December 2026."
    assert new.items.keys() - old.items.keys() == {"fuel_stored"}
    assert "fuel_stored" in talked_through(room)


def test_what_was_mended_and_added_is_told_by_language(room: Room) -> None:
    edited(room)
    imported = room.imported()
    assert imported.mended == {"es": ["ppe.gap"], "en": ["ppe.gap"], "fr": [], "pt": []}
    added = {
        f"fuel_stored.{field}" for field in ("ask", "why", "means", "short", "block", "gap", "help", "who", *LABELS)
    }
    assert {locale: set(keys) for locale, keys in imported.added.items()} == dict.fromkeys(ASK, added)


def test_catalogs_of_an_edit_are_whole_and_change_nowhere_else(room: Room) -> None:
    before = {locale: texts_of(read_catalog(locale, room.catalogs)) for locale in locales(room.catalogs)}
    regional = {region: catalog_path(region, room.catalogs).read_bytes() for region in regions(room.catalogs)}
    edited(room)
    room.imported().keep()
    for locale, old in before.items():
        new = texts_of(read_catalog(locale, room.catalogs))
        assert {key for key in new if new[key] != old.get(key)} - {"ppe.gap"} == new.keys() - old.keys()
        assert old.keys() <= new.keys()
    assert {region: catalog_path(region, room.catalogs).read_bytes() for region in regional} == regional
    assert room.imported("2027-02").files.keys() == {room.content / "2027-02.toml"}


def test_the_lint_finds_nothing_in_what_was_imported(room: Room) -> None:
    edited(room)
    room.imported().keep()
    content = load_content(Settings.model_construct(), room.content, room.catalogs)
    catalogs = {name: texts_of(read_catalog(name, room.catalogs)) for name in content.texts.spoken}
    assert list(in_words(content)) == []
    assert [one for one in in_catalogs(content, catalogs, catalogs["es"]) if "fuel_stored" in one or "ppe" in one] == []


def test_texts_that_are_not_needed_any_more_are_left_out_and_told(room: Room) -> None:
    room.edit(put("choice_rules", ("others_in_area", "not_agreed"), "effect", None))
    imported = room.imported()
    assert any("column gap::Español (es)" in place for place in imported.unused)
    assert imported.checklist.items["others_in_area"].rule == {}
    assert not any(imported.mended.values())


def test_a_question_that_is_left_out_keeps_its_texts_for_the_old_version(room: Room) -> None:
    def leave_out(book: Workbook) -> None:
        for sheet in ("survey", "choices", "choice_rules"):
            rows = [line[0].row for line in book[sheet].iter_rows() if "taxes" in [cell.value for cell in line[:2]]]
            for number in reversed(rows):
                book[sheet].delete_rows(number)

    room.edit(leave_out)
    imported = room.imported()
    assert "taxes" not in imported.checklist.items
    imported.keep()
    assert "taxes.ask" in texts_of(read_catalog("es", room.catalogs))
    load_content(Settings.model_construct(), room.content, room.catalogs)


def test_answers_that_only_an_older_version_has_are_still_understood() -> None:
    old = load(OLD)
    metals = replace(old.items["metals"], choices=("gold", "silver", "other"))
    new = replace(old, items={**old.items, "metals": metals})
    words = load_texts(dict.fromkeys(("phone", "mail", "web"), "")).words([old, new], {})
    assert "platino" in words.of("es", "metals.platinum")
