"""What people who write English on a basic phone type: pidgin, SMS slang, typing errors, comments, double meanings.

Read with the published content and the words of all four languages. A wrong understanding is worst; "unclear" is right
where nobody can tell.
"""

from __future__ import annotations

import pytest

from flows.answers import Question, read
from flows.commands import command
from flows.model import UNKNOWN, Answer, Checklist
from flows.phases import CHOICES
from flows.words import Words
from tests.flows.typed import short

UNCLEAR, SEVERAL, COUNTRY = "unclear:choice", "unclear:several", "unclear:country"
NUMBER, RANGE, WHOLE, LIMITS = (f"unclear:{why}" for why in ("number", "number_range", "whole", "limits"))
QUANTITY, WEIGHT, PERIOD = (f"unclear:{why}" for why in ("quantity", "unit_weight", "period_day"))
UNITS = "ask:unit:gram/ounce/kilogram/castellano/tomin/real/punto"

YES_NO = [
    # yes and no as they are said in West and East Africa, Guyana and the Philippines
    *(("records", text, "yes") for text in ("yeh", "yah", "yh", "yes o", "YES OOO", "yes oga", "uh huh", "surely")),
    *(("records", text, "yes") for text in ("ofcourse", "definately", "ndiyo", "opo", "yes tnx", "yes 😂", "YES SIR")),
    *(("records", text, "no") for text in ("no o", "No ooo!", "naah", "hapana", "hindi", "no pls", "no we don't")),
    # not knowing, which sounds like no
    *(("records", text, UNKNOWN) for text in ("dont no", "i don't no", "I no sabi", "i no know", "A no no", "dnt knw")),
    *(
        ("records", text, UNKNOWN)
        for text in ("am not sure", "nt sure", "sijui", "ewan ko", "3 don't no", "can't tell")
    ),
    *(("records", text, UNKNOWN) for text in ("pass", "I'm not sure sir", "not shure", "donno")),
    ("records", "skip", "command:omit"),
    # neither yes nor no
    *(
        ("records", text, UNCLEAR)
        for text in ("yes but no", "yes and no", "yes but not all", "no but soon", "yes or no")
    ),
    *(("records", text, UNCLEAR) for text in ("not no", "I can't say no", "i don't say no", "no doubt", "no wahala")),
    *(
        ("records", text, UNCLEAR)
        for text in ("maybe", "I hope so", "we dey try", "not really", "no i dont know", "a no")
    ),
    *(("records", text, UNCLEAR) for text in ("yes but the book is lost", "the secretary has it", "lol", "incorrect")),
    # by number
    *(("records", text, "yes") for text in ("na 1", "ok 1", "ans 1", "1st", "1-yes", "1 (yes)", "i pick 1", "one pls")),
    *(
        ("records", text, "no")
        for text in ("opt 2", "my ans is 2", "2/ no", "2nd", "the 2nd", "partly", "No or partly")
    ),
    *(("records", text, UNCLEAR) for text in ("wan", "tu", "OO", "0O", "lOO", "l", "A", "1or2", "1&2", "11", "no. 1")),
    *(
        ("records", text, UNCLEAR)
        for text in ("no 1", "yes 2", "2 yes", "1 yes but not all", "not 1", "yes, all or no")
    ),
]

