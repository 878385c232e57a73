"""A headless Chromium, driven over its own protocol (CDP) by a websocket: no library between the test and the page."""

import asyncio
import base64
import contextlib
import itertools
import json
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp

Json = dict[str, Any]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PATIENCE_S = 60.0
MOST_AIMS = 10
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # a container's root has no other way; it opens our own page alone
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--mute-audio",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--force-prefers-reduced-motion",
)


def path() -> str | None:
    """Where Chromium is on this machine."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


class Page:
    """One tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Json]] = {}
        self.complaints: list[str] = []
        self._reading = asyncio.create_task(self._read())

    async def close(self) -> None:
        self._reading.cancel()
        await self._socket.close()

    async def opens(self, url: str, width: int = 1440, height: int = 900) -> None:
        for domain in ("Page", "Runtime", "Log"):
            await self.sends(f"{domain}.enable")
        await self.resizes(width, height)
        await self.sends("Page.navigate", url=url)

    async def resizes(self, width: int, height: int) -> None:
        sizes = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.sends("Emulation.setDeviceMetricsOverride", **sizes)

    async def sends(self, method: str, **params: Any) -> Json:
        number = next(self._ids)
        self._answers[number] = answer = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        return await asyncio.wait_for(answer, PATIENCE_S)

    async def runs(self, script: str) -> Any:
        """The value of an expression, awaited; what it throws is raised as AssertionError."""
        told = await self.sends("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if wrong := told.get("exceptionDetails"):
            raise AssertionError(wrong.get("exception", {}).get("description", wrong["text"]))
        return told["result"].get("value")

    async def sees(self, script: str, within_s: float = PATIENCE_S) -> Any:
        """The first true value of an expression; raises AssertionError with the page's words if none comes."""
        deadline = asyncio.get_running_loop().time() + within_s
        while True:
            with contextlib.suppress(AssertionError):
                value = await self.runs(script)
                if value not in (None, False, 0, ""):  # an element has the value {}
                    return value
            if asyncio.get_running_loop().time() > deadline:
                words = await self.runs("document.body.innerText")
                raise AssertionError(f"not seen within {within_s} s: {script}\n{words}\n{self.complaints}")
            await asyncio.sleep(0.05)

    async def clicks(self, script: str) -> None:
        """A real click of the mouse into the middle of an element, as soon as it is there and nothing covers it.

        A page that moves meanwhile is aimed at anew, as a person does who sees that he has missed. Whether it was hit
        is asked of the page as the click arrives: an element that was drawn anew after the aiming was hit as well,
        and a second click would undo the first.
        """
        for _ in range(MOST_AIMS):
            x, y = await self.sees(f"""(() => {{
                const found = {script};
                if (!found || found.disabled) return null;
                found.scrollIntoView({{block: "nearest", inline: "nearest"}});
                const box = found.getClientRects()[0];
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                const top = document.elementFromPoint(x, y);
                window.isHit = false;
                const hears = (event) => {{ window.isHit = Boolean(({script})?.contains(event.target)); }};
                window.addEventListener("click", hears, {{capture: true, once: true}});
                return found.contains(top) ? [x, y] : null;
            }})()""")
            for kind in ("mousePressed", "mouseReleased"):
                await self.sends("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
            if await self.runs("window.isHit"):
                return
        raise AssertionError(f"missed {MOST_AIMS} times: {script}")

    async def focuses(self, script: str) -> None:
        """As soon as it is there to be seen: what is hidden takes no focus."""
        await self.sees(f"((found) => {{ found.focus(); return document.activeElement === found; }})({script})")

    async def types(self, text: str) -> None:
        """Into the field that has the focus, as soon as one has."""
        await self.sees("document.activeElement?.matches('textarea, input')")
        await self.sends("Input.insertText", text=text)

    async def presses(self, key: str) -> None:
        code = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowRight": 39}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            await self.sends("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)

    async def picture(self) -> bytes:
        return base64.b64decode((await self.sends("Page.captureScreenshot", format="png"))["data"])

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if (answer := self._answers.pop(told.get("id"), None)) is not None:
                if "error" in told:
                    answer.set_exception(AssertionError(told["error"]["message"]))
                else:
                    answer.set_result(told["result"])
            elif told.get("method") == "Runtime.exceptionThrown":
                self.complaints.append(told["params"]["exceptionDetails"]["exception"].get("description", "?"))
            elif told.get("method") == "Log.entryAdded" and told["params"]["entry"]["level"] == "error":
                self.complaints.append(f"{told['params']['entry']['text']} {told['params']['entry'].get('url', '')}")


@contextmanager
def browser(folder: Path) -> Iterator["Browser"]:
    """A Chromium with an empty profile in `folder`; it is gone afterwards."""
    program = path()
    assert program is not None
    profile = folder / "profile"
    command = (program, *FLAGS, f"--user-data-dir={profile}", "about:blank")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield Browser(_address(profile / "DevToolsActivePort", process))
        finally:
            process.kill()


class Browser:
    def __init__(self, address: str) -> None:
        self._address = address

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """A tab that shares nothing with others."""
        async with aiohttp.ClientSession() as session:
            async with session.put(f"{self._address}/json/new?about:blank") as answer:
                target = await answer.json()
            page = Page(await session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0))
            try:
                yield page
            finally:
                await page.sends("Page.close")
                await page.close()


def _address(told: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while not told.exists() or not told.read_text().strip():
        assert process.poll() is None and time.monotonic() < deadline, "Chromium did not start"
        time.sleep(0.05)
    return f"http://127.0.0.1:{told.read_text().split()[0]}"
