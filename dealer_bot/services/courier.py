"""Carries what must arrive: one task per chat that has work, one call in flight a chat, every answer written down."""

import asyncio
import contextlib
import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from database import candidates, chats, claims, outbox, people, screens, settling
from database.claims import Wait
from database.connection import Database, DatabaseAway
from database.screens import Screen
from dealer_bot.domain.parcels import Gone, Outcome, Parcel, Sent, Unknown
from dealer_bot.domain.stages import Stages
from dealer_bot.domain.views import View
from dealer_bot.kill_points import reach
from dealer_bot.services import moving, showing
from dealer_bot.services.messenger import Messenger
from dealer_bot.services.rates import Rates
from dealer_bot.services.screens import view_of
from dealer_bot.services.showing import Show

log = logging.getLogger(__name__)

CALLS_AT_ONCE, CHATS_AT_ONCE = 16, 64
SILENT_S = 2.0
"""A call without an answer for so long keeps its own chat waiting, and nobody else: its place is given away."""
TURN_OF_A_CHAT = 20
EDIT_EVERY_MS = 2_000
REST_MS = 200
"""The longest rest of a chat: what seems to last longer began before the clock was set back."""
GATHER_S = 0.02
"""One look for all that became ready meanwhile."""


@dataclass(frozen=True, slots=True)
class _Done:
    """`pin`: what came of pinning, where it was tried."""

    job: Parcel | Show
    outcome: Outcome
    pin: Outcome | None = None


