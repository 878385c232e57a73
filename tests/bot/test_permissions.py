"""Who may do what: docs/permissions.md says it, and the code is asked whether that is true."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.handler import HandlerObject

from dealer_bot import settings
from dealer_bot.app import App
from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.bot.passing import AsClient, IsConnected
from dealer_bot.domain.people import Person, Role
from tests.bot.world import World

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"
EVENTS = ("message", "edited_message", "callback_query", "message_reaction", "my_chat_member")


def _person(role: Role, *, connected: bool = True) -> Person:
    return Person(1, "tg:1", role, True, "П", None, "+375291112233" if connected else None, connected)


WHO = {
    "stranger": None,
    "client": _person(Role.CLIENT),
    "employee": _person(Role.EMPLOYEE),
    "care": _person(Role.CARE),
    "admin": _person(Role.ADMIN),
}


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[Dispatcher]:
    given = {
        "BOT_TOKEN": "1:" + "a" * 35,
        "DATABASE_URL": f"sqlite:///{tmp_path}/t.sqlite3",
    }
    app = App(settings.load(environ=given, dotenv_path=None))
    yield app.lanes._dispatcher
    app.indexer.close()


async def rows_of(router: Router, above: tuple[Router, ...] = ()) -> list[str]:
    """A row for each handler, in the order in which they are asked."""
    way = (*above, router)
    rows = []
    for event in EVENTS:
        for handler in router.observers[event].handlers:
            marks = ["yes" if await _admits(event, way, handler, who) else "" for who in WHO.values()]
            room = handler.callback.__module__.removeprefix("dealer_bot.bot.")
            rows.append(f"| {event} | {room}.{handler.callback.__name__} | {' | '.join(marks)} |")
    for below in router.sub_routers:
        rows += await rows_of(below, way)
    return rows


async def _admits(event: str, way: tuple[Router, ...], handler: HandlerObject, who: Person | None) -> bool:
    """What the doors say; what an update must be about is not asked."""
    doors = [each for router in way for each in router.observers[event]._handler.filters or ()]
    for each in (*doors, *(handler.filters or ())):
        asked = each.callback
        if isinstance(asked, RoleIs | IsConnected) and not await asked(None, person=who):  # type: ignore[arg-type]
            return False
        if isinstance(asked, AsClient) and (who is None or not who.role.is_staff):
            return False
    return True


async def test_the_table_of_permissions_is_what_the_code_does(dispatcher: Dispatcher) -> None:
    rows = await rows_of(dispatcher)
    text = DOCUMENT.read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if line.startswith(tuple(f"| {event} |" for event in EVENTS))]
    assert written == list(dict.fromkeys(rows)), "docs/permissions.md and the routers differ"


async def test_every_handler_but_a_few_has_a_door(dispatcher: Dispatcher) -> None:
    """Whoever is not connected reaches only what PRODUCT opens to everyone, and one clear word for all else."""
    open_to_strangers = {row.split(" | ")[1] for row in await rows_of(dispatcher) if row.split(" | ")[2] == "yes"}
    assert open_to_strangers == {
        *("common.leave_alone", "common.start", "common.help_", "common.ask_language", "common.take_contact"),
        *("common.set_language", "reacting.react", "last.unknown_words", "last.old_button", "last.blocked"),
        "last.leave_alone",
    }


async def test_inactive_people_former_admins_and_groups_reach_nothing(world: World) -> None:
    """The door itself turns them away, whatever the update is."""
    oleg, anna = await world.admin(), await world.employee("Анна")
    irina = await world.employee("Ирина", "+375291118888", Role.ADMIN)
    shown = await oleg.says("/admin")
    menu = await oleg.sees_button("Люди", after=shown.id)
    people = menu.button("Люди")
    assert people is not None and people.data is not None
    await world.change(anna, active=0)
    await world.change(irina, role=int(Role.EMPLOYEE))
    for person, told in ((anna, "Доступ закрыт"), (irina, "устарела")):
        (last,) = (await person.chat())[-1:]
        for data in (people.data, "x2:0", "x7:0", "v0", "z2:1", "z4:1:1:1", "z5:1:0:1", "f3"):
            press = await person.presses_data(last.id, data)
            assert told in (await press.answer()).text, data
    await anna.says("/admin")
    group = await world.tg.group("Цех", oleg)
    await oleg.into(group).says("/admin")
    await irina.says("/admin")
    await irina.sees("/order — выбрать заказ-наряд")
    await world.quiet()
    assert not [each for each in await group.chat() if each.from_bot]
    assert await world.rows("SELECT role, active FROM people WHERE name = 'Олег'") == [(1, 1)]
