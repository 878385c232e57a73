"""The whole demo as people start it: the tour, taking it over, a kill; and the picture for README."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealer_bot.settings import PROJECT_DIR
from tests.browser import picture
from tests.browser.chromium import Browser, Page
from tests.browser.finding import button

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
TOUR = "document.querySelector('.tour')"
LONG_S = 180.0


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Of `python -m dealer_bot demo`, which stops cleanly and leaves nothing behind."""
    environ = os.environ | {"LANGUAGE": "ru", "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    command = (sys.executable, "-m", "dealer_bot", "demo", "--port", "0", "--no-browser")
    with subprocess.Popen(command, cwd=PROJECT_DIR, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield next(found.group() for line in process.stdout if (found := ADDRESS.search(line)))
            process.terminate()
            assert process.wait(40) == 0
            assert list(tmp_path.iterdir()) == []
        finally:
            process.kill()


async def test_the_tour_plays_is_taken_over_and_goes_on(browser: Browser, address: str) -> None:
    async with browser.page() as page:
        await page.opens(address)
        await page.sees("document.querySelectorAll('.phone').length === 4", LONG_S)
        await asks(page, "/api/tour", what="play", reading_s=0.02)
        await page.sees(f"{TOUR}.querySelector('li.now')?.textContent === '3'", LONG_S)
        await asks(page, "/api/act", person=1, act="starts", args={})
        assert await page.sees(f"{TOUR}.dataset.state") == "paused"
        await page.clicks(button("Дальше"))
        await page.sees(f"['done', 'failed'].includes({TOUR}.dataset.state)", LONG_S)
        assert await page.runs(f"{TOUR}.dataset.state") == "done", await page.runs(f"{TOUR}.innerText")
        await page.sees("document.querySelector('[data-order=a00017732] .badge')?.textContent === '9'")
        await the_bot_dies_and_comes_back(page)
        await everybody_is_at_work(page)
        if not picture.is_current():
            picture.keep(await page.picture())
        await whoever_reads_english_begins_an_english_dealership(page)
        assert page.complaints == []


async def asks(page: Page, path: str, **body: object) -> None:
    """As the page's own script asks."""
    script = f"import('/page/script/server.js').then(({{ask}}) => ask('{path}', {body!r}))"
    await page.runs(script.replace("True", "true"))


async def the_bot_dies_and_comes_back(page: Page) -> None:
    """A photo is shot while the bot is dead; nothing of it is lost or repeated."""
    await page.clicks("document.querySelector('#tab-fate')")
    await page.clicks("document.querySelector('[data-trial=kill] button')")
    await page.sees("document.querySelector('.state').dataset.is === 'gone'")
    await asks(
        page, "/api/send", person=await person(page, "Анна"), items=[{"kind": "photo", "sample": "on_the_lift.jpg"}]
    )
    await page.clicks("document.querySelector('[data-trial=kill] button')")
    await page.sees("document.querySelector('.blows li:first-child.ended')", LONG_S)
    told = await page.runs("document.querySelector('.blows .result').textContent")
    shown = await page.runs("[...document.querySelectorAll('.chat')].map(chat => chat.innerText).join('\\n---\\n')")
    assert told == "всё утихло: с тех пор сдано 1, в папках 1, у клиентов 1, повторов 0", shown


async def person(page: Page, name: str) -> int:
    return int(await page.runs(f"document.querySelector('.phone[aria-label^={name}]').dataset.person"))


async def everybody_is_at_work(page: Page) -> None:
    """As the picture shows them."""
    vera, peter = await person(page, "Вера"), await person(page, "Пётр")
    await asks(page, "/api/act", person=vera, act="starts", args={})
    await asks(page, "/api/act", person=vera, act="shares_contact", args={})
    await reads(page, vera, "00-03 подтверждён")
    await asks(page, "/api/act", person=1, act="says", args={"text": "/admin"})
    await asks(page, "/api/act", person=peter, act="says", args={"text": "/care"})
    await reads(page, peter, "Напишите, что случилось")
    await asks(page, "/api/act", person=peter, act="says", args={"text": "Хочу поговорить о гарантии"})
    await reads(page, vera, "о гарантии")
    await page.clicks("document.querySelector('#tab-store')")
    await page.runs("document.querySelector('.phones').scrollTo(0, 0)")
    await page.sees("[...document.querySelectorAll('.thumb img')].every(i => i.complete)")
    await asyncio.sleep(0.3)  # the last fade


async def whoever_reads_english_begins_an_english_dealership(page: Page) -> None:
    """The page in one language and everybody on it in another are half a show."""
    await page.clicks(button("In English"))
    await page.clicks(button("Start over"))
    await page.clicks("[...document.querySelectorAll('dialog[open] button')].at(-1)")
    await page.sees("document.querySelector('header h1').textContent === 'North Motors'", LONG_S)
    await page.sees("document.querySelectorAll('.phone').length === 4", LONG_S)
    await page.clicks(button("Play"))
    await page.sees(f"{TOUR}.innerText.includes('The client connects')", LONG_S)


async def reads(page: Page, who: int, text: str) -> None:
    await page.sees(f"document.querySelector('[data-person=\"{who}\"] .chat').innerText.includes('{text}')")