class Courier:
    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        stages: Stages,
        rates: Rates,
        clock: Callable[[], int],
    ) -> None:
        self._db, self._messenger, self._stages, self._rates = database, messenger, stages, rates
        self._clock = clock
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._asked: dict[str, float] = {}
        self._resting: dict[str, int] = {}
        self._work = asyncio.Event()
        self._stopping = False
        self._pause_s = 1.0

    def wake(self) -> None:
        """There may be something to send."""
        self._work.set()

    async def recover(self) -> None:
        """Before the first step: settle what a dead process left in flight."""
        await self._db.write(_recover, self._clock())

    async def run(self) -> None:
        """Until `stop`; a look every second too, since the command line writes from another process."""
        while not self._stopping:
            try:
                await self.step()
            except DatabaseAway:
                await asyncio.sleep(1)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._work.wait(), self._pause_s)
                await asyncio.sleep(GATHER_S)

    async def step(self) -> None:
        """Give every chat that has work a task of its own, up to the limit."""
        self._work.clear()
        now = self._clock()
        self._resting = {chat: until for chat, until in self._resting.items() if 0 < until - now <= REST_MS}
        addresses, next_at = await self._db.read(outbox.chats_with_work, now)
        self._pause_s = min(1.0, (next_at - now) / 1000) if next_at else 1.0
        for address in addresses:
            if not self._has_place() or self._stopping:
                return
            if address not in self._serving and address not in self._resting:
                task = asyncio.create_task(self._serve(address), name=f"chat {address}")
                self._serving[address] = task
                task.add_done_callback(partial(self._served, address))

    def _has_place(self) -> bool:
        silent = sum(since < time.monotonic() - SILENT_S for since in self._asked.values())
        return len(self._serving) < min(CALLS_AT_ONCE + silent, CHATS_AT_ONCE)

    async def stop(self, within_s: float) -> None:
        """Let what is in flight come to its answer; nothing new is claimed."""
        self._stopping = True
        self._work.set()
        if self._serving:
            await asyncio.wait(list(self._serving.values()), timeout=within_s)

    def _served(self, address: str, done: asyncio.Task[None]) -> None:
        self._serving.pop(address, None)
        if not done.cancelled() and done.exception() is not None:
            log.error("chat failed", exc_info=done.exception())
            self._rest(address, 1_000)
        if address not in self._resting:
            self.wake()

    async def _serve(self, address: str) -> None:
        done: _Done | None = None
        for turn in range(TURN_OF_A_CHAT + 1):
            wait_s = self._rates.wait_s(address, time.monotonic())
            may_go_on = not self._stopping and turn < TURN_OF_A_CHAT and wait_s == 0
            job = await self._settle_and_claim(address, done, may_go_on)
            if isinstance(job, Wait):
                self._rest(address, job.until - self._clock())
                return
            if job is None:
                if wait_s:
                    self._rest(address, int(wait_s * 1000))
                return
            self._asked[address] = time.monotonic()
            try:
                done = await self._do(job)
            finally:
                del self._asked[address]

    async def _settle_and_claim(self, address: str, done: _Done | None, may_go_on: bool) -> Parcel | Show | Wait | None:
        while True:
            try:
                return await self._db.write(self._transaction, address, done, may_go_on, self._clock())
            except DatabaseAway:
                if done is None:
                    raise
                await asyncio.sleep(0.5)  # an answer of Telegram is worth waiting for

    def _transaction(self, address: str, done: _Done | None, may_go_on: bool, now: int) -> Parcel | Show | Wait | None:
        if done is not None:
            self._settle(done, now)
        if not may_go_on:
            return None
        screen = screens.next_dirty(address, now, now - EDIT_EVERY_MS)
        if screen is not None and screen.telegram_message_id is None and not candidates.prompt_waits(address):
            return self._show(screen, now)
        claimed = claims.claim(address, now)
        if isinstance(claimed, Parcel):
            return claimed
        if screen is not None and not chats.is_paused(address, now):
            return self._show(screen, now)
        again_at = screens.next_dirty_at(address)
        if again_at is not None:
            return Wait(min(again_at, claimed.until) if claimed else again_at)
        return claimed

    def _show(self, screen: Screen, now: int) -> Show:
        view = view_of(screen, self._stages)
        view_hash = hashlib.sha256(repr(view).encode()).hexdigest()[:32]
        person = people.by_address(screen.address)
        is_due = screen.renew_at is not None and screen.renew_at <= now and screen.telegram_message_id is not None
        renew = is_due and not screens.is_last(screen)
        return Show(screen, view, view_hash, renew, person.language if person else None)

    async def _do(self, job: Parcel | Show) -> _Done:
        if isinstance(job, Show):
            return await self._do_show(job)
        if job.op != "send" and not job.copies:
            return _Done(job, Gone("void"))
        self._rates.spend(job.address, time.monotonic(), len(job.items))
        reach("before_send")
        try:
            outcome = await self._messenger.send(job)
            reach("after_send")
            return _Done(job, outcome)
        except Exception as error:
            log.exception("a parcel could not be made")
            return _Done(job, Unknown(type(error).__name__))

    async def _do_show(self, job: Show) -> _Done:
        """A new line is written down before it is pinned: whenever the process dies, only one is."""
        may_pin = job.lacks_pin and job.target is not None
        if job.view is None or (job.is_shown and not may_pin):
            return _Done(job, Gone("void"))
        outcome = Sent((job.target,)) if job.is_shown and job.target else await self._show_as(job.view, job)
        if isinstance(outcome, Sent) and may_pin:
            pin = await self._messenger.pin(job.screen.address, outcome.message_ids[0])
            reach("after_pin")
            return _Done(job, outcome, pin)
        return _Done(job, outcome)

    async def _show_as(self, view: View, job: Show) -> Outcome:
        reach("before_show")
        outcome = await self._messenger.show(job.screen.address, view, job.language, job.target)
        reach("after_show")
        if job.target is None and isinstance(outcome, Sent):
            self._rates.spend(job.screen.address, time.monotonic())
        return outcome

    def _settle(self, done: _Done, now: int) -> None:
        if isinstance(done.job, Parcel):
            settling.settle(done.job, done.outcome, now)
            moving.apply_waiting(tuple(item.outbox_id for item in done.job.items), now)
            return
        showing.settle(done.job, done.outcome, done.pin, now)

    def _rest(self, address: str, for_ms: int) -> None:
        """Ask this chat again soon, not at once; a prompt that comes meanwhile waits no longer than this."""
        for_ms = min(max(for_ms, 10), REST_MS)
        self._resting[address] = self._clock() + for_ms
        asyncio.get_running_loop().call_later(for_ms / 1000 + 0.002, self.wake)


def _recover(now: int) -> None:
    moving.apply_waiting(tuple(settling.recover(now)), now)
