"""Raw updates into the inbox. The offset moves only after the commit: what Telegram forgets, we have on disk."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession

from database.connection import DatabaseAway
from dealer_bot.domain.visits import Received
from dealer_bot.kill_points import reach
from dealer_bot.services.turns import Turns

log = logging.getLogger(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
POLL_S = 25
WAIT_AFTER_ERROR_S = (0.5, 1, 2, 5, 10)
WAIT_AFTER_STRANGE_S = 1.0
LARGEST_ID = 2**63 - 1
NO_LANE = "tg:0"


class TokenRefused(Exception):
    """Telegram does not know the token: nothing can be done from here."""


class Receiver:
    def __init__(self, bot: Bot, turns: Turns, clock: Callable[[], int], wake: Callable[[str], None]) -> None:
        self._bot, self._turns, self._clock, self._wake = bot, turns, clock, wake
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled. Raises TokenRefused."""
        while True:
            try:
                await self.step()
                self._failures = 0
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError, DatabaseAway) as error:
                wait_s = WAIT_AFTER_ERROR_S[min(self._failures, len(WAIT_AFTER_ERROR_S) - 1)]
                self._failures += 1
                log.warning("no updates: %s, again in %s s", type(error).__name__, wait_s)
                await asyncio.sleep(wait_s)

    async def step(self, timeout_s: int = POLL_S) -> int:
        """One long poll, then one commit. How many updates came."""
        batch = await self._poll(timeout_s)
        received = [_received(raw) for raw in batch]
        if received:
            reach("before_receipt")
            await self._turns.receive(received, self._clock())
        # After an empty answer nothing is outstanding: ids restart at random after a quiet week, so none is remembered.
        confirmed = [update.update_id for update in received if update.update_id >= 0]
        self._offset = confirmed[-1] + 1 if confirmed else None
        for lane in {update.lane for update in received}:
            self._wake(lane)
        if received and not confirmed:
            await asyncio.sleep(WAIT_AFTER_STRANGE_S)  # what can't be confirmed comes again at once
        return len(received)

    async def _poll(self, timeout_s: int) -> list[Any]:
        assert isinstance(self._bot.session, AiohttpSession)
        http = await self._bot.session.create_session()
        form = {"timeout": str(timeout_s), "allowed_updates": json.dumps(ALLOWED)}
        if self._offset is not None:
            form["offset"] = str(self._offset)
        url = self._bot.session.api.api_url(self._bot.token, "getUpdates")
        limit = aiohttp.ClientTimeout(total=timeout_s + 15, sock_connect=10)
        async with http.post(url, data=form, timeout=limit, allow_redirects=False) as response:
            answer = json.loads(await response.read())
        if not isinstance(answer, dict):
            raise ValueError("not an answer of the Bot API")
        if answer.get("ok") is True and isinstance(answer.get("result"), list):
            found: list[Any] = answer["result"]
            return found
        await self._refused(answer)
        return []

    async def _refused(self, answer: dict[str, Any]) -> None:
        code = answer.get("error_code")
        if code in (401, 404):
            raise TokenRefused
        if code == 409:
            log.warning("another program is polling with the same token")
        retry_after = (answer.get("parameters") or {}).get("retry_after")
        await asyncio.sleep(float(retry_after) if retry_after else 2.0)


def _received(raw: Any) -> Received:
    """The payload is ASCII: a lone surrogate in a text can't spoil the row. Without a usable id, one of its content."""
    payload = json.dumps(raw)
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(update_id, int) or not 0 <= update_id < LARGEST_ID:
        update_id = -int.from_bytes(hashlib.sha256(payload.encode()).digest()[:7], "big")
        log.error("an update without a usable id was received")
    return Received(update_id, lane_of(raw) if isinstance(raw, dict) else NO_LANE, payload)


def lane_of(raw: dict[str, Any]) -> str:
    """A chat id, else a user id, of whatever kind of update it is."""
    for event in raw.values():
        if isinstance(event, dict):
            for holder, key in ((event, "chat"), (event.get("message"), "chat"), (event, "from"), (event, "user")):
                found = holder.get(key) if isinstance(holder, dict) else None
                if isinstance(found, dict) and isinstance(found.get("id"), int):
                    return f"tg:{found['id']}"
    return NO_LANE
