"""What Telegram's answers and silences mean: surely taken, surely not, or nobody knows."""

import hashlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import ClientTimeout, web

from dealer_bot.bot.dispatcher import make_bot
from dealer_bot.bot.local_files import LocalFiles
from dealer_bot.bot.rendering import Renderer
from dealer_bot.bot.telegram import TelegramMessenger
from dealer_bot.domain.parcels import (
    Fetched,
    Gone,
    Item,
    Later,
    Outcome,
    Parcel,
    Refused,
    Sent,
    TooBig,
    Unknown,
)
from dealer_bot.domain.stages import Stages
from dealer_bot.domain.views import NoPlaceView
from dealer_bot.sandbox import PersonClient, Sandbox, SandboxClient

MIB = 1024 * 1024


def messenger_of(bot: Bot) -> TelegramMessenger:
    return TelegramMessenger(bot, Renderer(Stages((), "Service"), ""), "ru", LocalFiles(bot.token, None))


def parcel(chat_id: int, *kinds_and_files: tuple[str, str | None], **more: Any) -> Parcel:
    items = tuple(Item(n, n, n, kind, file_id, "слова", None) for n, (kind, file_id) in enumerate(kinds_and_files))
    return Parcel(f"tg:{chat_id}", "delivery", more.pop("op", "send"), items, to_client=True, **more)


@dataclass
class Line:
    """A bot on the strict server, one person on the other end, and a place to fetch files to."""

    tg: SandboxClient
    bot: Bot
    peter: PersonClient
    folder: Path

    @property
    def messenger(self) -> TelegramMessenger:
        return messenger_of(self.bot)

    async def says(self) -> Outcome:
        return await self.messenger.send(parcel(self.peter.id, ("text", None)))

    async def file_id(self, size: int = 1000) -> str:
        sent = await self.peter.sends_file("a.bin", size=size)
        (shown,) = [each for each in await self.peter.chat() if each.id == sent.id]
        file_id: str = shown.raw["document"]["file_id"]
        return file_id

    @property
    def target(self) -> Path:
        return self.folder / "1.part"


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    async with Sandbox(files=tmp_path / "telegram") as server:
        tg, bot = server.client(), make_bot(server.token, server.url, False, None)
        peter = await tg.person("Пётр")
        await peter.starts()
        (tmp_path / "spool").mkdir()
        yield Line(tg, bot, peter, tmp_path / "spool")
        await bot.session.close()


def impatient(bot: Bot, total_s: float = 0.3) -> None:
    """The same limits, only shorter."""
    bot.session.timeout = ClientTimeout(total=total_s, sock_connect=total_s / 2)  # type: ignore[assignment]


SURE = {
    "flood": ({"too_many_requests": 7}, Later(7, for_chat=True, reason="429")),
    "server error": ({"server_error": 500}, Later),
    "bad gateway": ({"server_error": 502}, Later),
    "token refused for now": ({"unauthorized": True}, Later),
    "blocked": ({"blocked": True}, Gone("blocked")),
    "never started": ({"refuse": [403, "Forbidden: bot can't initiate conversation with a user"]}, Gone("blocked")),
    "deleted account": ({"deactivated": True}, Gone("deactivated")),
    "no such chat": ({"chat_not_found": True}, Gone("chat")),
    "refused": ({"refuse": [400, "Bad Request: PEER_ID_INVALID"]}, Refused),
    "cut before": ({"cut_before": True}, Unknown),
    "cut after": ({"cut_after": True}, Unknown),
    "hang before": ({"hang_before": True}, Unknown),
    "hang after": ({"hang_after": True}, Unknown),
}


@pytest.mark.parametrize(("fault", "meaning"), SURE.values(), ids=SURE.keys())
async def test_an_answer_means(line: Line, fault: dict[str, Any], meaning: Outcome | type[Outcome]) -> None:
    if any("hang" in name for name in fault):
        impatient(line.bot)
    await line.tg.fault("sendMessage", **fault)
    outcome = await line.says()
    assert isinstance(outcome, meaning) if isinstance(meaning, type) else outcome == meaning
    assert isinstance(await line.says(), Sent), "the next one goes"


