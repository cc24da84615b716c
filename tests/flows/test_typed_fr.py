"""How people who write French on a basic phone answer: West African and Congolese ways, phonetic spelling, comments.

Read with the catalogs as they stand, since their word lists are what is tested; commands are taken out first.
"""

from __future__ import annotations

from functools import cache

import pytest

from bot.content import Content, load_content
from bot.settings import Settings
from flows.answers import Question, read
from flows.commands import command
from flows.model import UNKNOWN, Answer
from flows.phases import CHOICES
from tests.flows.typed import short

Table = list[tuple[str, Answer, str]]
"""Question, what comes out, and what is typed, with " | " between."""

UNCLEAR, SEVERAL, NUMBER, RANGE, WHOLE, LIMITS, QUANTITY, WEIGHT, DAY, COUNTRY = (
    f"unclear:{why}"
    for why in (
        *("choice", "several", "number", "number_range", "whole", "limits", "quantity", "unit_weight", "period_day"),
        "country",
    )
)
UNITS = "ask:unit:gram/ounce/kilogram/castellano/tomin/real/punto"
READING = "ask:reading:1500/1.5"

YES_NO: Table = [
    # by number, dictated or among polite words
    ("records", "yes", "1 | 1er | numéro 1 | n°1 | la une | Réponse : un. | option un s'il vous plaît | Bjr 1"),
    ("records", "no", "deux | numéro deux. | le chiffre 2 | Bonsoir c'est 2 | 2eme | la deuxième | bsr la 2 | 2 non"),
    ("records", UNKNOWN, "3 | trois | le troisième | 3 je ne sais pas | 3 jsp"),
    ("records", UNCLEAR, "4 | 12 | 1-15 | 1 ou 2 | 1 1 | 1 non | 2 oui | lOO | l | I | A | 0ui | n0n | tois | de"),
    # yes and no
    ("records", "yes", "Oui! | ui | wi | oé | ouais | OUI C EST BON | oui chef | oui merci | dacor | je crois que oui"),
    ("records", "yes", "👍🏿 | ✅ | si | sim | yes | ndiyo | awo | bien sûr que oui | oui svp | oui oui"),
    ("records", "no", "NON | nn | non non | pas encore | non chef | en partie | on a pas | je pense que non"),
    ("records", "no", "👎 | ❌ | no | não | ayi | hapana | bien sûr que non"),
    # not knowing is not "no"
    ("records", UNKNOWN, "je ne sais pas | jsp | chais pas | ché pas | j c pas | je sé pa | jne sais pas"),
    ("records", UNKNOWN, "ON NE SAIT PAS | aucune idée | pas sûr | je veux pas dire | je connais pas | pas au courant"),
    ("records", UNKNOWN, "? | ??? | 🤷 | no sé | I don't know | não sei"),
    # double meanings and comments: nobody can tell
    ("records", UNCLEAR, "oui mais non | oui et non | oui/non | oui mais pas tout | oui un peu | oui sauf le reçu"),
    ("records", UNCLEAR, "non mais oui | pas oui | pas non | ce n'est pas non | non je ne sais pas | oui je sais pas"),
    ("records", UNCLEAR, "je ne pense pas que oui | pas si sûr | peut-être | ça dépend | je sais | faut voir | oui 👎"),
    ("records", UNCLEAR, "demandez au président | c'est le trésorier qui sait | mouais | bof | 😂 | non plus | rien"),
    ("forced_work", "no", "oui | oui tous | tous | chacun est libre"),
    ("forced_work", "yes", "non | pas tous | presque tous | ils ont des dettes | non pas tous"),
    ("forced_work", UNCLEAR, "oui sauf ceux qui ont des dettes | oui mais il y a la dette | deux"),
    ("children", "no", "non | jamais | jamai | non jamais | pas d'enfants | ya pas denfants | il n y a pas d'enfant"),
    ("children", "yes", "oui | parfois | oui parfois | rarement | pendant les congés | seulement le jeudi"),
    ("children", UNKNOWN, "3 | je dis pas | je ne veux pas dire | je préfère pas dire | je dis rien"),
    ("children", UNCLEAR, "presque jamais | jamais sauf les vacances | non pas jamais | oui jamais | deux"),
    ("security_talk", "yes", "oui | je veux parler | je préfère parler | appelez-moi"),
    ("security_talk", UNCLEAR, "je veux pas parler | pas par téléphone | SOS"),
    ("consent", "yes", "J'accepte | j accepte | ok j'accepte | d'accord | accepté"),
    ("consent", "no", "je n'accepte pas | j'accepte pas | pas d'accord | je refuse"),
    ("checkpoint", "later", "demain | plus tard | pas maintenant | après"),
    ("checkpoint", UNCLEAR, "oui demain"),
    ("send", "no", "n'envoyez pas | pas envoyer"),
    ("call_how", "not_safe", "c'est pas sûr | téléphone risqué | n'appelez pas"),
]
SITUATIONS: Table = [
    ("mercury", "no", "jamais | on utilise pas | on n'en met pas | pas de mercur | sans mercure"),
    ("mercury", "yes", "oui un peu | on utilise | rarement | de temps en temps | des fois | avec mercure"),
    ("mercury", UNCLEAR, "pas jamais | presque jamais | plus maintenant | avant oui maintenant non | non sauf parfois"),
    ("mercury_burning", "no", "toujours avec retorte | toujour avec retort | tjrs avec retorte | 1 retorte | retorde"),
    ("mercury_burning", "yes", "parfois | sans retorte | pas toujours | al air libre | à la maison | 2 parfois"),
    ("mercury_burning", UNCLEAR, "loin des maisons | avec la retorte mais à la maison | toujours à l'air libre | loin"),
    ("mercury_burning", UNCLEAR, "oui | non | jamais | jamais avec retorte | avec retorte parfois | 2 retorte"),
    ("sale_receipt", "yes", "avec reçu | toujours avec reçu"),
    ("sale_receipt", "no", "sans reçu | parfois avec reçu | collecteur | à n'importe qui"),
    ("sale_receipt", UNCLEAR, "comptoir | au comptoir | acheteur agréé sans reçu | pas toujours avec reçu | oui"),
    ("tailings_water", "yes", "parfois | au marigot | quand il pleut"),
    ("tailings_water", UNCLEAR, "non sauf quand il pleut | oui mais bassin"),
    ("role", "leader", "du bureau | presidant | secretaire general | trésorière | chef de site | membre du bureau"),
    ("role", "member", "membre | je suis membre"),
    ("role", "worker", "travailleur | creuseur | j'y travaille"),
    ("role", "independent", "orpailleuse | je lave | laveuse"),
    ("role", "companion", "ONG | j'aide le groupe | agent d'ONG"),
    ("role", UNCLEAR, "pas membre | chef orpailleur | mineur | je ne sais pas | moi | patron"),
    ("organised", "cooperative", "coperative | SCOOPS | coop | union des coopératives | nous sommes une coopérative"),
    ("organised", "association", "asso | asociation | groupement | 2 association"),
    ("organised", "informal", "sans papier | groupe informel | on est en famille"),
    ("organised", UNCLEAR, "pas seul | pas informel | 1 association | 7"),
    ("registered", "yes", "oui | on a le récépissé | agrément"),
    ("registered", "no", "en cours | oui mais en cours | dossier déposé | pas enregistré | on attend"),
    ("registered", UNCLEAR, "presque | ça vient"),
    ("legal_title", "own", "titre minier | notre permis | AEA"),
    ("legal_title", "ask:which:own/provisional", "permis | autorisation"),
    ("legal_title", "ask:which:agreement/none", "accord"),
    ("legal_title", "applied", "demande | demande en cours | en cours | on a demandé"),
    ("legal_title", "none", "rien | pas de permis | accord du chef | accord verbal | parole | aucun papier"),
    ("legal_title", UNKNOWN, "jsp | je dis rien"),
    ("legal_title", UNCLEAR, "permis expiré | permis en cours | le permis du patron | contrat oral"),
    ("community_based", "workers", "à nous | au village | village"),
    ("community_based", "investor", "patron | au patron | privée"),
    ("community_based", UNCLEAR, "nous et le patron | pas à nous | chef du village"),
    ("others_in_area", "agreed", "accord | on s'entend bien"),
    ("others_in_area", "not_agreed", "pas d'accord | y a pas accord | accord avec certains | on s'entend pas"),
    ("others_in_area", UNCLEAR, "oui | non | aucun problème | mal"),
    ("audits", UNKNOWN, "ça dépend du prix | c'est combien ?"),
    ("audits", UNCLEAR, "oui si c'est pas cher | on verra | on n'a pas l'argent"),
    ("metals", ("gold",), "or | l'or | que de l'or | seulement l'or | 1 or | gold | lor"),
    ("metals", ("gold", "silver"), "or et argent | or argent | 1 et 2 | 1,2 | 1+2 | 1 2"),
    ("metals", SEVERAL, "12 | 1 ou 2 | 3 or | pas d'or | or mais pas argent | tout | or jaune"),
    ("mine_type", ("underground", "river"), "puits et rivière | 1 3 | 1+3 | puits, rivière | trou et fleuve"),
    ("mine_type", SEVERAL, "1-3 | 1 à 3 | 1 6 | puits et jsp | pas de puits | 1 rivière"),
    ("processing", ("pan", "own_plant"), "rampe et notre moulin | 1 et 2"),
    ("processing", "ask:which:own_plant/other_plant", "moulin | usine"),
    ("gold_band", "under_3", "moins de 3 | un gramme"),
    ("gold_band", UNCLEAR, "beaucoup | un peu | 3-5 | pas plus de 3 | 5"),
    ("gold_band", "3_to_5", "4 grammes"),
]
FIGURES: Table = [
    ("miners", 25, "vingt-cinq | on est 25 | 25 personnes | 25 svp | environ 25 je pense | 25 orpailleurs"),
    ("miners", 20, "une vingtaine | nous sommes une vingtaine | une vingtaine de personnes"),
    ("miners", 75, "soixante quinze | soixante-quinze | septante cinq"),
    ("miners", 90, "quatre vingt dix | quatre-vingt-dix | nonante"),
    ("miners", 100, "cent | une centaine"),
    ("miners", 1500, "1.500 | 1,500 | 1 500 | mille cinq cents | mille cinq cent"),
    ("miners", UNKNOWN, "? | on ne sait pas | j c pas"),
    ("miners", RANGE, "25-30 | entre 20 et 30 | 1-15 | 25 hommes et 10 femmes | 25 dont 10 femmes | 70 12 34 56"),
    ("miners", NUMBER, "lOO | 1OO | 2O | l00 | plus de 100 | moins de 50 | beaucoup | un peu plus de 40 | vin | >50"),
    ("miners", NUMBER, "une vingtaine de plus | quelques dizaines | vingtaine et demie"),
    ("miners", LIMITS, "0 | zéro | -5 | 1000000 | 070123456"),
    ("miners", WHOLE, "12,5"),
    ("days_month", 20, "20 jours | 20j | 20 jrs | vingt jours | 20 jours dans le mois"),
    ("days_month", RANGE, "15-20 | 6 sur 7"),
    ("days_month", NUMBER, "5 jours par semaine | tous les jours | 3 semaines | 20 personnes"),
    ("days_month", LIMITS, "32 | 0"),
    ("gold_month", "90 gram month", "90g | 90 grame | 90 g/mois | nonante grammes | on sort 90 grammes | 90 gramos"),
    ("gold_month", "1500 gram month", "1 500 g | mil cinq cent gramme"),
    ("gold_month", "100 gram month", "cent grammes | une centaine de grammes | 100 grame le mois"),
    ("gold_month", READING, "1.500 grammes | 1,500 g"),
    ("gold_month", UNITS, "90 | quatre-vingt-dix | 50 mille"),
    ("gold_month", "1.5 kilogram month", "un kilo et demi | 1,5 kg | 1,5 kilo"),
    ("gold_month", "0.5 kilogram month", "demi kilo | un demi kilo | 1/2 kilo"),
    ("gold_month", "3 ounce fortnight", "3 onces par quinzaine | 3 onces tous les quinze jours"),
    ("gold_month", "3.5 ounce month", "3 onces et demie | trois onces et demi"),
    ("gold_month", "20 gram week", "20g la semaine | 20 grammes par semaine | 20g/semaine"),
    ("gold_month", UNKNOWN, "jsp | je dis pas | ?? | je ne veux pas répondre"),
    ("gold_month", WEIGHT, "3 allumettes | 2 boules | 10 carats | 3 tola | 5 livres | 2 lingots"),
    ("gold_month", DAY, "5 grammes chaque jour | 20 g par jour | 400 g par an"),
    ("gold_month", RANGE, "10-15 g | entre 10 et 15 grammes | 1 kg 200 | 2 virgule 5 grammes"),
    ("gold_month", LIMITS, "0 gramme | -3 g"),
    ("gold_month", QUANTITY, "90000 FCFA | 90 mille francs | 90 grammes par personne | 2 grammes chacun | 9O grammes"),
    ("gold_month", QUANTITY, "plus de 90 grammes | quelques grammes | beaucoup"),
    ("country", "BF", "Burkina | BF | burkina fasso | Je suis au Burkina Faso | Faso"),
    ("country", "ML", "au mali | La mine est au Mali"),
    ("country", "CI", "Cote-d'ivoire | RCI"),
    ("country", "CD", "RDC | Zaïre | Congo RDC | R.D.C"),
    ("country", "NE", "Niger | Nigér"),
    ("country", "NG", "Nigeria"),
    ("country", "GN", "Guinée Conakry | Conakry"),
    ("country", "ask:country:BF/other", "Bourkina Faso | burkinafaso | burkinna"),
    ("country", "ask:country:SN/other", "senegale | Kédougou Sénégal"),
    ("country", "ask:country:CD/CG/other", "Congo"),
    ("country", "ask:country:GN/GQ/GW/other", "la Guinée"),
    ("country", "ask:country:FR/other", "la France"),
    ("country", COUNTRY, "oui | non | NO | Kédougou | afrique | ici | Bf"),
    ("place", "Kédougou, Sénégal", "Kédougou, Sénégal"),
    ("place", "", "passer | je ne sais pas | pas de nom | non | ?"),
]
COMMANDS = [
    ("stop", "STOP | Arrêt | ARRET | arretez | plus de messages | ne m'écrivez plus | désabonner | END | quitter"),
    ("delete", "effacer | éffacer | efface tout | supprimer mes réponses"),
    ("menu", "aide | Menu | help | infos"),
    ("back", "retour | revenir | annuler | 0"),
    ("why", "pourquoi | pourqoi | pk | pkoi | pourkoi"),
    ("person", "personne | une personne svp | parler a quelqun | je veux parler"),
    ("change", "changer | changr | corriger"),
    ("change 5", "changer 5 | changer la 5 | corriger 5"),
    ("continue", "continuer | contnuer | on continue"),
    ("language en", "anglais | en anglais | english"),
    ("status", "mon dossier | où en est mon dossier"),
    ("thanks", "merci bcp | mrc | OK merci | barka"),
    ("hello", "bjr | salam | bonjour"),
    ("together", "ENSEMBLE | emsemble | toutes ensemble | en bloc"),
    ("single", "SIMPLE | une par une | un par un"),
]
NO_COMMANDS = "arête | fin | sortie | borner | effacement du mercure | change de mine | la personne qui garde"


