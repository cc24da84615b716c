import asyncio, re, sys, os
import pytest
from playwright.async_api import async_playwright
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from tests.bot.rooming import House, phones, LEADER
from tests.bot.grouping import visiting
from bot.group.pages import routes
from bot.group.door import *
from bot.kept.rate import Rates
from bot.web import STATIC
from tests.standins.serving import serving
import structlog, logging
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
OUT="/tmp/shots"
@pytest.fixture
def house(database, store, vault, outbox, clock): return House(database, store, vault, outbox, clock)
@pytest.mark.parametrize("lang",["es","fr"])
async def test_shoot(house, lang):
    os.makedirs(OUT,exist_ok=True)
    async with visiting(house) as v:
        code=await house.open()
        if lang=="fr":
            await house.write(LEADER,"français"); await house.deliver()
        await house.join(code,*phones(LEADER,14))
        await v.ask_for_page()
        group=Group(house.road,house.doors,Rates(house.store._database,{WRONG:PACE},house.clock),"+57 300 111 2222",None)
        app=Starlette(routes=[Mount("/static",StaticFiles(directory=STATIC)),*routes(group)])
        async with serving(app) as url, async_playwright() as p:
            b=await p.chromium.launch(executable_path="/usr/bin/chromium" if os.path.exists("/usr/bin/chromium") else None,args=["--no-sandbox","--disable-gpu"])
            page=await (await b.new_context(viewport={"width":390,"height":844},device_scale_factor=1)).new_page()
            page.on("console",lambda m: print("CONSOLE",m.text))
            async def shoot(name):
                for w,h in ((390,844),(1280,800)):
                    await page.set_viewport_size({"width":w,"height":h})
                    await page.screenshot(path=f"{OUT}/{lang}-{name}-{w}.png",full_page=(w==390))
                    over=await page.evaluate("document.documentElement.scrollWidth")
                    if over>w: print("OVERFLOW",name,w,over)
                await page.set_viewport_size({"width":390,"height":844})
            async def vote(ns):
                q=await house.ballot()
                for ph,n in zip(phones(LEADER,14),ns): await house.write(ph,f"{q}{n}")
                await house.deliver()
            await page.goto(url+v.path)
            await vote([1,1,1,2,1,1,2,3,1])
            await page.wait_for_timeout(4600)
            await shoot("1vote")
            await page.fill("[name=hand1]","33"); await page.click("button.main"); await shoot("2toomany")
            await page.fill("[name=hand1]","5");await page.fill("[name=hand2]","3"); await page.fill("[name=hand3]","2"); await page.click("button.main"); await shoot("3both")
            await page.click(".choices button >> nth=0"); await shoot("4women")
            await page.fill("[name=hand1]","4");await page.fill("[name=hand2]","3"); await page.click("button.main"); await shoot("5decide")
            await page.click(".choices button >> nth=1"); await shoot("6next")
            for i in range(3):
                await page.click(".choices button >> nth=0")
            await shoot("7plain")
            await page.goto(url+v.path+"/sheet"); await shoot("8sheet")
            await page.goto(url+v.path)
            for i in range(60):
                if await page.locator("[data-testid=result]").count(): break
                if await page.locator("[data-testid=vote]").count():
                    await page.fill("[name=hand1]","12");await page.fill("[name=hand2]","5"); await page.click("button.main")
                elif await page.locator("[data-testid=several]").count():
                    await page.check("[name=pick1]"); await shoot("9several"); await page.click("button.main")
                elif await page.locator("[data-testid=number],[data-testid=text],[data-testid=people]").count():
                    print("TEXT", await page.locator("h1").inner_text()); await page.fill("[name=text]","12"); await page.click("button.main")
                else: await page.click(".choices button >> nth=0")
            await shoot("A-result")
            await page.goto(url+"/group/AAAAAAAAAAAA"); await shoot("B-gone")
            print(house.said.get(LEADER))
            await house.deliver(); print(house.said.get(LEADER))
            await b.close()
