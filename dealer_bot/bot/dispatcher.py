"""The dispatcher: the door first, then the roles in order, then what nobody took."""

from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import (
    EditMessageText,
    GetFile,
    PinChatMessage,
    SendMediaGroup,
    SendPhoto,
    TelegramMethod,
)
from aiogram.methods.base import Response, TelegramType
from aiohttp import ClientTimeout

from dealer_bot.bot import (
    admin,
    care,
    case_talk,
    client,
    common,
    employee,
    last,
    passing,
    protocol_pages,
    reacting,
    repeating,
    resuming,
)
from dealer_bot.bot.middlewares import Door, StoredTurns
from dealer_bot.bot.storage import TurnStorage
from dealer_bot.services.connecting import Connecting

REQUEST_S = 20
"""Text and file ids travel in a second; who has heard nothing after this long will not hear any more."""
CONNECT_S = 10


# aiogram makes a class for each kind of answer, and pydantic holds it weakly: let go, it is built anew each time.
ANSWERS = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]
    for method in (GetFile, SendPhoto, SendMediaGroup, EditMessageText, PinChatMessage)
)


class Session(AiohttpSession):
    """aiogram's, but a busy or failing server counts by its status, however little it says and whoever says it."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        try:
            return super().check_response(bot, method, status_code, content)
        except TelegramRetryAfter:
            raise
        except (TelegramAPIError, ClientDecodeError, TypeError) as error:  # TypeError: aiogram reads a missing text
            if status_code >= 500 or status_code == 429:
                raise TelegramServerError(method=method, message=f"HTTP {status_code}") from error
            raise

    def _setup_proxy_connector(self, proxy: Any) -> None:
        from dealer_bot.bot.proxies import ThroughProxy  # most have none, and it costs a start its time

        super()._setup_proxy_connector(proxy)
        self._connector_type = ThroughProxy

    async def close(self) -> None:
        """aiohttp waits for its connections to end; aiogram waits another quarter of a second for what may be left."""
        if self._session is not None:
            await self._session.close()


def make_bot(token: str, api_url: str, is_local: bool, proxy: str | None) -> Bot:
    """A bot without a default parse mode, over one pool of connections."""
    session = Session(api=TelegramAPIServer.from_base(api_url, is_local=is_local), proxy=proxy)
    session.timeout = ClientTimeout(total=REQUEST_S, sock_connect=CONNECT_S)  # type: ignore[assignment]
    session.middleware(StoredTurns())
    return Bot(token, session=session)


def make_dispatcher(connecting: Connecting, language: str, **services: Any) -> Dispatcher:
    """`services` reach the handlers by name. A role has one router: each costs a start half a millisecond."""
    dispatcher = Dispatcher(storage=TurnStorage(), connecting=connecting, **services)
    dispatcher.update.outer_middleware(Door(connecting, language))
    everyone, whoever_is_left = Router(name="everyone"), Router(name="last")
    for room in (common, reacting, passing, resuming):
        room.routes(everyone)
    last.routes(whoever_is_left)
    dispatcher.include_routers(
        everyone,
        repeating.door(),
        case_talk.door(),
        protocol_pages.door(),
        admin.door(),
        employee.door(),
        care.door(),
        client.door(),
        whoever_is_left,
    )
    return dispatcher