@cache
def _content() -> Content:
    return load_content(Settings.model_construct())


def _question(name: str) -> Question:
    if name in CHOICES:
        return Question(name, "one", CHOICES[name])
    if name not in _content().newest.items:
        return Question(name, "text", ())
    item = _content().newest.items[name]
    return Question(name, item.kind, item.choices, item.least, item.most, item.sensitive)


def _understood(name: str, text: str) -> Answer | None:
    question, content = _question(name), _content()
    found = command(content.words, "fr", text, kind=question.kind, question=question)
    if found:
        return f"command:{found.name} {found.argument}".strip()
    return short(read(question, content.words, "fr", text, checklist=content.newest))


def _each(table: Table) -> list[tuple[str, str, Answer]]:
    return [(name, text, expected) for name, expected, texts in table for text in texts.split(" | ")]


@pytest.mark.parametrize(("name", "text", "expected"), _each([*YES_NO, *SITUATIONS, *FIGURES]))
def test_an_answer_as_it_is_typed(name: str, text: str, expected: Answer) -> None:
    assert _understood(name, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [(text, name) for name, texts in COMMANDS for text in texts.split(" | ")]
)
@pytest.mark.parametrize("name", ["records", "legal_title", "role"])
def test_a_command_as_it_is_typed(name: str, text: str, expected: str) -> None:
    assert _understood(name, text) == f"command:{expected}"


@pytest.mark.parametrize("text", NO_COMMANDS.split(" | "))
def test_what_only_sounds_like_a_command(text: str) -> None:
    assert not str(_understood("protected_area", text)).startswith("command")
