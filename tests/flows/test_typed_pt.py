"""What people type in Portuguese to the real questions, in Brazil, Mozambique and Angola: right, wrong and dangerous.

A line is "question = what must come out <- ways of typing it", with `|` between. "/stop" is a command; the rest is
written as `short` writes it, several choices with + between.
"""

from __future__ import annotations

import pytest

from flows.answers import Question, read
from flows.commands import command
from flows.model import Checklist
from flows.phases import CHOICES
from flows.session import Candidate, Pending
from flows.words import Words
from tests.flows.typed import short

YES_AND_NO = """
records = yes <- 1 | 1ª | a 1 | é a 1 | opcao 1 | número um | letra 1 | um | UMA | a primeira | 1 pf | 1 obrigada | oi 1
records = yes <- SIM | simm | ss | sim sinhô | aham | ahan | temos sim | tem | beleza | blz | tá | tá bom | com certeza
records = yes <- vdd | acho que sim | sim, tudo | sim tudo | sim 👍🏾 | é sim | si | yes | oui | opção um | resposta um
records = yes <- 1 ok | sim patrão | SIMMMM | acho que tem | sim? | 1️⃣ | １
records = no <- 2 | dois | duas | a segunda | NAO | naum | nn | ñ | não não | num tem | tem não | temos não
records = no <- não tem não | ainda não | acho que não | de jeito nenhum | em parte | não, ou em parte | não senhor
records = no <- nem pensar | no | non | opção dois | número dois por favor | naaao | nada disso | não moça | não?
records = unknown <- 3 | três | não sei | nao sei | n sei | ñ sei | nsei | naosei | num sei | sei não | sei lá
records = unknown <- vai saber | não sei não | não faço ideia | quem sabe | acho que não sei | não sei dizer moço | ?
records = unknown <- ?? | je ne sais pas
records = unclear:choice <- não sei se tem | tem mas tá vencido | ss mas nem tudo | sim ou não | sim sqn | simnão
records = unclear:choice <- 1 e meio | os dois | as duas | 1 2 | blz 2 | sim 1 | 2 sim | nenhuma | de nada | tem nada
records = unclear:choice <- 4 | lOO | 1-15 | 1 ou 2 | um ou dois | 1 e 2 | segunda feira | letra a | A | e | é | já
records = unclear:choice <- sin | hum | sim não | não sim | sim e não | sim mas não | sim, quase tudo | quase | talvez
records = unclear:choice <- depende | sim não sei | não é que não tem | mais ou menos | só o presidente sabe
records = unclear:choice <- quem é você | kkk | 🤔
registered = yes <- sim | já temos | já tem | temos CNPJ | registrado no cartório
registered = no <- não | sem CNPJ | em andamento | tá em andamento | demos entrada | já deu entrada | quase | ainda não
registered = unclear:choice <- sim mas vencido | sim e não
mercury = yes <- usamos sim | a gente usa | só um pouco | as vezes | quase nunca | quase não | de vez em quando
mercury = yes <- raramente | sim mesmo que pouco | 2 sim
mercury = no <- não | nunca | não usa | usamos não | a gente não usa | já não usamos | não usamos mais | sem azougue
mercury = unclear:choice <- 1 sim | 2 não | sim 2 | nunca não | já usamos | azougue | usava | não usamos, só cianeto
children = no <- nunca | não | nenhuma criança | não ajudam
children = yes <- quase nunca | as vezes | só nas férias | de vez em quando | um ou outro | tem
children = unknown <- não digo | prefiro não falar | não sei
children = unclear:choice <- nunca não | não, às vezes | meu filho
forced_work = no <- sim | todos | sim todos | podem sim
forced_work = yes <- não | nem todos | quase todos | não podem | ninguém pode | todos menos um | só depois de pagar
forced_work = unclear:choice <- sim, quase todos | todos não
audits = unknown <- depende do preço | quanto custa | não sei
ppe = no <- nem sempre | não
ppe = unclear:choice <- só capacete | mais ou menos
security_talk = yes <- quero falar | me ligue
security_talk = no <- não | tudo bem | nada
security_talk = unknown <- passo | não quero falar
protected_area = yes <- parque | no parque | quase dentro
protected_area = no <- fica fora | não
protected_area = unclear:choice <- terra indígena
"""

