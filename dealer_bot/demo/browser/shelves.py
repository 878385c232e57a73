"""The store on the page: what lies in it is told as it changes; renaming, editing, adding an order."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from dealer_bot.demo.browser.answering import answering, refusing
from dealer_bot.demo.browser.board import Board
from dealer_bot.demo.browser.company import Company
from dealer_bot.demo.browser.folders import Folders
from dealer_bot.demo.browser.phones import ranged

Json = dict[str, Any]

LOOK_S = 0.7
SHOWN_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
}


class Shelves:
    def __init__(self, current: Callable[[], Company], board: Board) -> None:
        self._current, self._board = current, board

    def routes(self) -> list[web.RouteDef]:
        posts: dict[str, Callable[[Folders, Json], Any]] = {
            "write": lambda store, body: store.write_card(body["folder"], body["text"]),
            "close": lambda store, body: store.close(body["folder"]),
            "reopen": lambda store, body: store.reopen(body["folder"]),
            "add": lambda store, body: store.add(body["number"], body["phone"], body["plate"], body["client"]),
        }
        return [
            *(web.post(f"/api/store/{name}", answering(self._doing(does))) for name, does in posts.items()),
            web.get("/api/store/card", refusing(self._card)),
            web.get("/api/store/file", refusing(self._file)),
        ]

    async def watch(self, made: Company) -> None:
        """Tell the page what lies there, until cancelled."""
        folders = Folders(made.house.store, made.house.say)
        while True:
            await self._show(folders)
            await asyncio.sleep(LOOK_S)

    async def _show(self, folders: Folders) -> None:
        try:
            self._board.put("store", await asyncio.to_thread(folders.tree))
        except OSError:
            return  # somebody renamed something under our eyes: the next look sees it

    def _doing(self, does: Callable[[Folders, Json], Any]) -> Callable[[Json], Any]:
        async def answer(body: Json) -> Any:
            folders = self._folders()
            told = await asyncio.to_thread(does, folders, body)
            await self._show(folders)
            return {"told": told}

        return answer

    async def _card(self, request: web.Request) -> web.Response:
        return web.json_response(await asyncio.to_thread(self._folders().card, request.query["folder"]))

    async def _file(self, request: web.Request) -> web.Response:
        asked = (request.query["folder"], request.query["stage"], request.query["name"])
        data = await asyncio.to_thread(self._folders().file, *asked)
        shown = SHOWN_TYPES.get("." + asked[-1].rpartition(".")[2].lower())
        headers = {} if shown else {"Content-Disposition": "attachment"}
        return ranged(request, data, shown or "application/octet-stream", headers)

    def _folders(self) -> Folders:
        made = self._current()
        return Folders(made.house.store, made.house.say)
