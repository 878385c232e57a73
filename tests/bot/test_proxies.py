"""To Telegram through the dealership's proxy: what the proxy does not let through has surely not been sent."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiohttp import ClientTimeout

from dealer_bot.bot.dispatcher import make_bot
from dealer_bot.domain.parcels import Later, Sent
from dealer_bot.sandbox import Sandbox
from tests.bot.test_telegram_answers import messenger_of, parcel

FAR = "http://telegram.test:8081"
"""A name that the proxy alone can make something of."""

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter
Behaviour = Callable[[Reader, Writer], Awaitable[None]]


async def hangs_up(_: Reader, __: Writer) -> None:
    return


async def says_nothing(reader: Reader, _: Writer) -> None:
    await reader.read()


async def speaks_something_else(_: Reader, writer: Writer) -> None:
    writer.write(b"220 mail.test ESMTP\r\n")
    await writer.drain()


async def asks_for_a_password(reader: Reader, writer: Writer) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
    await writer.drain()


async def finds_no_way(reader: Reader, writer: Writer) -> None:
    await _greeted(reader, writer)
    writer.write(b"\x05\x04\x00\x01\x00\x00\x00\x00\x00\x00")  # host unreachable (RFC 1928)
    await writer.drain()


async def _greeted(reader: Reader, writer: Writer) -> None:
    """SOCKS5 without a password, up to the name and the port that are wanted."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    *_, length = await reader.readexactly(5)
    await reader.readexactly(length + 2)


def leads_to(url: str) -> Behaviour:
    async def leads(reader: Reader, writer: Writer) -> None:
        await _greeted(reader, writer)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        onward = urlsplit(url)
        there, back = await asyncio.open_connection(onward.hostname, onward.port)
        await asyncio.gather(_carried(reader, back), _carried(there, writer))

    return leads


async def _carried(reader: Reader, writer: Writer) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def bot_behind(behaviour: Behaviour, scheme: str = "socks5", token: str = "42:TEST") -> AsyncIterator[Bot]:
    async def meets(reader: Reader, writer: Writer) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await behaviour(reader, writer)
        writer.close()

    async with await asyncio.start_server(meets, "127.0.0.1", 0) as proxy:
        port = proxy.sockets[0].getsockname()[1]
        bot = make_bot(token, FAR, False, f"{scheme}://127.0.0.1:{port}")
        try:
            yield bot
        finally:
            await bot.session.close()


SHUT = {
    "hangs up": (hangs_up, "socks5"),
    "speaks something else": (speaks_something_else, "socks5"),
    "finds no way": (finds_no_way, "socks5"),
    "is no http proxy": (speaks_something_else, "http"),
    "asks for a password": (asks_for_a_password, "http"),
    "says nothing": (says_nothing, "socks5"),
}


@pytest.mark.parametrize(("behaviour", "scheme"), SHUT.values(), ids=SHUT.keys())
async def test_what_a_proxy_does_not_let_through_goes_later(behaviour: Behaviour, scheme: str) -> None:
    async with bot_behind(behaviour, scheme) as bot:
        if behaviour is says_nothing:
            bot.session.timeout = ClientTimeout(total=30, sock_connect=0.1)  # type: ignore[assignment]
        assert isinstance(await messenger_of(bot).send(parcel(1, ("text", None))), Later)
        with pytest.raises(TelegramNetworkError):
            await bot(GetMe())


async def test_a_proxy_that_is_away_is_a_network_that_is_away_for_every_way_out() -> None:
    with socket.socket() as shut:
        shut.bind(("127.0.0.1", 0))
        bot = make_bot("42:TEST", FAR, False, f"socks5://127.0.0.1:{shut.getsockname()[1]}")
        assert isinstance(await messenger_of(bot).send(parcel(1, ("text", None))), Later)
        with pytest.raises(aiohttp.ClientConnectorError):  # as updates and files are asked for
            await (await bot.session.create_session()).get(FAR)  # type: ignore[attr-defined]
        await bot.session.close()


async def test_through_a_proxy_that_leads_there_a_message_arrives() -> None:
    async with Sandbox() as server, bot_behind(leads_to(server.url), token=server.token) as bot:
        peter = await server.client().person("Пётр")
        await peter.starts()
        assert isinstance(await messenger_of(bot).send(parcel(peter.id, ("text", None))), Sent)
        assert len(await peter.chat()) == 2
