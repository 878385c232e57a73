"""The way of the office: what administrators and care do beside the mechanics, one after another in each play."""

import sqlite3
from contextlib import closing

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.evidence import Handed
from tests.noon import NOON_HERE
from tests.rig.cast import ORDER, PATIENCE_S
from tests.rig.flows import Flow

VERAS, BORISES, NEWCOMERS = "+375291112210", "+375291112244", "+37529777"
DUE_AT_MIDNIGHT = {"DIGEST_AT": "00:00", "TIMEZONE": NOON_HERE}
"""Whenever the last digest was told the day before, the next one is due."""
DAY_MS = 24 * 3_600_000
REFUSAL = [400, "Bad Request: nothing that anybody has thought of"]


class TheOffice(Flow):
    """A digest, an alert, a level, a closed door, an invitation, a ready answer, one more try at what was refused."""

    def __init__(self, house: Dealership) -> None:
        super().__init__(house)
        house.settings |= DUE_AT_MIDNIGHT
        self.plays_begun = 0
        self.complaints: list[str] = []

    async def prepares(self) -> None:
        self.vera = await self.house.staff("Вера", VERAS, "care")
        self.boris = await self.house.staff("Борис", BORISES)
        maria = self.cast.maria
        await maria.says("/admin")
        self.menu = (await maria.sees("Что показать?", PATIENCE_S)).id
        await self._presses("f6")
        await maria.sees("Пришлите ответ", PATIENCE_S)
        await maria.says("Готово\nЗаказ-наряд [заказ] готов.")
        await maria.sees("Готовые ответы: 1", PATIENCE_S)

    async def plays(self) -> None:
        self.plays_begun += 1
        await self._is_told_of_the_day()
        await self._complains()
        await self._changes_a_level()
        await self._closes_a_door()
        await self._hires()
        await self._answers()
        await self._tries_again()

    async def _is_told_of_the_day(self) -> None:
        """While the bot is down the evening's digest becomes due."""
        with closing(sqlite3.connect(self.house.database)) as database, database:
            database.execute("UPDATE beats SET at = at - ? WHERE name = 'digest'", (DAY_MS,))
            database.execute("UPDATE outbox SET key = key || '/' || id WHERE notice = 'digest'")  # of another day
        asked = await self.cast.maria.says("/help")
        await self.cast.maria.sees("Сводка дня", PATIENCE_S, after=asked.id)

    async def _complains(self) -> None:
        self.complaints.append(self.cast.words("Дорого, счёт"))
        await self.cast.peter.says(self.complaints[-1])
        await self.cast.maria.sees(f"«{self.complaints[-1]}»", PATIENCE_S)

    async def _changes_a_level(self) -> None:
        for was, role, told in ((2, 4, "служба заботы"), (4, 2, "сотрудник")):
            before = await self._newest(self.boris)
            await self._presses(f"z4:{self._id_of(BORISES)}:{role}:{was}")
            await self.boris.sees(f"Ваш уровень теперь: {told}", PATIENCE_S, after=before)

    async def _closes_a_door(self) -> None:
        for active in (0, 1):
            await self._presses(f"z5:{self._id_of(BORISES)}:{active}:1")
            await self._is_true(f"SELECT 1 FROM people WHERE id = {self._id_of(BORISES)} AND active = {active}")

    async def _hires(self) -> None:
        maria, before = self.cast.maria, await self._newest(self.cast.maria)
        await self._presses("z8:2")
        link = await maria.sees("start=", PATIENCE_S, after=before)
        phone = f"{NEWCOMERS}{self.plays_begun:04}"
        new = await self.house.tg.person("Новый", phone=phone)
        self.house.phones.append(phone)
        self.house.bound[phone] = new.id
        await new.starts(link.text.rsplit("start=", 1)[1].strip())
        await new.sees("Вас приглашают", PATIENCE_S)
        await new.shares_contact()
        await maria.sees("По приглашению подключился", PATIENCE_S, after=link.id)
        assert self.house.rows(f"SELECT role FROM people WHERE id = {self._id_of(phone)}") == [(2,)]

    async def _answers(self) -> None:
        """Care, with what is kept ready."""
        peter, question = self.cast.peter, self.cast.words("Когда готово?")
        turned = await peter.says("/care")
        await peter.sees("получит служба заботы", PATIENCE_S, after=turned.id)
        self.house.handed.append(Handed(peter.id, None, self.vera.id, words=question, along=ORDER))
        said = await peter.says(question)
        asked = await self.vera.sees(question, PATIENCE_S)
        ((case_id,),) = self.house.rows("SELECT max(id) FROM cases")
        await self.vera.presses_data(asked.id, f"f2:1:{case_id}")
        await peter.sees(f"Заказ-наряд {ORDER} готов.", PATIENCE_S, after=said.id)
        await peter.taps("Завершить")
        await peter.sees("завершён", PATIENCE_S, after=said.id)

    async def _tries_again(self) -> None:
        words = self.cast.words("Приезжайте")
        await self.house.tg.fault("sendMessage", chat=self.cast.peter, contains=words, refuse=REFUSAL)
        await self.house.writes(self.cast.anna, ORDER, words)
        row = f"FROM outbox o JOIN messages m ON m.id = o.message_id WHERE o.to_client = 1 AND m.text = '{words}'"
        await self._is_true(f"SELECT 1 {row} AND o.state IN ('refused', 'sent')")
        for (outbox_id,) in self.house.rows(f"SELECT o.id {row} AND o.state = 'refused'"):
            await self._presses(f"x4:{outbox_id}")
        await self.cast.peter.sees(words, PATIENCE_S)

    async def _presses(self, data: str) -> None:
        """Maria, a button of her menu as it has come to be."""
        await self.cast.maria.presses_data(self.menu, data)

    async def _is_true(self, statement: str) -> None:
        await self.house.until(lambda: bool(self.house.rows(statement)), PATIENCE_S)

    def _id_of(self, phone: str) -> int:
        ((number,),) = self.house.rows(f"SELECT person_id FROM bindings WHERE phone = '{phone}' AND ended_at IS NULL")
        return int(number)

    @staticmethod
    async def _newest(person: PersonClient) -> int:
        return (await person.chat())[-1].id