OPTIONS = """
mercury_burning = no <- 1 | sempre com retorta | retrota | cadinho | no cadinho | cadinio | 1 sempre com retorta
mercury_burning = yes <- 2 | sem retorta | não tem cadinho | as vezes em casa | na panela | na cuia | no barraco
mercury_burning = yes <- maçarico | sempre ao ar livre | nem sempre com retorta | com retorta às vezes | perto de casa
mercury_burning = unclear:choice <- nunca com retorta | sim | não | longe | longe de casa | 2 sempre com retorta | nunca
mercury_whole_ore = no <- só no concentrado | só no resumo
mercury_whole_ore = yes <- na caixa | na cobra fumando | nem sempre
tailings_water = no <- nunca | não | para o tanque
tailings_water = yes <- direto no rio | nem sempre | um pouco
sale_receipt = yes <- com nota | com recibo | DTVM
sale_receipt = no <- sem nota | atravessador | às vezes com nota
sale_receipt = unclear:choice <- sim | não | sempre sem nota | com nota às vezes | quase sempre com recibo
legal_title = own <- PLG | plg própria | temos plg | lavra garimpeira | titulo proprio | certificado mineiro
legal_title = agreement <- contrato | arrendado | contrato assinado
legal_title = none <- de boca | contrato de boca | nada | não temos plg | não temos | sem título | sem plg
legal_title = applied <- só o pedido | requerimento | plg em andamento | demos entrada
legal_title = provisional <- guia de utilizaçao | provisória
legal_title = ask:which:own/provisional/none <- permissão
legal_title = unclear:choice <- licença | plg vencida | contrato com o dono | título não | alvará de pesquisa
organised = cooperative <- coperativa | somos uma cooperativa | coop
organised = association <- associasão | assossiação
organised = informal <- sem papel | turma
organised = alone <- só eu | sozinho
organised = unclear:choice <- nada | cooperativa não | não temos grupo
role = leader <- presidente | sou o presidente | tesoreiro | 1
role = member <- socia | cooperado
role = worker <- peão | sou peão | meia praça | diarista
role = independent <- faiscador | por minha conta
role = unclear:choice <- não sou sócio | sócio não | garimpeiro | dono | 1 sócio | ?
community_based = workers <- é nosso | da gente
community_based = investor <- do patrão
community_based = unclear:choice <- não é nosso
others_in_area = none <- só nós | não tem ninguém
others_in_area = not_agreed <- em parte | sem acordo
others_in_area = unclear:choice <- sim | não | tem
metals = gold <- ouro | oro | só ouro | ouro só | 1
metals = gold+silver <- ouro e prata | 1 e 2 | 1+2 | um e dois | prata, ouro
metals = gold+other <- ouro e diamante | cassiterita e ouro
metals = unclear:several <- 12 | 1-3 | 1 ou 2 | tudo | nada | ouro não | ouro e nada
processing = pan <- na bateia | calha
processing = pan+other_plant <- 1 3
processing = unclear:several <- 13 | 1 5 | 1 a 3
gold_band = under_3 <- 2 gramas | pouco | 1
gold_band = 3_to_5 <- 4 gramas | 3 a 5 | 3,5
gold_band = over_5 <- mais de 5
gold_band = unclear:choice <- 5
checkpoint = go <- bora | pode ser | vamos
checkpoint = later <- hoje não | agora não | semana que vem
consent = yes <- aceito sim | concordo
consent = no <- não concordo | aceito não | quero não
consent = unclear:choice <- pode ser | talvez
send = yes <- pode mandar | manda
send = no <- não mande | manda não | não pode mandar | não envie
call_back = yes <- me liga | pode ligar
call_back = no <- não me liga | não pode ligar | não liguem
"""

