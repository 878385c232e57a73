"""The Messenger over Telegram: one attempt at one call, and what its answer means."""

import asyncio
import errno
import hashlib
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import EditMessageText, GetFile, PinChatMessage, SendMessage, TelegramMethod
from aiogram.types import InputFile, Message, MessageId

from dealer_bot.bot.inviting import INVITATIONS, invitation_call, staff_call
from dealer_bot.bot.local_files import CHUNK, LocalFiles
from dealer_bot.bot.menus import menu_of, menus_for_everyone
from dealer_bot.bot.rendering import Renderer
from dealer_bot.bot.screens import look
from dealer_bot.bot.texts import Texts, texts_for
from dealer_bot.bot.weeks import WEEKS, weeks_call
from dealer_bot.domain.invitations import staff_token
from dealer_bot.domain.parcels import (
    DISK,
    Fetched,
    FetchOutcome,
    Gone,
    Later,
    Outcome,
    Parcel,
    Refused,
    Sent,
    TooBig,
    Unknown,
)
from dealer_bot.domain.views import MenuView, View
from dealer_bot.kill_points import reach

log = logging.getLogger(__name__)

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""What the public Bot API server hands out: 20 MB (Bot API, getFile)."""
UPLOAD = aiohttp.ClientTimeout(total=60, sock_connect=10)
"""What carries a file of ours takes longer than what names one of Telegram's."""
LOCAL_FILE = aiohttp.ClientTimeout(total=600, sock_connect=10)
"""A server of our own answers when it has the whole film."""
SOON_S = 0.25
"""Telegram's servers fail for a moment now and then; each time again we wait twice as long."""
_SAFE_PATH = re.compile(r"[\w./-]+")
_OF_DISKS = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.ESTALE, errno.ENOTDIR, errno.EISDIR, errno.EMFILE, errno.ENFILE),
}
_NO_MESSAGE = ("to edit not found", "can't be edited", "to pin not found", "to react not found")
_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class TelegramMessenger:
    def __init__(self, bot: Bot, renderer: Renderer, language: str, local_files: LocalFiles) -> None:
        self._bot, self._renderer, self._local = bot, renderer, local_files
        self.language = language

    async def send(self, parcel: Parcel) -> Outcome:
        if parcel.notice in INVITATIONS:
            return await self._invite(parcel, self._texts(parcel.language))
        if parcel.notice == WEEKS:
            return await self._attempt(await weeks_call(parcel, self._texts(parcel.language)))
        call = self._renderer.call(parcel, self._texts(parcel.language))
        return Gone("void") if call is None else await self._attempt(call)

    async def _invite(self, parcel: Parcel, t: Texts) -> Outcome:
        try:
            me = await self._bot.me()  # asked once, then remembered
        except (TelegramAPIError, ClientDecodeError) as error:
            return Later(1.0, reason=type(error).__name__)
        name, organization = me.username or "", self._renderer.organization
        if "cause" in parcel.args:
            return await self._attempt(staff_call(parcel, t, staff_token(self._bot.token, parcel.args["cause"]), name))
        return await self._attempt(await asyncio.to_thread(invitation_call, parcel, t, organization, name))

    async def show(self, address: str, view: View, language: str | None, message_id: int | None) -> Outcome:
        chat_id = int(address.partition(":")[2])
        if isinstance(view, MenuView):
            return await self._attempt(menu_of(view, chat_id, self._texts(language)))
        text, buttons = look(view, self._texts(language))
        if message_id is None:
            return await self._attempt(SendMessage(chat_id=chat_id, text=text, reply_markup=buttons))
        return await self._attempt(
            EditMessageText(chat_id=chat_id, message_id=message_id, text=text, reply_markup=buttons)
        )

    async def introduce(self) -> None:
        """Tell Telegram what to offer whoever comes; not worth a second try before the next start."""
        for menu in menus_for_everyone(self.language):
            await self._attempt(menu)

    async def pin(self, address: str, message_id: int) -> Outcome:
        chat_id = int(address.partition(":")[2])
        return await self._attempt(PinChatMessage(chat_id=chat_id, message_id=message_id, disable_notification=True))

    async def fetch(self, file_id: str, size: int | None, target: Path) -> FetchOutcome:
        if (size or 0) > LARGEST_DOWNLOAD and not self._bot.session.api.is_local:
            return TooBig()
        try:
            is_local = self._bot.session.api.is_local
            patience: Any = LOCAL_FILE if is_local else None
            file = await self._bot(GetFile(file_id=file_id), request_timeout=patience)
            if is_local:
                return await asyncio.to_thread(self._local.take, file.file_path or "", file.file_size, target)
            return await self._download(file.file_path or "", file.file_size, target)
        except TelegramBadRequest as error:
            return TooBig() if "file is too big" in error.message else _no_file(error)
        except TelegramRetryAfter as error:
            return Later(error.retry_after)
        except (TelegramAPIError, ClientDecodeError, aiohttp.ClientError, TimeoutError, OSError) as error:
            return Later(1.0, reason=_why(error))

    async def _download(self, file_path: str, size: int | None, target: Path) -> FetchOutcome:
        """Only from our server, only a plain path; a short body is no file."""
        if not _SAFE_PATH.fullmatch(file_path) or ".." in file_path:
            return Later(5.0, reason="file_path")
        assert isinstance(self._bot.session, AiohttpSession)
        http = await self._bot.session.create_session()
        url = self._bot.session.api.file_url(self._bot.token, file_path)
        limit = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=30)
        async with http.get(url, timeout=limit, allow_redirects=False) as response:
            if response.status != 200:
                return Later(1.0, reason=f"http {response.status}")
            return await _save(response, size, target)

    def _texts(self, language: str | None) -> Texts:
        return texts_for(language, self.language)

    async def _attempt(self, call: TelegramMethod[Any]) -> Outcome:
        try:
            return Sent(_ids(await self._bot(call, request_timeout=_patience(call))))
        except TelegramRetryAfter as error:
            return Later(error.retry_after, for_chat=True, reason="429")
        except TelegramForbiddenError as error:
            return _forbidden(error)
        except TelegramBadRequest as error:
            return _bad_request(error, call)
        except TelegramEntityTooLarge as error:
            return Refused(error.message)
        except TelegramServerError as error:
            return Later(SOON_S, reason=type(error).__name__)
        except TelegramUnauthorizedError:
            return Later(60.0, reason="401")
        except TelegramNetworkError as error:
            return Later(1.0, reason="network") if _never_left(error.__cause__) else Unknown("network")
        except ClientDecodeError as error:
            return _told(error.data)
        except TelegramAPIError as error:
            return Refused(error.message)