async def test_a_refused_connection_was_never_made() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        bot = make_bot("42:TEST", f"http://127.0.0.1:{taken.getsockname()[1]}", False, None)
        assert isinstance(await messenger_of(bot).send(parcel(1, ("text", None))), Later)
        await bot.session.close()


async def test_a_connection_that_is_never_answered_was_never_made() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:  # fill the queue: the next one is neither taken nor refused
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        bot = make_bot("42:TEST", f"http://127.0.0.1:{port}", False, None)
        impatient(bot, 0.6)
        assert isinstance(await messenger_of(bot).send(parcel(1, ("text", None))), Later)
        await bot.session.close()
        for each in waiting:
            each.close()


async def test_a_wrong_file_is_refused_and_a_wrong_item_of_an_album_only_there(line: Line) -> None:
    good = await line.file_id()
    assert isinstance(await line.messenger.send(parcel(line.peter.id, ("photo", "nonsense"))), Refused)
    album = await line.messenger.send(parcel(line.peter.id, ("document", good), ("document", "nonsense")))
    assert isinstance(album, Refused) and album.album


async def test_what_is_no_more_can_not_be_edited(line: Line) -> None:
    edit = parcel(line.peter.id, ("text", None), op="edit", copies=(999_999,))
    assert await line.messenger.send(edit) == Gone("message")
    assert await line.messenger.show(f"tg:{line.peter.id}", NoPlaceView(), None, 999_999) == Gone("message")
    assert await line.messenger.pin(f"tg:{line.peter.id}", 999_999) == Gone("message")


async def test_a_screen_that_is_shown_already_has_been_shown(line: Line) -> None:
    shown = await line.messenger.show(f"tg:{line.peter.id}", NoPlaceView(), "ru", None)
    assert isinstance(shown, Sent)
    assert await line.messenger.show(f"tg:{line.peter.id}", NoPlaceView(), "ru", *shown.message_ids) == shown
    assert isinstance(await line.messenger.pin(f"tg:{line.peter.id}", *shown.message_ids), Sent)


@pytest.mark.parametrize("size", [1, 300_000, 6 * MIB])
async def test_a_file_is_fetched_byte_for_byte(line: Line, size: int) -> None:
    fetched = await line.messenger.fetch(await line.file_id(size=size), size, line.target)
    (shown,) = [each for each in await line.peter.chat() if each.sha256]
    data = line.target.read_bytes()
    assert fetched == Fetched(size, shown.sha256 or "") and len(data) == size
    assert hashlib.sha256(data).hexdigest() == shown.sha256


@pytest.mark.parametrize("size", [50_000, 6 * MIB])
@pytest.mark.parametrize("fault", [{"cut_at": 1000}, {"short": 1000}, {"not_found": True}, {"too_many_requests": 2}])
async def test_a_file_that_did_not_come_whole_is_asked_for_again(line: Line, size: int, fault: dict[str, Any]) -> None:
    file_id = await line.file_id(size=size)
    await line.tg.fault("download", **fault)
    assert isinstance(await line.messenger.fetch(file_id, size, line.target), Later)
    assert isinstance(await line.messenger.fetch(file_id, None, line.target), Fetched)
    assert line.target.stat().st_size == size


async def test_a_file_is_asked_for_again_as_late_as_telegram_wishes(line: Line) -> None:
    await line.tg.fault("getFile", too_many_requests=7)
    assert await line.messenger.fetch(await line.file_id(), 1000, line.target) == Later(7)


async def test_what_telegram_does_not_hand_out_is_too_big(line: Line) -> None:
    file_id = await line.file_id(size=20 * MIB + 1)
    for told in (None, 20 * MIB + 1):
        assert await line.messenger.fetch(file_id, told, line.target) == TooBig()
    assert not line.target.exists()


