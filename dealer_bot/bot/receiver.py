"""Raw updates into the inbox. The offset moves only after the commit: what Telegram forgets, we have on disk."""

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession

from database.connection import DatabaseAway
from dealer_bot.domain.visits import Received
from dealer_bot.kill_points import reach
from dealer_bot.services.listening import Listening
from dealer_bot.services.rates import Rates
from dealer_bot.services.turns import Turns

log = logging.getLogger(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
POLL_S = 25
WAIT_AFTER_ERROR_S = (0.5, 1, 2, 5, 10)
WAIT_AFTER_STRANGE_S = 1.0
LARGEST_ID = 2**63 - 1
NO_LANE = "tg:0"
LISTEN_POLL_S, LISTEN_PAUSE_S = 2, 0.25
UNTAKEN_S = 5.0
"""So long may a bot at work be busy with what it took before it asks for more."""
DISPUTE_S = 60.0
DISPUTES_TOLD = 3
STRANGERS_BURST, STRANGERS_EVERY_S = 20.0, 60.0
"""What is handled of a stranger: an album with a few words at once, and one message a minute of a flood."""


class TokenRefused(Exception):
    """Telegram does not know the token: nothing can be done from here."""


class NotTheBotApi(ValueError):
    """Something else answers there: TELEGRAM_API_URL is wrong, or a gateway speaks for the server."""


class TokenTaken(Exception):
    """Another program gets this bot's updates, and was before us; the text says how."""


ANOTHER = "another program works with this BOT_TOKEN, perhaps on another machine: stop it first"
WEBHOOK = (
    "a webhook is set for this BOT_TOKEN, so another program gets its messages: stop that, then call deleteWebhook"
)


class Receiver:
    def __init__(
        self, bot: Bot, turns: Turns, listening: Listening, clock: Callable[[], int], wake: Callable[[str], None]
    ) -> None:
        self._bot, self._turns, self._listening, self._clock, self._wake = bot, turns, listening, clock, wake
        self._offset: int | None = None
        self._failures = 0
        self._is_alone = False
        self._disputed_at: list[float] = []
        self._crowd = Rates(0, 1 / STRANGERS_EVERY_S, STRANGERS_BURST)

    async def run(self) -> None:
        """Until cancelled. Raises TokenRefused, TokenTaken."""
        while True:
            try:
                if not self._is_alone:
                    await self.make_sure()
                await self.step()
                self._failures = 0
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError, DatabaseAway) as error:
                wait_s = WAIT_AFTER_ERROR_S[min(self._failures, len(WAIT_AFTER_ERROR_S) - 1)]
                self._failures += 1
                server = urlsplit(self._bot.session.api.base).netloc.rpartition("@")[2]
                log.warning("no updates from %s: %s, again in %s s", server, type(error).__name__, wait_s)
                await asyncio.sleep(wait_s)

    async def make_sure(self) -> None:
        """A newcomer listens before it takes anything, and confirms nothing meanwhile. Raises TokenTaken.

        Whoever polls already is interrupted by us, asks again at once, and so interrupts us (Telegram's 409), or
        takes away what we have seen waiting. A database that heard Telegram a moment ago belongs to a bot that has
        only been restarted: it waits for nobody.
        """
        self._is_alone = await self._listening.is_recent(self._clock())
        began, waiting = time.monotonic(), None
        while not self._is_alone:
            heard = await self._poll(LISTEN_POLL_S)
            if heard is None:
                continue
            if waiting is not None and waiting not in heard:
                raise TokenTaken(ANOTHER)
            if heard:
                waiting = heard[0]
                await asyncio.sleep(LISTEN_PAUSE_S)
            self._is_alone = not heard or time.monotonic() - began >= UNTAKEN_S

    async def step(self, timeout_s: int = POLL_S) -> int:
        """One long poll, then one commit. How many updates came."""
        batch = await self._poll(timeout_s)
        if batch is None:
            return 0
        received = [self._received(raw) for raw in batch]
        busy: set[str] = set()
        if received:
            reach("before_receipt")
            busy = await self._turns.receive(received, self._clock())
        await self._listening.note(self._clock())
        # After an empty answer nothing is outstanding: ids restart at random after a quiet week, so none is remembered.
        confirmed = [update.update_id for update in received if update.update_id >= 0]
        self._offset = confirmed[-1] + 1 if confirmed else None
        for lane in busy:
            self._wake(lane)
        if received and not confirmed:
            await asyncio.sleep(WAIT_AFTER_STRANGE_S)  # what can't be confirmed comes again at once
        return len(received)

    async def _poll(self, timeout_s: int) -> list[Any] | None:
        """One getUpdates; None if Telegram did not want it now. Raises TokenRefused, TokenTaken."""
        assert isinstance(self._bot.session, AiohttpSession)
        http = await self._bot.session.create_session()
        form = {"timeout": str(timeout_s), "allowed_updates": json.dumps(ALLOWED)}
        if self._offset is not None:
            form["offset"] = str(self._offset)
        url = self._bot.session.api.api_url(self._bot.token, "getUpdates")
        limit = aiohttp.ClientTimeout(total=timeout_s + 15, sock_connect=10)
        async with http.post(url, data=form, timeout=limit, allow_redirects=False) as response:
            answer = _answer_in(await response.read())
        if answer.get("ok") is True and isinstance(answer.get("result"), list):
            found: list[Any] = answer["result"]
            return found
        await self._refused(answer)
        return None

    def _received(self, raw: Any) -> Received:
        """One raw update, and whether its lane has sent more than a person does."""
        update = _received(raw)
        key = f"{update.lane} contact" if _has_contact(raw) else update.lane  # the way in stays open in a flood
        now_s = time.monotonic()
        if self._crowd.wait_s(key, now_s) > 0:
            return replace(update, in_excess=True)
        self._crowd.spend(key, now_s)
        return update

    async def _refused(self, answer: dict[str, Any]) -> None:
        code = answer.get("error_code")
        if code in (401, 404):
            raise TokenRefused
        if code == 409:
            await self._interrupted(str(answer.get("description")))
            return
        if isinstance(code, int) and code >= 500:
            raise ConnectionError(f"HTTP {code}")
        retry_after = (answer.get("parameters") or {}).get("retry_after")
        await asyncio.sleep(float(retry_after) if retry_after else 2.0)

    async def _interrupted(self, how: str) -> None:
        """By a newcomer: the first answer is to ask again at once, which tells him. By one that stays: admins know."""
        log.warning("another program is polling with the same token")
        if not self._is_alone:
            raise TokenTaken(WEBHOOK if "webhook" in how.lower() else ANOTHER)
        now_s = time.monotonic()
        self._disputed_at = [at for at in self._disputed_at if now_s - at < DISPUTE_S] + [now_s]
        if len(self._disputed_at) >= DISPUTES_TOLD:
            await self._listening.disputed(self._clock())
        if len(self._disputed_at) > 1:
            await asyncio.sleep(1.0)


def _answer_in(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise NotTheBotApi from error
    if not isinstance(answer, dict):
        raise NotTheBotApi
    return answer


def _received(raw: Any) -> Received:
    """The payload is ASCII: a lone surrogate in a text can't spoil the row. Without a usable id, one of its content."""
    payload = json.dumps(raw)
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(update_id, int) or not 0 <= update_id < LARGEST_ID:
        update_id = -int.from_bytes(hashlib.sha256(payload.encode()).digest()[:7], "big")
        log.error("an update without a usable id was received")
    return Received(update_id, lane_of(raw) if isinstance(raw, dict) else NO_LANE, payload)


def _has_contact(raw: Any) -> bool:
    message = raw.get("message") if isinstance(raw, dict) else None
    return isinstance(message, dict) and "contact" in message


def lane_of(raw: dict[str, Any]) -> str:
    """A chat id, else a user id, of whatever kind of update it is."""
    for event in raw.values():
        if isinstance(event, dict):
            for holder, key in ((event, "chat"), (event.get("message"), "chat"), (event, "from"), (event, "user")):
                found = holder.get(key) if isinstance(holder, dict) else None
                if isinstance(found, dict) and isinstance(found.get("id"), int):
                    return f"tg:{found['id']}"
    return NO_LANE
