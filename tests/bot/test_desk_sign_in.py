from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from redis import Redis

from bot.contacts import Contacts
from tests.bot.cases import TEXTS
from tests.bot.casework import GUARD, LEAD, STAFF, drafted
from tests.bot.desking import CONTACTS, Front, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

OVER, OTHER = TEXTS.get("es", "desk.in.over"), TEXTS.get("es", "desk.in.other_browser")


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        yield found


def without_chance(page: str) -> str:
    return re.sub(r'value="\w+"', "", page)


async def test_a_link_from_the_mail_and_its_button_sign_in(front: Front) -> None:
    ana = front.person()
    link = await ana.link(STAFF.mail)
    assert TEXTS.get("es", "desk.in.press") in await ana.get(link)
    assert TEXTS.get("es", "desk.in.mail") in await ana.get("/desk")
    await ana.get(link)
    await ana.post(link)
    assert TEXTS.get("es", "desk.list") in await ana.get("/desk")
    assert [(entry.who, entry.what) for entry in await front.cabinet.trail.latest(9)] == [("Ana", "sign_in")]


async def test_whatever_address_is_typed_the_answer_is_the_same_and_only_contacts_get_mail(front: Front) -> None:
    answers = []
    for mail in (STAFF.mail, "nobody@example.org", "", "x" * 300, STAFF.mail.upper()):
        person = front.person()
        await person.get("/desk")
        answers.append(without_chance(await person.post("/desk/in", 200, mail=mail)))
    assert len(set(answers)) == 1
    assert list(await front.mails()) == [STAFF.mail]


async def test_the_mail_holds_nothing_but_the_link_in_the_contacts_language(front: Front) -> None:
    person = front.person()
    await front.cabinet.keep(drafted(1))
    await person.get("/desk")
    await person.post("/desk/in", 200, mail="ben@example.org")
    [mail] = (await front.mails()).values()
    assert mail.subject == TEXTS.get("en", "desk.mail.subject")
    assert re.findall(r"https?://\S+?(?=[\"\s])", mail.text + mail.html)
    assert drafted(1).reference not in mail.text + mail.html


async def test_a_link_works_once(front: Front) -> None:
    ana = front.person()
    link = await ana.link(STAFF.mail)
    await ana.get(link)
    shown = ana.page
    await ana.post(link)
    ana.page = shown
    assert OVER in await ana.post(link, 410)


async def test_a_link_is_for_the_browser_that_asked_and_others_do_not_use_it_up(front: Front) -> None:
    ana, thief = front.person(), front.person()
    link = await ana.link(STAFF.mail)
    assert OTHER in await thief.get(link, 403)
    await thief.post(link, 403)
    await ana.get(link)
    await ana.post(link)
    await ana.get("/desk/case/0000-0000", 404)


async def test_a_link_that_was_made_up_opens_nothing(front: Front) -> None:
    assert OVER in await front.person().get("/desk/in/made-up", 410)


async def test_links_and_sessions_end_by_themselves(front: Front, empty_url: str) -> None:
    await front.signed_in(STAFF)
    await front.person().link(LEAD.mail)
    redis = Redis.from_url(empty_url, decode_responses=True)
    left = {str(key).rpartition(":")[2]: redis.ttl(key) for key in redis.keys("{desk:*")}
    redis.close()
    assert 850 < left["link"] <= 900
    assert 12 * 3600 - 50 < left["session"] <= 12 * 3600
    assert min(left.values()) > 0


async def test_cookies_are_for_this_server_alone(front: Front) -> None:
    ana = front.person()
    link = await ana.link(STAFF.mail)
    await ana.get(link)
    answer = await pressed(ana.browser, front, link, ana.page)
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/desk", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


async def test_over_https_cookies_are_never_sent_in_the_clear(database: Database, vault: Vault, clock: Clock) -> None:
    async with desk_front(database, vault, clock, https=True) as front:
        answer = await front.person().browser.get("/desk")
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")


async def pressed(browser: httpx.AsyncClient, front: Front, link: str, page: str) -> httpx.Response:
    found = re.search(r'name="form" value="(\w+)"', page)
    assert found
    return await browser.post(link, data={"form": found[1]}, headers={"Origin": front.url})