FIGURES = """
miners = 15 <- 15 | quinze | uns 15 | umas 15 pessoas | somos 15 | somos em 15 | a gente é 15 | 15 ao todo
miners = 22 <- vinte e dois | vinte e duas pessoas | tem uns 22
miners = 16 <- dezesseis | dezasseis
miners = 1500 <- 1.500 | 1,500 | 1 500 | mil e quinhentos | mil quinhentos
miners = 250 <- duzentas e cinquenta | duzentos e cinquenta garimpeiros
miners = unknown <- ? | sei não | não sabemos
miners = unclear:number_range <- 15-20 | 15 a 20 | de 15 a 20 | entre 15 e 20 | quinze ou vinte | 10 homens e 5 mulheres
miners = unclear:whole <- 12,5
miners = unclear:limits <- 0 | zero | -5
miners = unclear:number <- lOO | 1OO | dúzias | meia | muita gente | mais de 15 | vinte e poucos | só eu | 15 reais
miners = /menu <- 99 | ajuda
miners = /back <- 00
days_month = 20 <- 20 dias | uns 20 dias por mês | vinte dias no mês | 20 dias cada um
days_month = unclear:limits <- 32 | 0
days_month = unclear:number <- todo dia | todos os dias | 5 por semana | seis dias por semana | segunda a sábado
days_month = unclear:number <- o mês todo
days_month = unclear:number_range <- 20 a 25 | 15 dias sim 15 não
gold_month = 90 gram month <- 90 gramas | 90g | noventa grama | uns 90 gramas de ouro | a gente tira 90 gramas
gold_month = 90 gram month <- 90 gramas/mes
gold_month = 1500 gram month <- 1500 gramas | mil e quinhentas gramas
gold_month = 1.5 kilogram month <- 1,5 kg | um quilo e meio | quilo e meio | 1 kg e meio
gold_month = 0.5 ounce month <- meia onça | meia onsa
gold_month = 3 ounce fortnight <- 3 onças por quinzena | três oncas a cada 15 dias
gold_month = 20 gram week <- 20 gramas por semana | 20 gramas toda semana | 20 gramas à semana
gold_month = 12.5 gram month <- doze gramas e meia | 12,5 gramas
gold_month = ask:reading:1500/1.5 <- 1.500 gramas | 1,500 g | 1.500
gold_month = ask:unit:gram/castellano/ounce/kilogram/tomin/real/punto <- 90 | noventa | doze e meio | 200 por mês
gold_month = unclear:unit_weight <- 2 linhas | 5 oitavas | 10 pontos | 5 décimos | 90 mil reais | uma libra
gold_month = unclear:period_day <- 5 gramas por dia | 300 gramas por ano
gold_month = unclear:number_range <- 15 a 20 gramas | entre 15 e 20 gramas
gold_month = unclear:limits <- 0 gramas | -5 gramas
gold_month = unclear:quantity <- mais de 90 gramas | até 90 gramas | 90 gramas por pessoa | 9O gramas | muito | R$ 5000
gold_month = unclear:quantity <- 90 gramas por barranco
gold_month = unknown <- não digo | não quero dizer | ?
country = BR <- Brasil | brazil | BR | no Brasil | sou do Brasil
country = MZ <- mocambique | Mozambique
country = ask:country:BR/other <- Brasiu | brazio | garimpo no Pará, Brasil
country = ask:country:MZ/other <- mosambique | Manica, Moçambique
country = ask:country:AO/other <- Angolla
country = ask:country:GW/other <- guine bisau
country = ask:country:GY/GF/other <- Guiana
country = ask:country:PT/other <- Portugal
country = unclear:country <- PA | MT | AM | MA | PE | TO | África Central | África | Pará | Itaituba | Cabo Delgado
country = unclear:country <- não | sim | não sei | br
country = GQ <- Guiné Equatorial
country = ZA <- África do Sul
"""

