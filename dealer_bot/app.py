"""The composition root: every part made once, started in order, stopped in order."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import time
from collections.abc import Callable, Coroutine
from typing import Any

from aiogram import Dispatcher

from database.connection import Database, DatabaseAway
from database.exclusive import Exclusive
from dealer_bot.bot.common import House
from dealer_bot.bot.dispatcher import make_bot, make_dispatcher
from dealer_bot.bot.lanes import Lanes
from dealer_bot.bot.local_files import LocalFiles
from dealer_bot.bot.mail import Post
from dealer_bot.bot.mail_server import mail_server
from dealer_bot.bot.receiver import Receiver, TokenRefused, TokenTaken
from dealer_bot.bot.rendering import Renderer
from dealer_bot.bot.states import Finding
from dealer_bot.domain.stages import Stages
from dealer_bot.recognition.readers import Readers
from dealer_bot.services.attention import Attention
from dealer_bot.services.changes import on_change
from dealer_bot.services.connecting import Connecting
from dealer_bot.services.correcting import Correcting
from dealer_bot.services.courier import Courier
from dealer_bot.services.days import Days
from dealer_bot.services.desk import Desk
from dealer_bot.services.digest import Digest
from dealer_bot.services.indexing import Indexer
from dealer_bot.services.intake import Intake
from dealer_bot.services.inviting import Inviting
from dealer_bot.services.keeper import Keeper
from dealer_bot.services.listening import Listening
from dealer_bot.services.lookup import Lookup
from dealer_bot.services.moving import Moving
from dealer_bot.services.office import office, room_of
from dealer_bot.services.own_orders import OwnOrders
from dealer_bot.services.pictures import Dialogue, Pictures
from dealer_bot.services.rates import Rates
from dealer_bot.services.reacting import Reacting
from dealer_bot.services.reader import Reader
from dealer_bot.services.receiving import Receiving
from dealer_bot.services.recognising import Recogniser
from dealer_bot.services.retrying import Retrying
from dealer_bot.services.talk import Talk
from dealer_bot.services.turns import Turns
from dealer_bot.services.upkeep import Upkeep
from dealer_bot.services.waiting import Waiting
from dealer_bot.settings import Settings
from dealer_bot.store.watching import Watch

log = logging.getLogger(__name__)

STOP_S = 15.0
YOUNG_OBJECTS = 20_000
SOUND_S = 300.0
"""A loop that went on for so long is sound: its next failure is a first one."""

TAKEN_FOR_S = 5.0
"""A look of the command line at the store holds the lock for moments; another bot holds it for good."""


def clock() -> int:
    """UTC epoch milliseconds."""
    return time.time_ns() // 1_000_000


class App:
    """The whole bot over one database and one store. `repeat_each`: see Lanes. `clock`: UTC epoch milliseconds.

    `recogniser`: who reads pictures, if not the programs of this machine.
    """

    def __init__(
        self,
        settings: Settings,
        repeat_each: bool = False,
        clock: Callable[[], int] = clock,
        recogniser: Recogniser | None = None,
    ) -> None:
        assert settings.bot_token is not None
        self.settings = settings
        stages = Stages(settings.stages, settings.service_stage)
        self.database = Database(settings.database_url)
        self.bot = make_bot(
            settings.bot_token, settings.telegram_api_url, settings.telegram_api_local, settings.proxy_to_telegram
        )
        self.attention = Attention(self.database, settings.attention_words, clock)
        self.messenger = messenger = self._post(stages, settings.bot_token)
        self.room = room_of(self.database, settings)
        rates = Rates(settings.send_rate, settings.chat_rate)
        self.indexer = Indexer(
            self.database,
            settings.branch_photo,
            settings.closed_mark,
            settings.phone_region,
            settings.timezone,
            settings.rescan_s,
            clock,
            on_change,
        )
        self.courier = Courier(self.database, messenger, stages, rates, clock)
        self.keeper = Keeper(
            self.database,
            messenger,
            settings.branch_photo,
            settings.spool_dir,
            settings.closed_mark,
            clock,
            self.courier.wake,
        )
        self.readers = Readers(settings.branch_tesseract)
        self.reader = self._reader(recogniser or self.readers, clock)
        turns = Turns(self.database, self.bot.id)
        dispatcher = self._dispatcher(settings, stages)
        self.lanes = Lanes(self.bot, dispatcher, turns, clock, self._wake, settings.language, repeat_each)
        listening = Listening(self.database, settings.timezone, self.bot.id)
        self.receiver = Receiver(self.bot, turns, listening, clock, self.lanes.wake)
        self.upkeep = self._upkeep(turns, clock)
        self._loops: list[asyncio.Task[None]] = []
        self._watch: Watch | None = None

    def _post(self, stages: Stages, token: str) -> Post:
        renderer = Renderer(stages, self.settings.organization_name)
        files = LocalFiles(token, self.settings.telegram_api_files)
        post = Post(self.bot, renderer, self.settings.language, files)
        post.server = mail_server(self.settings)
        return post

    def _upkeep(self, turns: Turns, clock: Callable[[], int]) -> Upkeep:
        digest = Digest(self.database, self.settings.timezone, self.settings.digest_at)
        steps = (self.room.step, digest.step, self.keeper.tidy)
        return Upkeep(self.database, self.indexer, turns, clock, self._wake, steps)

    def _reader(self, recogniser: Recogniser, clock: Callable[[], int]) -> Reader:
        dialogue = Dialogue(self.bot.id, str(Finding.asked.state))
        spool, wake = self.settings.spool_dir, self.courier.wake
        return Reader(self.database, self.messenger, recogniser, spool, dialogue, clock, wake)

    def _dispatcher(self, settings: Settings, stages: Stages) -> Dispatcher:
        assert settings.bot_token is not None
        connecting = Connecting(self.database, settings.admin_ids)
        return make_dispatcher(
            connecting,
            settings.language,
            house=House(settings.organization_name, settings.privacy_url),
            **_of_the_crew(self.database, stages, settings),
            talk=Talk(self.database, settings.client_folder, settings.timezone, self.attention),
            correcting=Correcting(self.database, settings.client_folder),
            **office(self.database, settings, self.room, lambda lane: self.lanes.wake(lane)),
            own_orders=OwnOrders(self.database),
            reacting=Reacting(self.database),
            receiving=Receiving(self.database),
            retrying=Retrying(self.database),
            inviting=Inviting(self.database, settings.bot_token),
            days=Days(self.database, settings.timezone),
            pictures=Pictures(self.database, self.reader.expect),
            lookup=Lookup(self.database, self.indexer, settings.phone_region),
        )

    def _wake(self) -> None:
        self.keeper.wake()
        self.courier.wake()
        self.reader.wake()

    def _wake_upkeep(self) -> None:
        """Called from the watcher's thread."""
        self._loop.call_soon_threadsafe(self.upkeep.wake)

    async def start(self) -> None:
        """Everything a dead process left behind is settled before anything new comes in."""
        self.database.open()
        await self.attention.start()
        await self.courier.recover()
        await self.keeper.recover()
        self._loop = asyncio.get_running_loop()
        self._watch = Watch(self.settings.branch_photo, self._wake_upkeep)
        self._watch.start_aside()
        self._introduction = asyncio.create_task(self.messenger.introduce())
        for name, work in (
            *(("courier", self.courier.run), ("keeper", self.keeper.run), ("reader", self.reader.run)),
            *(("looks", self.upkeep.run), ("tidying", self.upkeep.tidy_forever)),
            ("attention words", self.attention.run),
        ):
            self._loops.append(asyncio.create_task(_kept_alive(name, work)))
        await self.lanes.recover()
        self._polling = asyncio.create_task(_kept_alive("receiver", self.receiver.run))

    async def until(self, stopped: asyncio.Event) -> None:
        """Until told to stop. Raises TokenRefused, TokenTaken."""
        waiting = asyncio.create_task(stopped.wait())
        done, _ = await asyncio.wait((waiting, self._polling), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._polling in done:
            await self._polling

    async def stop(self) -> None:
        """Take nothing new, let what is in flight end, leave the rest for the next start."""
        self._introduction.cancel()
        self._polling.cancel()
        await asyncio.gather(self._polling, return_exceptions=True)
        await self.lanes.stop(STOP_S / 3)
        await self.reader.stop()
        await self.readers.close()
        await asyncio.gather(self.keeper.stop(STOP_S / 3), self.courier.stop(STOP_S * 2 / 3))
        self.upkeep.stop()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self._watch is not None:
            await asyncio.to_thread(self._watch.stop)
        self.indexer.close()
        self.room.close()
        await self.bot.session.close()
        await asyncio.to_thread(self.database.close)


def _of_the_crew(database: Database, stages: Stages, settings: Settings) -> dict[str, Any]:
    """What employees work with, by the names that handlers know."""
    return {
        "desk": Desk(database, stages),
        "intake": Intake(database, stages, settings.timezone, settings.order_idle_s),
        "waiting": Waiting(database, stages),
        "moving": Moving(database, stages),
    }


async def _kept_alive(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """A loop that fails is a fault of ours: it is logged and begun anew, later each time; the others go on."""
    failures = 0
    while True:
        begun_at = time.monotonic()
        try:
            await work()
            return
        except (TokenRefused, TokenTaken):
            raise
        except Exception:
            failures = 1 if time.monotonic() - begun_at > SOUND_S else failures + 1
            log.exception("the %s failed, for the time no. %s", name, failures)
            await asyncio.sleep(min(2.0**failures, 60.0))


def spare_the_collector() -> None:
    """What was imported lives as long as the process: no collection walks through it again. And they come seldom."""
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


def run(settings: Settings) -> int:
    """`run`: 0 after a clean stop, 1 with a reason in the log. Raises TakenByAnother."""
    spare_the_collector()
    settings.database_path.parent.mkdir(parents=True, exist_ok=True)
    with Exclusive(settings.database_path, TAKEN_FOR_S):
        try:
            code = asyncio.run(_run(settings))
        except Exception:
            log.exception("the bot could not go on")
            code = 1
    logging.shutdown()
    os._exit(code)  # a thread stuck in a dead share can't be joined


async def _run(settings: Settings) -> int:
    app, stopped = App(settings), asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGINT"):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(getattr(signal, name), stopped.set)
    try:
        await app.start()
        log.info("the bot is running")
        await app.until(stopped)
    except TokenRefused:
        log.error("Telegram refused BOT_TOKEN: check it, or get a new one from BotFather")
        await app.stop()
        return 1
    except TokenTaken as error:
        log.error("%s", error)
        await app.stop()
        return 1
    except DatabaseAway:
        log.error("the database can't be opened")
        return 1
    await app.stop()
    log.info("stopped")
    return 0
