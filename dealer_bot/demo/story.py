"""The main job, step by step. What is printed is what was seen: in the chats, on the disk, in the server's journal."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable

from dealer_bot.demo import processes, shelf
from dealer_bot.demo.expecting import PATIENCE_S, NotSeen
from dealer_bot.demo.handset import Handset
from dealer_bot.demo.house import House, command_line
from dealer_bot.demo.samples import Samples
from dealer_bot.demo.screen import Audience
from dealer_bot.sandbox import PersonClient, SandboxClient

ORDER, LATE_ORDER = "a00017732", "a00016001"
ANNAS_PHONE, PETERS_PHONE, OLGAS_PHONE = "+375290000001", "+37888888808", "+375290000016"

SILENCE_S = 1.5


Cast = Callable[[str, str], Awaitable[PersonClient]]


class Story:
    """`cast` gives the person of a name and a phone, new or already there."""

    def __init__(self, house: House, tg: SandboxClient, screen: Audience, cast: Cast) -> None:
        self._house, self._tg, self._screen, self._say, self._cast = house, tg, screen, house.say, cast
        self._samples = Samples()

    async def play(self) -> None:
        """From an empty database to the protocol. Raises NotSeen."""
        await self._employee_is_written_down()
        for step in self.steps():
            await step()

    def steps(self) -> list[Callable[[], Awaitable[None]]]:
        """The main job in eight steps, in order, once the employee is known; each raises NotSeen."""
        return [
            self._client_connects,
            self._employee_finds_the_order,
            self._employee_shoots,
            self._they_talk,
            self._service_stage_stays_inside,
            self._late_client_gets_what_waited,
            self._client_blocks_and_comes_back,
            self._what_is_left,
        ]

    async def _employee_is_written_down(self) -> None:
        say = self._say
        await self._screen.step(say("Сотрудника записывают командой", "The employee is written down by a command"))
        name = say("Анна", "Anna")
        await self._command("users", "add", "--phone", ANNAS_PHONE, "--name", name, "--role", "employee")
        await self._store_settles()
        await self._command("orders")

    async def _client_connects(self) -> None:
        await self._screen.step(
            self._say("Клиент подключается своим контактом", "The client connects by his own contact")
        )
        self._peter = await self._person(self._say("Пётр", "Peter"), PETERS_PHONE)
        await self._connects(self._peter)

    async def _employee_finds_the_order(self) -> None:
        say, stage = self._say, self._house.stage("Acceptance")
        await self._screen.step(say("Сотрудник находит заказ-наряд по части номера", "The employee finds the order"))
        self._anna = await self._person(say("Анна", "Anna"), ANNAS_PHONE)
        await self._connects(self._anna)
        await self._anna.says("/order")
        await self._anna.sees()
        await self._anna.says("177")
        await self._anna.sees()
        await self._anna.presses(ORDER)
        await self._anna.sees(ORDER)
        await self._anna.presses(stage)
        await self._anna.sees(ORDER, stage, pinned=1)

    async def _employee_shoots(self) -> None:
        say = self._say
        await self._screen.step(
            say("Фото, альбом и видео: в папку и клиенту", "Photos, album, video: folder and client")
        )
        await self._anna.shoots("car_front_0124MH1.jpg", say("Приняли в работу", "Taken in"))
        await self._anna.shoots("work_order_a00017732.jpg")
        album = ("scratch_on_the_wing.jpg", "dent_in_the_door.jpg", "on_the_lift.jpg")
        await self._anna.shoots_album(album, say("Скол на левом крыле", "A chip on the left wing"))
        await self._anna.films("around_the_lift.mp4")
        await self._peter.sees(photo=5, video=1)
        await self._anna.sees(say("6 из 6", "6 of 6"), say("доставлено 6.", "client 6."))
        await self._finds_on_disk(ORDER, "Acceptance", 6)

    async def _they_talk(self) -> None:
        say = self._say
        await self._screen.step(
            say("Переписка: ответ клиента находит мастера", "They talk: the answer finds the mechanic")
        )
        await self._anna.says(say("Машина будет готова завтра к 12.", "The car will be ready tomorrow at 12."))
        await self._peter.sees(say("завтра к 12", "tomorrow at 12"))
        await self._peter.says(say("а масло поменяли?", "has the oil been changed?"))
        await self._anna.sees(ORDER, say("масло", "oil"))
        await self._peter.sees(ORDER)
        await self._peter.shoots("dent_in_the_door.jpg", say("и вот здесь вмятина", "and there is a dent here"))
        await self._anna.sees(say("вмятина", "a dent"), photo=1)
        await self._finds_on_disk(ORDER, "Client", 1)
        await self._anna.presses(say("Ответить", "Answer"))
        await self._anna.sees(ORDER)
        await self._anna.says(say("Да, и фильтр тоже.", "Yes, and the filter too."))
        await self._peter.sees(say("фильтр", "filter"))

    async def _service_stage_stays_inside(self) -> None:
        say = self._say
        await self._screen.step(
            say("Для сервисных нужд: клиент не получает ничего", "The service stage: nothing leaves")
        )
        await self._anna.taps(say("Стадия", "Stage"))
        await self._anna.sees(ORDER)
        await self._anna.presses(self._house.stage("Service"))
        await self._anna.sees(ORDER, self._house.stage("Service"))
        asked = len(await self._tg.journal())
        await self._anna.shoots("on_the_lift.jpg", say("Только для своих", "For us alone"))
        await self._anna.shoots("dent_in_the_door.jpg")
        await self._anna.sees(say("2 из 2", "2 of 2"), self._house.stage("Service"))
        await self._finds_on_disk(ORDER, "Service", 2)
        await self._nothing_went_to(self._peter, asked)

    async def _late_client_gets_what_waited(self) -> None:
        say, stage = self._say, self._house.stage("Damage")
        await self._screen.step(say("Клиент ещё не подключён: снятое ждёт его", "A late client: what was shot waits"))
        await self._anna.says(f"/order {LATE_ORDER[-5:]}")
        await self._anna.sees(LATE_ORDER)
        await self._anna.presses(stage)
        await self._anna.sees(LATE_ORDER, stage)
        await self._anna.shoots("scratch_on_the_wing.jpg", say("Царапина была до нас", "The scratch was there before"))
        await self._anna.shoots("dent_in_the_door.jpg")
        await self._anna.sees(say("2 из 2", "2 of 2"), LATE_ORDER)
        self._olga = await self._person(say("Ольга", "Olga"), OLGAS_PHONE)
        await self._connects(self._olga, photo=2)
        await self._anna.sees(say("доставлено 2.", "client 2."))

    async def _client_blocks_and_comes_back(self) -> None:
        say = self._say
        await self._screen.step(
            say("Клиент блокирует бота, потом возвращается", "A client blocks the bot, then comes back")
        )
        await self._olga.blocks()
        await self._anna.shoots("ready_for_the_client.jpg", say("Готово", "Ready"))
        await self._anna.sees(LATE_ORDER, say("заблокировал бота", "blocked the bot"))
        await self._olga.comes_back()
        await self._olga.sees(photo=1)
        await self._finds_on_disk(LATE_ORDER, "Damage", 3)

    async def _what_is_left(self) -> None:
        say = self._say
        await self._screen.step(say("Что лежит на диске", "What is on the disk"))
        for order in (ORDER, LATE_ORDER):
            self._screen.lines(shelf.tree(self._house.store / order, say))
        await self._screen.step(say("Протоколы", "The protocols"))
        for order in (ORDER, LATE_ORDER):
            await self._command("log", order)

    async def _person(self, name: str, phone: str) -> Handset:
        return Handset(await self._cast(name, phone), self._screen, self._say, self._samples)

    async def _connects(self, handset: Handset, **waited: int) -> None:
        await handset.starts()
        await handset.sees()
        await handset.shares_contact()
        await handset.sees(f"{(handset.person.phone or '')[-4:-2]}-{(handset.person.phone or '')[-2:]}", **waited)

    async def _command(self, *arguments: str) -> None:
        ended = await self._ends(*arguments)
        self._screen.command(command_line(*arguments), ended.output + ended.errors)

    async def _ends(self, *arguments: str) -> processes.Ended:
        """A command to its end. Raises NotSeen if it was refused."""
        try:
            ended = await processes.run(*arguments, environ=self._house.environ())
        except TimeoutError:
            ended = processes.Ended(-1, "", "timeout")
        if ended.code != 0:
            told = f"{command_line(*arguments)}: {ended.code}\n{ended.errors}"
            raise NotSeen(self._say(f"Команда не выполнена: {told}", f"The command was refused: {told}"))
        return ended

    async def _store_settles(self) -> None:
        """A folder counts once it has lain unchanged for a moment."""
        deadline = time.monotonic() + PATIENCE_S
        while any(order["reason"] == "settling" for order in json.loads((await self._ends("orders", "--json")).output)):
            if time.monotonic() > deadline:
                raise NotSeen(self._say("бот не прочитал хранилище", "the bot has not read the store"))
            await asyncio.sleep(0.5)

    async def _finds_on_disk(self, order: str, stage: str, count: int) -> None:
        for line in await shelf.kept(self._house.store / order / stage, count, self._samples, self._say):
            self._screen.fact(line)

    async def _nothing_went_to(self, handset: Handset, asked: int) -> None:
        """The server's journal since the request number `asked`."""
        with contextlib.suppress(AssertionError):  # then the journal says what it was
            await handset.person.sees_nothing_new(SILENCE_S)
        since = await self._tg.journal(since=asked)
        to_him = [entry for entry in since if str(entry["params"].get("chat_id")) == str(handset.person.id)]
        told = self._say(
            f"запросов бота за это время {len(since)}, из них в чат «{handset.name}»: {len(to_him)}",
            f"the bot's requests meanwhile: {len(since)}, of these to the chat of {handset.name}: {len(to_him)}",
        )
        if to_him:
            raise NotSeen(told)
        self._screen.fact(told)