async def test_signing_out_ends_the_session_even_for_who_kept_the_cookie(front: Front) -> None:
    ana = await front.signed_in(STAFF)
    [cookie] = [one for one in ana.browser.cookies.jar if one.name == "batea_desk"]
    await ana.post("/desk/out")
    assert "batea_desk" not in {one.name for one in ana.browser.cookies.jar}
    ana.browser.cookies.set(cookie.name, str(cookie.value), path="/desk")
    assert TEXTS.get("es", "desk.in.mail") in await ana.get("/desk")


async def test_who_is_no_longer_a_contact_or_has_another_mail_is_signed_out(
    front: Front, database: Database, vault: Vault, clock: Clock
) -> None:
    ana = await front.signed_in(STAFF)
    for others in ((LEAD,), (LEAD, replace(STAFF, mail="new@example.org"))):
        async with desk_front(database, vault, clock, Contacts(others)) as later:
            answer = await ana.browser.get(f"{later.url}/desk")
            assert TEXTS.get("es", "desk.in.mail") in answer.text


async def test_nothing_is_posted_but_from_a_page_of_the_same_session(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    ana, jefa = await front.signed_in(STAFF), await front.signed_in(LEAD)
    await ana.open(draft)
    await jefa.open(draft)
    ana.page, own = jefa.page, ana.page
    await ana.do(draft, "take", 403)
    ana.page = ""
    await ana.do(draft, "take", 403)
    path, form = f"/desk/case/{draft.reference}/take", re.findall(r'name="form" value="(\w+)"', own)[0]
    for origin in ("https://elsewhere.example", "null"):
        answer = await ana.browser.post(path, data={"form": form, "moves": "0"}, headers={"Origin": origin})
        assert answer.status_code == 403
    assert (await front.cabinet.held(draft.reference)).case.state == "new"


async def test_who_is_not_signed_in_sees_and_does_nothing_and_comes_back_afterwards(front: Front) -> None:
    draft, ana = drafted(1), front.person()
    await front.cabinet.keep(draft)
    path = f"/desk/case/{draft.reference}"
    answer = await ana.browser.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk?to={path.replace('/', '%2F')}")
    assert (await ana.browser.post(f"{path}/take", data={"moves": "0"})).headers["Location"] == "/desk"
    link = await ana.link(STAFF.mail, to=path)
    await ana.get(link)
    assert (await pressed(ana.browser, front, link, ana.page)).headers["Location"] == path


@pytest.mark.parametrize("to", ["https://elsewhere.example", "//elsewhere.example", "/try", "/desk/../try"])
async def test_nobody_is_sent_out_of_the_desk(front: Front, to: str) -> None:
    ana = front.person()
    link = await ana.link(STAFF.mail, to=to)
    await ana.get(link)
    assert (await pressed(ana.browser, front, link, ana.page)).headers["Location"] == "/desk"


async def test_a_browser_without_cookies_is_told_so(front: Front) -> None:
    person = front.person()
    await person.get("/desk")
    person.browser.cookies.clear()
    assert TEXTS.get("es", "desk.in.no_cookie") in await person.post("/desk/in", 400, mail=STAFF.mail)


async def test_no_page_is_kept_framed_or_runs_anything(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    for path in ("/desk", f"/desk/case/{draft.reference}", "/desk/in/nothing", "/desk/case/nothing"):
        answer = await ana.browser.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; style-src 'self'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)


async def test_one_address_with_two_roles_gets_a_link_for_each(database: Database, vault: Vault, clock: Clock) -> None:
    both = Contacts((*CONTACTS.everybody, replace(GUARD, name="Ana, protege", mail=STAFF.mail)))
    async with desk_front(database, vault, clock, both) as front:
        person = front.person()
        await person.get("/desk")
        await person.post("/desk/in", 200, mail=STAFF.mail)
        said = ""
        while claimed := await front.outbox.claim(front.clock(), 9):
            said += " ".join(str(one.out.body) for one in claimed)
            for one in claimed:
                await front.outbox.settle(one, "sent")
        assert f"{STAFF.name}," in said
        assert "Ana, protege" in said
