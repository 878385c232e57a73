"""Switches of fate: the network, Telegram's limits, the power; with what is promised then and what happened."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from aiohttp import ClientError, web

from dealer_bot.demo.browser.answering import Refused, answering
from dealer_bot.demo.browser.board import Board
from dealer_bot.demo.browser.company import Company
from dealer_bot.demo.browser.ledger import Count, Ledger
from dealer_bot.sandbox import SandboxError

Json = dict[str, Any]

SLOW_S = 0.4
LOOK_S = 1.0
CALM_LOOKS = 3
RETRY_AFTER_S = 3
REFUSALS = 3
SENDING = ("sendMessage", "sendPhoto", "sendVideo", "sendMediaGroup", "editMessageText")
NEWEST = 6


@dataclass
class Blow:
    """One blow of fate, from the moment it fell until all is calm again."""

    kind: str
    at: float
    before: Count
    ended: bool = False
    calm: int = 0
    now: Count = field(default_factory=Count)

    def shown(self) -> Json:
        return {"kind": self.kind, "at": self.at, "ended": self.ended, "since": asdict(self.now.since(self.before))}


class Fate:
    """Switches stay as they are set; single blows fall and pass."""

    def __init__(self, current: Callable[[], Company], board: Board) -> None:
        self._current, self._board = current, board
        self._ledger: Ledger | None = None
        self._count, self._blocked = Count(), frozenset[int]()
        self._blows: list[Blow] = []

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/fate", answering(self._turn))]

    async def watch(self, made: Company) -> None:
        """Count and tell, until cancelled."""
        self._ledger, self._blocked, self._blows = Ledger(made), frozenset(), []
        while True:
            try:
                await self._look(made)
            except (ClientError, SandboxError):
                return  # the server is gone: the next dealership is watched anew
            await asyncio.sleep(LOOK_S)

    async def _look(self, made: Company) -> None:
        assert self._ledger is not None
        before, blocked = self._count, self._blocked
        self._count, self._blocked = await self._ledger.count(), self._ledger.blocked
        if self._blocked - blocked:
            self._falls("block")
        going_on = [blow for blow in self._blows if not blow.ended]
        is_over = made.cable.is_whole and not made.cable.delay_s and not self._blocked
        is_calm = bool(going_on) and is_over and before == self._count and await made.is_at_rest()
        for blow in going_on:
            blow.calm = blow.calm + 1 if is_calm else 0
            blow.now, blow.ended = self._count, blow.calm >= CALM_LOOKS
        self._show(made)

    def _show(self, made: Company) -> None:
        self._board.put(
            "fate",
            {
                "cut": not made.cable.is_whole,
                "slow": made.cable.delay_s > 0,
                "killed": not made.has_bot,
                "count": asdict(self._count),
                "blows": [blow.shown() for blow in reversed(self._blows[-NEWEST:])],
            },
        )

    async def _turn(self, body: Json) -> Json:
        made = self._current()
        does: dict[str, Callable[[Company], Awaitable[None]]] = {
            "cut": self._cut,
            "slow": self._slow,
            "flood": self._flood,
            "kill": self._kill,
            "start": self._start,
        }
        if body["what"] not in does:
            raise Refused(f"no such switch: {body['what']}")
        await does[body["what"]](made)
        self._show(made)
        return {}

    async def _cut(self, made: Company) -> None:
        if made.cable.is_whole:
            await self._strikes(made, "cut")
            await made.cable.pull()
        else:
            await made.cable.mend()

    async def _slow(self, made: Company) -> None:
        if not made.cable.delay_s:
            await self._strikes(made, "slow")
        made.cable.delay_s = 0.0 if made.cable.delay_s else SLOW_S

    async def _flood(self, made: Company) -> None:
        await self._strikes(made, "flood")
        for method in SENDING:
            await made.tg.fault(method, times=REFUSALS, too_many_requests=RETRY_AFTER_S)

    async def _kill(self, made: Company) -> None:
        if made.has_bot:
            await self._strikes(made, "kill")
            await made.kill_bot()

    async def _start(self, made: Company) -> None:
        if not made.has_bot:
            await made.start_bot()

    async def _strikes(self, made: Company, kind: str) -> None:
        """What came before is counted now: the last look may be a second old."""
        self._count = await (self._ledger or Ledger(made)).count()
        self._falls(kind)

    def _falls(self, kind: str) -> None:
        self._blows.append(Blow(kind, time.time(), self._count, now=self._count))