OPTIONS = [
    *(("role", text, "leader") for text in ("am the chairman", "I am d chairman", "secritary", "sec", "chairlady")),
    *(("role", text, "member") for text in ("am a member", "just a member", "ordinary member")),
    *(("role", text, UNCLEAR) for text in ("miner", "I am a miner", "helper", "mine owner", "not a member", "buyer")),
    ("role", "operator", "worker"),
    ("role", "i wash gold", "independent"),
    *(("organised", text, "cooperative") for text in ("coperative", "co-op", "sacco")),
    *(("organised", text, "informal") for text in ("no papers", "unregistered", "informal")),
    *(("organised", text, UNCLEAR) for text in ("group", "a group", "our group", "registered group", "women group")),
    *(("legal_title", text, "own") for text in ("liscence", "PML", "we have licence", "concession", "claim")),
    *(("legal_title", text, "applied") for text in ("we have applied", "waiting for licence", "in process")),
    *(("legal_title", text, "none") for text in ("verbal agreement", "chief permission", "no papers")),
    *(
        ("legal_title", text, UNCLEAR)
        for text in ("permit", "no licence", "licence expired", "prospecting licence", "no")
    ),
    *(("mercury", text, "yes") for text in ("small small", "only a little", "rarely", "others do", "sometimes")),
    *(("mercury", text, "no") for text in ("never", "we stopped using it", "not at all")),
    *(("mercury", text, UNCLEAR) for text in ("we never stopped", "not never", "we havent stopped", "not much")),
    *(("mercury_burning", text, "no") for text in ("always with retort", "retort always", "1 retort")),
    *(("mercury_burning", text, "yes") for text in ("retort at home", "sometimes retort", "in the bush", "no retort")),
    *(("mercury_burning", text, UNCLEAR) for text in ("2 retort", "never", "not at home", "retort but at home")),
    ("mercury_burning", "always", "ask:which:no/yes"),
    *(("children", text, "yes") for text in ("only in holidays", "after school", "a few", "they help")),
    *(("children", text, UNCLEAR) for text in ("they only carry water", "with their mothers", "two")),
    *(("children", text, UNKNOWN) for text in ("pass", "it's a secret", "i wont say")),
    *(("forced_work", text, "no") for text in ("yes everybody", "they can leave")),
    *(
        ("forced_work", text, "yes")
        for text in ("they cannot leave", "not everybody", "nobody can leave", "some can't")
    ),
    *(
        ("forced_work", text, UNCLEAR)
        for text in ("they cant leave", "yes but some owe", "if they pay", "nobody is forced")
    ),
    ("hired", "2 people", UNCLEAR),
    ("others_in_area", "not yet", "not_agreed"),
    *(("others_in_area", text, "agreed") for text in ("yes", "yes we have", "we have an agreement")),
    *(("others_in_area", text, UNCLEAR) for text in ("yes partly", "yes but not all", "yes with some")),
    ("tailings_water", "only when it rains", UNCLEAR),
    ("audits", "depends", UNKNOWN),
    ("audits", "yes if ARM pays", UNCLEAR),
    *(("metals", text, ("gold", "silver")) for text in ("gold n silver", "1 n 2", "1st and 2nd", "gold/silver")),
    *(("metals", text, SEVERAL) for text in ("gold but no silver", "stone", "gold not silver", "both")),
    *(("processing", text, SEVERAL) for text in ("plant", "mill", "own", "cyanide")),
    ("processing", "we sell ore", ("sell_ore",)),
]

NUMBERS = [
    *(
        ("miners", text, 15)
        for text in ("15 ppl", "abt 15 pple", "bout 15", "na 15", "we r 15", "we dey 15", "15 in all")
    ),
    *(("miners", text, 15) for text in ("say 15", "15ish", "15 pls", "i think its 15", "maybe 15")),
    *(("miners", text, 40) for text in ("fourty", "about fourty people", "40 souls")),
    *(("miners", text, 1500) for text in ("1,500", "1.500", "fifteen hundred")),
    *(("miners", text, NUMBER) for text in ("lOO", "1OO", "hundreds", "thousands", "tens", "dozens", "15 men", "once")),
    *(("miners", text, NUMBER) for text in ("over 100", "not less than 20", "1k", "we plenty", "15 hundred")),
    *(("miners", text, NUMBER) for text in ("not sure maybe 15", "one zero", "for", "too")),
    *(("miners", text, RANGE) for text in ("1-15", "15to20", "15 men and 5 women", "5 x 3", "btw 15 and 20", "1 0")),
    *(("miners", text, LIMITS) for text in ("0244123456", "+233201234567", "zero", "-15")),
    ("miners", ".5", WHOLE),
    *(
        ("days_month", text, 26)
        for text in ("26 dys", "26 working days", "each one works 26 days", "26 days in the month")
    ),
    *(("days_month", text, NUMBER) for text in ("6 days a week", "once a month", "mon to sat", "everyday", "8 hours")),
    *(("days_month", text, RANGE) for text in ("24/7", "26 or 27")),
    ("days_month", "4 weeks", NUMBER),
]

GOLD = [
    *(
        (text, "90 gram month")
        for text in ("90 gms", "abt 90g", "90g/mth", "we dey get 90g", "na 90 gram", "all of us 90g")
    ),
    *((text, "20 gram week") for text in ("20g/wk", "20 gms wkly", "20 grams every wk")),
    *((text, "40 gram fortnight") for text in ("40g every 15 days", "40 g every two wks")),
    *((text, "1 ounce month") for text in ("an ounce", "about an oz", "1 fine ounce", "one ozt")),
    *((text, "0.5 ounce month") for text in (".5 oz", "half an oz", "1/2 oz", ",5 oz")),
    ("an ounce and a half", "1.5 ounce month"),
    ("1 n half oz", "1.5 ounce month"),
    ("about .75 kg", "0.75 kilogram month"),
    ("3 oz 10 g", "3.32151 ounce month"),
    *((text, "ask:reading:1500/1.5") for text in ("1,500 g", "1.500 oz")),
    *((text, UNITS) for text in ("90", "about ninety")),
    # the same amount said twice is no sum
    *((text, RANGE) for text in ("3 ounces (93 grams)", "half an ounce (15 g)", "93g or 3oz", "90-100 g", "90 g 92%")),
    *((text, QUANTITY) for text in ("3 ounces 93 grams", "93 grams (three ounces)", "hundreds of grams", "hundreds")),
    *(
        (text, WEIGHT)
        for text in ("2 pounds", "5 blades", "10 dwts", "10 pwt", "5 match sticks", "20 tolas", "22 karat")
    ),
    *(
        (text, QUANTITY)
        for text in ("£5", "5000 cedis", "90g each", "3g per head", "over 90 g", "9O g", "40 g biweekly")
    ),
    *((text, PERIOD) for text in ("5g a day", "1 kilo a yr")),
    *((text, UNKNOWN) for text in ("i wont say", "that is secret", "pass", "idk")),
    *((text, QUANTITY) for text in ("none", "plenty", "not sure 90 g")),
]