COMMANDS = """
records = /stop <- SAIR | parar | PARE | STOP | CANCEL | cancelar | não mande mais mensagem | para de mandar mensagem
records = /stop <- quero sair
records = /delete <- apagar tudo | apaga | apague meus dados
records = /menu <- 9 | MENU | ajuda | help | me ajuda por favor
records = /back <- 0 | voltar | vortar
records = /why <- por quê? | porque | pq | pra que isso
records = /person <- PESSOA | pesoa | falar com uma pessoa por favor | me liga | quero falar com gente
records = /change 27 <- MUDAR 27. | mudar a 27 | muda 27 | trocar pergunta 27 | corrigir 27
records = /continue <- seguir | continuar | contnuar
records = /thanks <- brigado | obg | vlw | Deus lhe pague
records = /hello <- oi | bom dia | opa
records = /again <- começar de novo | recomeçar
records = /language es <- espanhol | em espanhol
records = /language pt <- portugues | portuges
records = /together <- JUNTAS | várias
records = /single <- soltas | uma por uma
records = unclear:choice <- meno | cancela o ouro | chega | sai | fim | apagarr | quero mudar de vida
welcome = yes <- bora | pode ser | sim quero
welcome = no <- quero não | não obrigado
welcome = /stop <- SAIR
welcome = /hello <- oi
name = /stop <- SAIR | cancelar
name = /menu <- menu | 9
name = Rosa Souza <- Rosa Souza
name = José Pessoa <- José Pessoa
name = Volta Grande <- Volta Grande
name =  <- pular | não quero | ? | não tenho
name = unclear:text <- 123 | 👍
"""


def _ways(*tables: str) -> list[tuple[str, str, str]]:
    """Question, text and what must come out, for every way of typing."""
    lines = [line.partition(" <- ") for table in tables for line in table.strip().splitlines()]
    heads = [(head.partition(" = "), texts) for head, _, texts in lines]
    return [(name, text, expected) for (name, _, expected), texts in heads for text in texts.split(" | ")]


def _question(checklist: Checklist, name: str) -> Question:
    item = checklist.items.get(name)
    return Question(name, item.kind, item.choices, item.least, item.most, item.sensitive) if item else _phase(name)


def _phase(name: str) -> Question:
    return Question(name, "one", CHOICES[name]) if name in CHOICES else Question(name, "text", ())


def _comes_to(checklist: Checklist, words: Words, name: str, text: str) -> str:
    """What the conversation makes of the text: a command, or what reading it comes to."""
    question = _question(checklist, name)
    found = command(words, "pt_BR", text, kind=question.kind, question=question)
    if found:
        return f"/{found.name} {found.argument}".strip()
    answer = short(read(question, words, "pt_BR", text, checklist=checklist))
    return "+".join(answer) if isinstance(answer, tuple) else str(answer)


@pytest.mark.parametrize(("name", "text", "expected"), _ways(YES_AND_NO, OPTIONS, FIGURES, COMMANDS))
def test_what_is_typed_in_portuguese(checklist: Checklist, words: Words, name: str, text: str, expected: str) -> None:
    assert _comes_to(checklist, words, name, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, "BR") for text in ("sim", "é sim", "isso mesmo", "sim, Brasil", "1", "no Brasil", "brasil", "brazil")),
        *((text, "ask:country:PE/other") for text in ("não, Peru", "no Peru")),
        *((text, "unclear:country_name") for text in ("não", "2", "outro país")),
        ("Peru", "PE"),
        ("PA", "unclear:choice"),
    ],
)
def test_the_guessed_country_is_agreed_to_or_named(
    checklist: Checklist, words: Words, text: str, expected: str
) -> None:
    pending = Pending("country", "", (Candidate("BR", "BR"), Candidate("other", None)))
    question = _question(checklist, "country")
    assert short(read(question, words, "pt_BR", text, checklist=checklist, pending=pending, guess="BR")) == expected


def test_only_portuguese_takes_capitals_for_a_state_of_brazil(checklist: Checklist, words: Words) -> None:
    question = _question(checklist, "country")
    assert short(read(question, words, "es", "PA", checklist=checklist)) == "PA"
