"""Every screen of administrators and of care, walked button by button in both languages: near, and whole."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from database import sql
from dealer_bot.bot.texts import LANGUAGES, Texts
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from tests.bot.narrow import cut_labels
from tests.bot.world import PETERS_PHONE, World

MOST_TAPS = 3
NAMES = {"ru": ("Олег", "Вера", "Анна", "Пётр"), "en": ("Oleg", "Vera", "Anna", "Peter")}
PLATES = {"ru": "0124 МН-1", "en": "0124 MH-1"}
STAGES = {"ru": {"Acceptance": "Приёмка", "Service": "Для нужд"}, "en": {"Acceptance": "Acceptance", "Service": "Own"}}
ANGRY = {"ru": "дорого", "en": "expensive"}
READY = {"ru": "Готово\nЗдравствуйте, [имя]!", "en": "Ready\nHello, [name]!"}
URL = re.compile(r"https?://\S+")
FOREIGN = {"ru": re.compile(r"(?<![/\w.])[A-Za-z]{2,}(?![\w.])"), "en": re.compile(r"[А-Яа-яЁё]+")}
AT_HOME = {"ru": {"Telegram", "HTML", "TXT", "Acceptance"}, "en": {"Русский"}}
"""Words that are the same in every language; the folder of a stage is called what it is called."""
SHOWN_TO_ADMINS = "z0 z1 z2 z4 z6 z8 z9 x1 x2 x3 x7 x8 x9 v0 v1 v2 f3 f4 f6"
NEVER_PRESSED = ("x0:1", "x4:", "x5", "x6:", "f5:", "f2:", "c2:", "c3:", "c6:")
"""Buttons that do something, where one press is enough."""


class Office:
    """A dealership in which something of everything there is to be shown has happened."""

    def __init__(self, world: World, language: str) -> None:
        self.world, self.language, self.t = world, language, Texts(language)

    async def opens(self) -> None:
        self.world.add_order({"order": "b00000002", "phone": "", "plate_number": PLATES[self.language]})
        oleg, vera, anna, peter = NAMES[self.language]
        self.oleg, self.vera = await self.world.admin(oleg), await self.world.care(vera)
        self.anna = await self.world.employee(anna)
        self.peter = await self.world.employee(peter, PETERS_PHONE, Role.CLIENT)
        await self.world.client("?", "+375297770000")  # whom nobody has written down
        await self.world.knows("b00000002")
        await self._work()
        await self._talk()
        await self.world.app.database.write(_nobody_knows_of_one)

    async def _work(self) -> None:
        asked = await self.anna.says("/order a00017732")
        stage = STAGES[self.language]["Acceptance"]
        card = await self.anna.sees_button(stage, after=asked.id)
        await self.anna.presses(stage, on=card.id)
        await self.anna.sees(f"a00017732, {stage}", after=card.id)
        await self.anna.shoots()
        await self.peter.sees_photo()
        await self.peter.says(ANGRY[self.language])
        await self.oleg.sees("⚠️")

    async def _talk(self) -> None:
        await self.peter.says("/care")
        await self.peter.waits(lambda each: each.keyboard == ((self.t("key-care-end"),),), "a talk with care")
        await self.peter.speaks()
        await self.peter.sends_location()
        await self.vera.sees_media("location")
        await self.oleg.says("/admin")
        await self.presses(self.oleg, await self.menu(self.oleg), "f6")
        await self.oleg.sees(self.t("ready-how"))
        await self.oleg.says(READY[self.language])
        await self.oleg.sees(self.t("ready-kept", count=1))

    async def menu(self, person: PersonClient) -> int:
        """The id of its message."""
        return (await person.sees(self.t("admin-menu"))).id

    async def presses(self, person: PersonClient, message_id: int, data: str) -> None:
        await (await person.presses_data(message_id, data)).answer()

    async def walks(self, person: PersonClient, message_id: int) -> dict[str, int]:
        """What buttons carry, from this message on, and how many taps it takes to see the first of their kind."""
        taps = dict.fromkeys(self._buttons(0, message_id), 1)
        for tap in range(1, MOST_TAPS + 1):
            before = len(self.world.server.journal.entries)
            for data in [each for each, known in taps.items() if known == tap and not _does_something(each)]:
                await self.presses(person, message_id, data)
            await self._is_all_said()
            for data in self._buttons(before):
                taps.setdefault(data, tap + 1)
        return taps

    async def _is_all_said(self) -> None:
        """What a tap brings as a message of its own comes after the tap was answered."""
        await self.world.quiet(0.3)
        while await self.world.rows("SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')"):
            await self.world.quiet(0.1)

    def _buttons(self, since: int, message_id: int | None = None) -> Iterator[str]:
        """Of what the bot has shown; of one message, as it was sent."""
        for entry in self.world.server.journal.entries[since:]:
            if entry.accepted and (message_id is None or message_id in entry.message_ids):
                yield from (
                    button["callback_data"] for button in _buttons_of(entry.params) if "callback_data" in button
                )

    def said(self) -> Iterator[str]:
        """Every sentence, label and command that people could read."""
        for entry in self.world.server.journal.entries:
            yield from (str(entry.params[key]) for key in ("text", "caption") if key in entry.params)
            yield from (button["text"] for button in _buttons_of(entry.params))
            if "scope" in entry.params:  # of a chat: what is offered to whoever comes is there in every language
                yield from (command["description"] for command in _decoded(entry.params, "commands") or ())


def _decoded(params: dict[str, Any], name: str) -> Any:
    """What goes with a file goes as JSON in a string."""
    told = params.get(name)
    return json.loads(told) if isinstance(told, str) else told


def _buttons_of(params: dict[str, Any]) -> Iterator[dict[str, Any]]:
    markup = _decoded(params, "reply_markup") or {}
    return (button for kind in ("inline_keyboard", "keyboard") for row in markup.get(kind, ()) for button in row)


def _does_something(data: str) -> bool:
    """What is asked about twice does it the second time."""
    return data.startswith(NEVER_PRESSED) or (data.startswith(("z4:", "z5:")) and not data.endswith(":0"))


def _farther(taps: dict[str, int]) -> list[str]:
    """Buttons of kinds that take more taps, and do no more than show."""
    near = {data.partition(":")[0] for data, tap in taps.items() if tap <= MOST_TAPS}
    return [data for data in taps if data.partition(":")[0] not in near and not _does_something(data)]


def _nobody_knows_of_one() -> None:
    sql.run("UPDATE outbox SET state = 'unknown' WHERE id = (SELECT max(id) FROM outbox WHERE kind = 'delivery')")


@pytest.fixture(params=LANGUAGES)
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    language: str = request.param
    world = World(tmp_path, LANGUAGE=language, TYPE_ORDER=json.dumps(STAGES[language]), ORGANIZATION_NAME="")
    world.write_card("a00017732", {"order": "a00017732", "phone": PETERS_PHONE, "plate_number": PLATES[language]})
    world.attention_words.write_text(f"ATTENTION_WORDS = [{ANGRY[language]!r}]", encoding="utf-8")
    async with world:
        made = Office(world, language)
        await made.opens()
        yield made
        assert cut_labels(world.server.journal.entries) == [], "cut on a phone"


async def test_each_screen_is_three_taps_away_at_most_and_speaks_one_language(office: Office) -> None:
    asked = await office.oleg.says("/admin")
    menu = await office.oleg.sees(office.t("admin-menu"), after=asked.id)
    of_admin = await office.walks(office.oleg, menu.id)
    listed = await office.vera.says("/care")
    waiting = await office.vera.sees(office.t("care-waiting", count=1), after=listed.id)
    of_care = await office.walks(office.vera, waiting.id)
    assert _farther(of_care) == []
    assert _farther(of_admin) == []
    assert set(SHOWN_TO_ADMINS.split()) <= {data.partition(":")[0] for data in of_admin}
    assert {"v3", "c1", "v1"} <= {data.partition(":")[0] for data in of_care}
    foreign = {word for text in office.said() for word in FOREIGN[office.language].findall(URL.sub("", text))}
    assert foreign - AT_HOME[office.language] == set()