COUNTRIES = [
    *((text, "GH") for text in ("Gana", "am in ghana", "Ghana pls", "GH")),
    *((text, "ask:country:GH/other") for text in ("Ghanna", "tarkwa ghana")),
    *((text, "SL") for text in ("Salone", "sa lone")),
    *((text, "PH") for text in ("Pinas", "Pilipinas")),
    *((text, "ask:country:PH/other") for text in ("Phillipines", "Philipines")),
    ("Tanganyika", "TZ"),
    ("Siera Leone", "ask:country:SL/other"),
    ("Columbia", "ask:country:CO/other"),
    ("new guinea", "PG"),
    ("s sudan", "SS"),
    ("SA", "ask:country:ZA/SA/other"),
    ("Guyana", "ask:country:GY/GF/other"),
    ("UK", "ask:country:GB/other"),
    *((text, COUNTRY) for text in ("Africa", "Central", "East", "Tarkwa", "here", "NO", "america")),
]

COMMANDS = [
    *((text, "stop") for text in ("pls stop sending me messages", "Stop pls", "leave me alone", "Don't text me again")),
    *((text, "stop") for text in ("remove my number", "OPT OUT", "unsubscribe me", "no more sms", "CANCEL", "end")),
    *((text, None) for text in ("don't stop", "stop mining", "delet all", "call me later", "reset")),
    *((text, "menu") for text in ("menue", "help pls", "INFO", "HELP ME")),
    *((text, "change 5") for text in ("change no 5", "change no. 5", "change #5", "i want to change 5")),
    *((text, "person") for text in ("call me back", "talk to person", "speak to someone pls")),
    *((text, "why") for text in ("why u ask", "why do you want to know?")),
    *((text, "thanks") for text in ("thank u", "tnx", "medaase", "asante sana", "ok thanks")),
    *((text, "hello") for text in ("gud morning", "how are you", "jambo")),
    *((text, "together") for text in ("TOGETHER", "togeter", "together pls")),
    *((text, "single") for text in ("SINGLE", "singel", "one by one")),
]

NAMES = [
    *((text, "") for text in ("idk", "not telling", "no name", "anonymous", "secret", "?")),
    *((text, text) for text in ("Kofi Mensah", "Stop Gold Mine", "Help Mines Coop", "Single Tree")),
    *((text, "command:stop") for text in ("stop", "END", "opt out")),
]


def _understood(checklist: Checklist, words: Words, name: str, text: str) -> Answer | None:
    """A command as "command:menu", else what reading the answer comes to."""
    item = checklist.items.get(name)
    question = (
        Question(name, item.kind, item.choices, item.least, item.most, item.sensitive)
        if item
        else Question(name, "one" if name in CHOICES else "text", CHOICES.get(name, ()))
    )
    found = command(words, "en", text, kind=question.kind, question=question)
    if found:
        return f"command:{found.name} {found.argument}".strip()
    return short(read(question, words, "en", text, checklist=checklist))


@pytest.mark.parametrize(("name", "text", "expected"), [*YES_NO, *OPTIONS, *NUMBERS])
def test_an_answer_is_what_was_meant(
    checklist: Checklist, words: Words, name: str, text: str, expected: Answer
) -> None:
    assert _understood(checklist, words, name, text) == expected


@pytest.mark.parametrize(("text", "expected"), GOLD)
def test_gold_as_it_is_weighed_there(checklist: Checklist, words: Words, text: str, expected: Answer) -> None:
    assert _understood(checklist, words, "gold_month", text) == expected


@pytest.mark.parametrize(("text", "expected"), COUNTRIES)
def test_countries_as_their_people_write_them(checklist: Checklist, words: Words, text: str, expected: Answer) -> None:
    assert _understood(checklist, words, "country", text) == expected


@pytest.mark.parametrize(("text", "expected"), COMMANDS)
def test_commands_are_heard_and_nothing_else_ends_the_messages(words: Words, text: str, expected: str | None) -> None:
    found = command(words, "en", text, kind="one")
    assert (f"{found.name} {found.argument}".strip() if found else None) == expected


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_name_is_free_text(checklist: Checklist, words: Words, text: str, expected: Answer) -> None:
    assert _understood(checklist, words, "name", text) == expected
