"""How people who write Spanish on a basic phone answer: regional words, comments, double meanings, slips of the thumb.

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

UNCLEAR, SEVERAL, NUMBER, RANGE, WHOLE, QUANTITY, COUNTRY = (
    f"unclear:{why}" for why in ("choice", "several", "number", "number_range", "whole", "quantity", "country")
)
Table = list[tuple[str, Answer, str]]
"""Question, what comes out, and what is typed for it with " | " between."""
UNITS = "ask:unit:gram/castellano/ounce/kilogram/tomin/real/punto"

YES_NO: Table = [
    ("records", "yes", "simón | sisas | sip sip | sí pues jefe | sí po | okey | vale | ya pues | S | sim"),
    ("records", "yes", "oui | 1.- | 1: sí, todo | respuesta: 1 | opcion uno | 👍🏿"),
    ("records", "no", "no creo | todavía no señor | aún no | para nada | no no | rta 2 | el dos pues | não | nel"),
    ("records", UNKNOWN, "no c | yo no sé | nose jefe | sabe Dios | vaya uno a saber | ni la menor idea | ¿¿??"),
    ("records", UNKNOWN, "claro que no sé | no me han dicho | ns/nc | 3 no sé | 🤷"),
    # double meanings, comments, slips: nobody can tell
    ("records", UNCLEAR, "sí y no | sí pero no todo | no, sí | no creo que no | no es que no | no digo que no"),
    ("records", UNCLEAR, "no sé si tenemos | creo que sí pero no sé | ojalá | si Dios quiere | tampoco"),
    ("records", UNCLEAR, "más o menos | ya casi | en eso estamos | a veces sí | pregúntele a la secretaria"),
    ("records", UNCLEAR, "1 no | 2 si | 3 no | no 1 | si 2 | 1 y 2 | 1o2 | entre 1 y 2 | I | O | l | 1 coma"),
    # "no, solo socios" and "no solo socios" sound the same and say the opposite
    ("hired", UNCLEAR, "no solo socios | dos | uno | tres muchachos | no son socios"),
    ("hired", "no", "2 | la dos | no, nadie más | no"),
    ("mercury_whole_ore", UNCLEAR, "no solo al concentrado | no solo concentrado"),
    ("mercury_whole_ore", "no", "solo al concentrado | nunca | primero concentramos"),
    ("mercury_whole_ore", "yes", "a todo | en el quimbalete | casi siempre | no siempre"),
    ("registered", "no", "en trámite | en tramites | todavia | ya lo pedimos | aún no señora"),
    ("registered", "yes", "ya nos lo dieron | personería jurídica | sí tenemos"),
    ("registered", UNCLEAR, "sí pero vencido | sí, en proceso | ya casi | no tenemos personería"),
    ("consent", "no", "desacuerdo | en desacuerdo | no estoy de acuerdo | no de acuerdo | no autorizo | no está bien"),
    ("consent", "yes", "de acuerdo | conforme | autorizo | estoy de acuerdo | acepto señorita"),
    ("consent", UNCLEAR, "acepto pero no mis datos"),
    ("welcome", "yes", "ahora | hágale pues | vamos | de una | sí quiero | oki | cómo no"),
    ("welcome", "no", "ahora no | no quiero seguir | no gracias señorita"),
    ("welcome", UNCLEAR, "ahorita no | quién es usted | ¿cuánto cuesta? | no, siga | por qué no"),
    ("checkpoint", "later", "hoy no | seguimos mañana | al rato | luego | ya no"),
    ("checkpoint", "go", "dele | sigamos | hágale"),
    ("send", "no", "no mande nada | no lo envíe | todavía no | no mandar"),
    ("send", "yes", "mándelo | envíe | sí mande"),
    ("send", UNCLEAR, "sí pero sin mi nombre | espere"),
    ("call_back", "no", "no me llame | mejor mensaje | no llamen por favor"),
    ("call_back", "yes", "llámenme | que me llamen | sí por favor"),
    ("audits", UNKNOWN, "depende el precio | cuánto vale | si no es caro | según"),
    ("audits", UNCLEAR, "no tenemos plata | sí pero con ayuda | una vez sí"),
]
SITUATIONS: Table = [
    ("mercury", "no", "nunca | ya no usamos | no se usa | sin azogue | no usamos nada"),
    ("mercury", "yes", "un poquito | de vez en cuando | casi no | casi nunca | solo un poco | nosotros sí"),
    ("mercury", UNCLEAR, "antes sí | puro cianuro | menos | no más cianuro"),
    ("mercury_burning", "yes", "casi siempre con retorta | retorta en casa | en el monte | con soplete"),
    ("mercury_burning", "yes", "aveces | con retorta a veces | no siempre con retorta | en sartén"),
    ("mercury_burning", "no", "retota | 1 con retorta | con retorta pues"),
    ("mercury_burning", UNCLEAR, "lejos | no con retorta | nunca con retorta | nunca al aire | sí | no"),
    ("mercury_burning", UNCLEAR, "2 con retorta | retorta o al aire | no quemamos | cerca de las casas"),
    ("explosives", "yes", "rara vez | se usan | dinamita | pólvora"),
    ("cyanide", "no", "no se usa | nunca | sin cianuro"),
    ("tailings_water", "yes", "solo cuando llueve | a veces al río | directo al río | a la quebrada"),
    ("tailings_water", "no", "a la poza | a la relavera | no van al río"),
    ("tailings_water", UNCLEAR, "a la relavera y al río | no al río | antes sí"),
    ("sale_receipt", "yes", "con factura | con recivo | a comprador registrado"),
    ("sale_receipt", "no", "a veces con factura | casi siempre con recibo | nunca con recibo | comprador sin registro"),
    ("sale_receipt", "ask:which:yes/no", "comprador | comercializadora"),
    ("sale_receipt", UNCLEAR, "registrado | con recibo no | 1 a otros | al minero mayor"),
    ("children", "yes", "en vacaciones | los fines de semana | mi hijo me ayuda | casi nunca | ayudan a veces"),
    ("children", "no", "no hay niños | no trabajan | nunca ayudan | ninguno"),
    ("children", UNKNOWN, "no digo | prefiero no decir | 3"),
    ("children", UNCLEAR, "uno | dos | solo el mío | hay niños | solo acompañan a la mamá"),
    ("minors_danger", UNCLEAR, "uno | uno solo | dos | tres muchachos | los grandes"),
    ("minors_danger", "yes", "alguno | uno que otro | solo de noche | casi ninguno"),
    ("minors_danger", "no", "nadie | ningún joven | la primera | 1"),
    ("forced_work", "yes", "casi todos | todos menos uno | hay deudas | cuando paguen | no todos"),
    ("forced_work", "no", "todos | sí, todos | cualquiera se puede ir"),
    ("forced_work", UNCLEAR, "nadie | no hay deudas | sí pero deben | uno | todos deben"),
    ("protected_area", "yes", "parque | una parte | adentro del parque"),
    ("protected_area", "no", "fuera del parque | no estamos dentro | ninguna parte"),
    ("protected_area", UNCLEAR, "no está fuera | no es parque | al lado | dentro del parque no"),
    ("security_talk", "no", "todo bien | mejor no | nada"),
    ("security_talk", "yes", "quisiera hablar | llámeme | mejor hablar"),
    ("role", "leader", "soy la tesorera | vocal | vicepresidente | de la directiba"),
    ("role", "independent", "palliri | soy chichiquera | lavadora de oro | mazamorrero"),
    ("role", UNCLEAR, "no soy socio | minero | socio y presidente | dueño | la señora del socio"),
    ("organised", "cooperative", "coperativa | cooperatiba | coop"),
    ("organised", "company", "empreza | sas | srl"),
    ("organised", "ask:which:cooperative/association/informal", "grupo"),
    ("organised", UNCLEAR, "no somos cooperativa | cooperativa no | mineros informales | solo cooperativa"),
    ("community_based", "investor", "del patrón | privada | de un inversionista | del dueño"),
    ("community_based", UNCLEAR, "no es de nosotros | no del patrón | de nadie | mía"),
    ("legal_title", "none", "contrato verbal | de palabra | acuerdo de palabra | no tenemos título"),
    ("legal_title", "applied", "título en trámite | petitorio | radicado"),
    ("legal_title", "provisional", "REINFO | estamos en reinfo | área de reserva especial"),
    ("legal_title", "own", "consesion | titulo minero"),
    ("legal_title", "ask:which:provisional/none", "permiso"),
    ("legal_title", "ask:which:own/provisional", "licencia"),
    ("legal_title", UNCLEAR, "título vencido | título y contrato | permiso del dueño | título no"),
    ("others_in_area", "not_agreed", "desacuerdo | en desacuerdo | ningún acuerdo | con algunos"),
    ("others_in_area", "ask:which:not_agreed/none", "no hay"),
    ("scale", "right", "así es | ta bien | exacto"),
    ("scale", UNCLEAR, "no | está mal | no es correcto | es menos"),
    ("mine_type", ("underground", "river"), "bocamina y río | 1+3 | la uno y la tres | sokavon y 3"),
    ("mine_type", ("old_tailings",), "relabes | relave | colas viejas"),
    ("mine_type", SEVERAL, "13 | no socavón | 1 y no sé | de todo | 1 o 3"),
    ("metals", SEVERAL, "oro sin plata | oro, no plata | plata no | horo"),
    ("processing", "ask:which:own_plant/other_plant", "trapiche | entable | quimbalete | molino"),
    ("processing", ("other_plant",), "trapiche de otro | entable ajeno | maquila"),
]
FIGURES: Table = [
    ("miners", 15, "15 nomás | quinze | 15 socios | trabajamos 15 | ahora 15 | 15 por ahora | buenas, son 15 | 15+"),
    ("miners", 1500, "1.500 | 1,500 | mil quinientos | 1 500"),
    ("miners", NUMBER, "1o | l0 | 2O | quince y pico | 15 familias | no más de 15 | 15 por turno"),
    ("miners", RANGE, "12 hombres y 3 mujeres | 2 turnos de 15 | 15x2 | a veces 10 a veces 20 | 15 ó 20"),
    ("miners", WHOLE, "1.5 | 15,0"),
    ("days_month", 22, "22 más o menos | como 22 días | 22 nomás"),
    ("days_month", NUMBER, "6 días a la semana | de lunes a sábado | 15 gramos | 24 turnos"),
    ("days_month", RANGE, "14x7 | 20x10 | 26 de 30 | 15 días sí 15 no"),
    ("gold_month", "20 castellano month", "20 cast. | 20 kastellanos | 20 castellanitos"),
    ("gold_month", "90 gram month", "90g x mes | noventa gramitos | 90 gramos por mez | 90 gramos de oro fino"),
    ("gold_month", "3 ounce fortnight", "3 onzas por quincena | 3 onsas x quinsena | 3 oz cada quince días"),
    ("gold_month", "2.5 castellano month", "2 castellanos y medio | dos castellanos y medio"),
    ("gold_month", QUANTITY, "20 castellanos y 90 gramos | 3 onzas y 40 gramos | 4 gramos por bulto"),
    ("gold_month", QUANTITY, "lOO gramos | 9O gramos | 2 gramos por cabeza | 90 gramos de amalgama | 500 mil pesos"),
    ("gold_month", "unclear:unit_weight", "libra y media | 12 adarmes | una arroba"),
    ("gold_month", "ask:reading:2000/2", "2.000 gramos | 2,000 gramos"),
    ("gold_month", UNITS, "90,5 | noventa | 20 a la semana"),
    ("gold_month", UNKNOWN, "no digo | prefiero no decir jefe"),
    ("country", "ask:country:CO/other", "kolombia | COLONBIA | locombia | Colombia, Nariño"),
    ("country", "ask:country:PE/other", "pirú | frontera con Perú"),
    ("country", "ask:country:EC/other", "ekuador | hecuador"),
    ("country", "MX", "Méjico | mejico"),
    ("country", COUNTRY, "Antioquia | Madre de Dios | somos bolivianos | aquí mismo | co | La Paz"),
]
COMMANDS = [
    ("stop", "no me escriba más | ya no me escriban | dejen de escribir | deme de baja | basta ya | estop"),
    ("delete", "borre mis datos | eliminen mis datos | borren mis datos | olvídeme"),
    ("change 5", "cambiar la 5 | cambio 5 | corregir 5"),
    ("change", "canbiar | cambir | korregir"),
    ("person", "perzona | que me llamen | un humano por favor | operador"),
    ("why", "xq | porke | pa qué | ¿y eso por qué?"),
    ("back", "me equivoqué | bolver | debolver | 00"),
    ("continue", "sígale | continuar | seguimos"),
    ("menu", "alluda | ayúdeme | menú por favor | info"),
    ("thanks", "gracias ok | ok muchas gracias | grasias"),
    ("together", "JUNTAS | juntas | guntas | en bloque"),
    ("single", "SUELTAS | una por una | de una en una"),
]
NO_COMMANDS = "alto ahí | no quiero más | borar | parque | cambiar de mina | menos | el alto | otra | fin"


@cache
def _content() -> Content:
    return load_content(Settings.model_construct())


def _question(name: str) -> Question:
    if name in CHOICES:
        return Question(name, "one", CHOICES[name])
    item = _content().newest.items[name]
    return Question(name, item.kind, item.choices, item.least, item.most, item.sensitive)


def _understood(name: str, text: str) -> Answer | None:
    question, content = _question(name), _content()
    found = command(content.words, "es", text, kind=question.kind, question=question)
    if found:
        return f"command:{found.name} {found.argument}".strip()
    return short(read(question, content.words, "es", text, checklist=content.newest))


def _each(table: Table) -> list[tuple[str, str, Answer]]:
    return [(name, text, expected) for name, expected, texts in table for text in texts.split(" | ")]


@pytest.mark.parametrize(("name", "text", "expected"), _each([*YES_NO, *SITUATIONS, *FIGURES]))
def test_an_answer_as_it_is_typed(name: str, text: str, expected: Answer) -> None:
    assert _understood(name, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [(text, name) for name, texts in COMMANDS for text in texts.split(" | ")]
)
def test_a_command_as_it_is_typed(text: str, expected: str) -> None:
    assert _understood("records", text) == f"command:{expected}"


@pytest.mark.parametrize("text", NO_COMMANDS.split(" | "))
def test_what_only_sounds_like_a_command(text: str) -> None:
    assert not str(_understood("protected_area", text)).startswith("command")