async def test_a_file_id_that_is_wrong_stays_wrong(line: Line) -> None:
    assert isinstance(await line.messenger.fetch("nonsense", None, line.target), Gone)
    await line.tg.fault("getFile", refuse=[400, "Bad Request: wrong file_id or the file is temporarily unavailable"])
    assert isinstance(await line.messenger.fetch(await line.file_id(), None, line.target), Later)


@asynccontextmanager
async def server_with(answers: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[Bot]:
    """A server that is not Telegram's, and a bot that takes it for it."""
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", answers)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    bot = make_bot("42:TEST", f"http://127.0.0.1:{runner.addresses[0][1]}", False, None)
    try:
        yield bot
    finally:
        await bot.session.close()
        await runner.cleanup()


STRANGE = {
    "message_id": 77,
    "date": 1,
    "chat": {"id": 1, "type": "private"},
    "poll": {"question": "of another version"},
}
READ_ALL_THE_SAME = {
    "a message of another version": ({"ok": True, "result": STRANGE}, Sent((77,))),
    "no message": ({"ok": True, "result": {"date": "?"}}, Unknown("answer")),
    "another thing": (["ok"], Unknown("answer")),
}


@pytest.mark.parametrize(("answer", "meaning"), READ_ALL_THE_SAME.values(), ids=READ_ALL_THE_SAME.keys())
async def test_what_was_taken_is_not_sent_twice_for_an_unfamiliar_answer(answer: Any, meaning: Outcome) -> None:
    async def answers(_: web.Request) -> web.Response:
        return web.json_response(answer)

    async with server_with(answers) as bot:
        assert await messenger_of(bot).send(parcel(1, ("text", None))) == meaning


CURT = {
    "a busy server without a pause": (429, {"ok": False, "error_code": 429, "description": "Too Many Requests"}),
    "a failing server without a word": (500, {"ok": False, "error_code": 500}),
    "a failing gateway that speaks json": (503, {"error": "upstream"}),
    "a failing gateway": (502, "<html>Bad Gateway</html>"),
}


@pytest.mark.parametrize(("status", "page"), CURT.values(), ids=CURT.keys())
async def test_a_busy_or_failing_server_is_asked_again_however_little_it_says(status: int, page: Any) -> None:
    async def answers(_: web.Request) -> web.Response:
        return web.Response(status=status, text=page if isinstance(page, str) else json.dumps(page))

    async with server_with(answers) as bot:
        assert isinstance(await messenger_of(bot).send(parcel(1, ("text", None))), Later)


@asynccontextmanager
async def server_telling(file_path: str) -> AsyncIterator[tuple[Bot, list[str]]]:
    """It names any path, and redirects every download to itself."""
    asked: list[str] = []

    async def answers(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path.endswith("/getFile"):
            told = {"file_id": "f", "file_unique_id": "u", "file_size": 4, "file_path": file_path}
            return web.json_response({"ok": True, "result": told})
        if request.path.endswith("/stolen"):
            return web.Response(body=b"evil")
        raise web.HTTPFound("/stolen")

    async with server_with(answers) as bot:
        yield bot, asked


HOSTILE = ("../../etc/passwd", "photos/../../x", "http://evil.test/x", "a?b=1", "a#b", "")
PLAIN = ("/etc/passwd", "photos/file_1.jpg")


@pytest.mark.parametrize("path", HOSTILE + PLAIN)
async def test_a_hostile_path_or_redirect_leads_nowhere(tmp_path: Path, path: str) -> None:
    target = tmp_path / "spool" / "1.part"
    target.parent.mkdir()
    async with server_telling(path) as (bot, asked):
        assert isinstance(await messenger_of(bot).fetch("f", None, target), Later)
    assert len(asked) == (2 if path in PLAIN else 1), "a path that is not plain is not even asked for"
    assert "/stolen" not in asked and not target.exists()
    assert [each.name for each in tmp_path.rglob("*")] == ["spool"]


async def test_the_token_is_not_in_an_outcome(line: Line) -> None:
    await line.tg.fault("sendMessage", cut_after=True)
    assert "42:TEST" not in repr(await line.says())
