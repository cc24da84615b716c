"""The pictures of the desk in docs/pictures, taken anew in Spanish and English: `python -m tests.pictures`."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from playwright.async_api import ViewportSize, async_playwright

from bot.kept.connection import connect
from bot.kept.crypto import make_key, unlock
from bot.kept.embedded import embedded
from bot.messages import Mail
from bot.store import Chat, Commit, Store
from flows.funnel import names
from flows.session import Hold, dump
from tests.bot import cases
from tests.bot.cases import CHECKLIST, all_unknown, consenting, every_gap, good, secrets
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, drafted
from tests.bot.desking import desk_front
from tests.bot.referring import ES, bench_of
from tests.conftest import Clock
from tests.servers import short_directory

if TYPE_CHECKING:
    from playwright.async_api import Page

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.draft import Draft
    from tests.bot.desking import Front

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WIDE, PHONE = ViewportSize(width=1100, height=820), ViewportSize(width=360, height=780)
DAY = 24 * 3600
REACHED = consenting(good(), call_how="any_day")
MINE = drafted(8, REACHED)
GAPS = drafted(
    2, consenting(every_gap() | secrets("yes"), organisation="Cooperativa Nueva Luz"), address="+573001110002"
)
PEOPLE = ("Rosa Condori", "Ana Ruiz", "Luis Quispe", "Marta Yaméogo", "Julio Mamani", "Elsa Rivas", "Pedro Solís")
PLACES = ("Segovia", "Suárez", "La Rinconada", "Kongoussi", "Íquira")
COUNTRIES = ("CO", "CO", "PE", "CO", "BF", "PE", "BO")
LOST = (0, 31, 44, 60, 71, 78, 90, 101, 112, 118, 127, 133, 141, 147, 155, 160, 168, 183, 200, 212)
"""Of 240 conversations, how many did not get to each step."""


async def taken(front: Front, page: Page, locale: str) -> None:
    """All of them, in one language; Spanish ones have no ending."""
    end = "" if locale == "es" else f"-{locale}"

    async def shot(name: str, path: str, *, size: ViewportSize = WIDE, height: int = 0) -> None:
        await page.set_viewport_size(size)
        if path:
            await page.goto(f"{front.url}{path}{'&' if '?' in path else '?'}lang={locale}")
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height} if height else None
        await page.screenshot(path=PICTURES / f"desk-{name}{end}.png", clip=clip, full_page=bool(height))  # type: ignore[arg-type] # a clip

    await shot("sign-in", "/desk", height=520)
    await become(front, page, LEAD)
    await shot("list", "/desk", height=980)
    await shot("learn", "/desk/learn", height=2250)
    await shot("export", "/desk/export", height=760)
    await become(front, page, GUARD)
    await shot("protection", at(GAPS), height=1350)
    await become(front, page, STAFF)
    await shot("case", at(MINE), height=720)
    await shot("phone", at(MINE), size=PHONE)
    await page.goto(f"{front.url}{at(MINE)}?lang={locale}")
    await page.locator("#text").fill("¿Puede mandarme el nombre de la secretaria?")
    await page.set_viewport_size(WIDE)
    await page.locator("section.talking").screenshot(path=PICTURES / f"desk-write{end}.png")


def at(draft: Draft) -> str:
    """The page of its case."""
    return f"/desk/case/{draft.reference}"


async def become(front: Front, page: Page, contact: Contact) -> None:
    """Somebody signed in, in this browser."""
    person = await front.signed_in(contact)
    given = {cookie.name: cookie.value or "" for cookie in person.browser.cookies.jar}
    await page.context.clear_cookies()
    await page.context.add_cookies([{"name": k, "value": v, "url": front.url} for k, v in given.items()])


async def filled(front: Front, database: Database, vault: Vault) -> None:
    """Cases of every kind, by people who are made up, and a conversation that Ana holds."""
    await front.cabinet.keep(*map(_draft, range(120)), MINE, GAPS)
    session = replace(cases.session(REACHED), reference=MINE.reference, referred=1)
    held = Hold(front.clock() + DAY, MINE.reference, STAFF.name, front.clock())
    reached = {f"{step}|sms|es": 240 - lost for step, lost in zip(names(CHECKLIST), LOST, strict=True)}
    chat, talk = Chat("sms", cases.PHONE), dump(replace(session, held=held))
    await Store(database, vault, front.clock).commit(Commit(chat=chat, version=0, session=talk, funnel=reached))
    ana = await front.signed_in(STAFF)
    await ana.open(MINE)
    await ana.do(MINE, "take")
    await ana.do(MINE, "write", text="Buenos días, le llamo mañana a las nueve.")


def _draft(number: int) -> Draft:
    kinds = (consenting(every_gap()), ALL, consenting(good(legal_title="none")), consenting(all_unknown(country="CO")))
    who = {"name": PEOPLE[number % 7], "place": PLACES[number % 5], "organisation": f"Cooperativa {number}"}
    said = {**kinds[number * 7 % 11 % 4], "country": COUNTRIES[number % 7], **who}
    found = drafted(40 + number, said, address=f"+5730022{number:05}", at=1_800_000_000.0 - number * 1700)
    return replace(found, locale="fr" if said["country"] == "BF" else "es")


async def mailed(front: Front, page: Page) -> None:
    """The mail of a referral, as it is read."""
    bench = bench_of(front.cabinet.store, front.outbox, front.clock, ES)
    await bench.accept(consenting(good(ppe="no", safety_rules="no")))
    mail = (await bench.mails())[ES.mail]
    assert isinstance(mail, Mail)
    await page.set_viewport_size(ViewportSize(width=720, height=900))
    await page.set_content(mail.html)
    await page.screenshot(path=PICTURES / "desk-mail.png")


async def main() -> None:
    """Takes them, with whatever Chromium there is."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with short_directory() as data:
        async with embedded(data) as url, async_playwright() as playwright:
            database = connect(url)
            vault = await unlock(database, [make_key()])
            chromium = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
            async with desk_front(database, vault, Clock()) as front:
                await filled(front, database, vault)
                for locale in ("es", "en"):
                    page = await (await chromium.new_context(locale=locale)).new_page()
                    await taken(front, page, locale)
                await mailed(front, await chromium.new_page())
            await chromium.close()
            await database.aclose()


if __name__ == "__main__":
    asyncio.run(main())