def _why(error: Exception) -> str:
    """Whether the network failed or the disk."""
    is_network = isinstance(error, (aiohttp.ClientError, TimeoutError))
    is_of_disk = isinstance(error, OSError) and not is_network and error.errno in _OF_DISKS
    return DISK if is_of_disk else type(error).__name__


def _patience(call: TelegramMethod[Any]) -> Any:
    """None: as long as any call."""
    return UPLOAD if any(isinstance(value, InputFile) for value in vars(call).values()) else None


def _never_left(cause: BaseException | None) -> bool:
    """Telegram can't have seen it: no connection was made, to its server or to the proxy before it."""
    return isinstance(cause, _NEVER_LEFT)


def _ids(result: Any) -> tuple[int, ...]:
    if result is True:
        return (0,)
    if isinstance(result, Message | MessageId):
        return (result.message_id,)
    return tuple(each.message_id for each in result) if isinstance(result, list) else ()


def _told(answer: Any) -> Outcome:
    """An answer this library is too old or too new to read: `ok` with message ids means the same in every version."""
    result = answer.get("result") if isinstance(answer, dict) and answer.get("ok") is True else None
    messages = result if isinstance(result, list) else [result]
    ids = tuple(each["message_id"] for each in messages if isinstance(each, dict) and _has_id(each))
    return Sent(ids) if ids and len(ids) == len(messages) else Unknown("answer")


def _has_id(message: dict[str, Any]) -> bool:
    return type(message.get("message_id")) is int


def _forbidden(error: TelegramForbiddenError) -> Outcome:
    is_block = "blocked by the user" in error.message or "can't initiate" in error.message
    return Gone("blocked" if is_block else "deactivated")


def _bad_request(error: TelegramBadRequest, call: TelegramMethod[Any]) -> Outcome:
    text = error.message
    if "message is not modified" in text or "message to delete not found" in text:
        return Sent((getattr(call, "message_id", 0),))
    if "chat not found" in text:
        return Gone("chat")
    if any(words in text for words in _NO_MESSAGE):
        return Gone("message")
    return Refused(text, album="failed to send message #" in text or "can't be mixed" in text)


def _no_file(error: TelegramBadRequest) -> FetchOutcome:
    """A wrong id stays wrong; what is temporarily unavailable comes back."""
    return Later(5.0, reason="unavailable") if "temporarily" in error.message else Gone("no_file")


async def _save(response: aiohttp.ClientResponse, size: int | None, target: Path) -> FetchOutcome:
    expected = size if size is not None else response.content_length
    if expected is not None and expected <= CHUNK * 20:
        data = await response.read()
        return await asyncio.to_thread(_write_whole, target, data, expected)
    part = _part_of(target)
    writer = await asyncio.to_thread(part.open, "wb")
    digest, written = hashlib.sha256(), 0
    try:
        async for chunk in response.content.iter_chunked(CHUNK):
            await asyncio.to_thread(_write_chunk, writer.write, digest.update, chunk)
            written += len(chunk)
        await asyncio.to_thread(_flush, writer)
    finally:
        await asyncio.to_thread(writer.close)
    if expected is not None and written != expected:
        return Later(1.0, reason="size")
    await asyncio.to_thread(part.replace, target)
    return Fetched(written, digest.hexdigest())


def _part_of(target: Path) -> Path:
    """Under this name until it is whole."""
    return target.with_suffix(".part")


def _flush(writer: BinaryIO) -> None:
    writer.flush()
    os.fsync(writer.fileno())


def _write_chunk(write: Callable[[bytes], Any], update: Callable[[bytes], None], chunk: bytes) -> None:
    write(chunk)
    reach("in_download")
    update(chunk)


def _write_whole(target: Path, data: bytes, expected: int) -> FetchOutcome:
    if len(data) != expected:
        return Later(1.0, reason="size")
    part = _part_of(target)
    with part.open("wb") as file:
        file.write(data)
        reach("before_download_end")
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
    return Fetched(len(data), hashlib.sha256(data).hexdigest())
