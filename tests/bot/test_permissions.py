"""Who may do what: docs/permissions.md says it, and the code is asked whether that is true."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.types import Update

from dealer_bot import settings
from dealer_bot.app import App
from dealer_bot.bot.middlewares import Door, RoleIs
from dealer_bot.bot.passing import AsClient, IsConnected
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person, Role
from dealer_bot.domain.visits import Visit
from tests.bot.world import World

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"
EVENTS = ("message", "edited_message", "callback_query", "message_reaction", "my_chat_member")


@dataclass(frozen=True, slots=True)
class Comer:
    """Who comes, and where."""

    person: Person | None
    chat: str = "private"


def _person(role: Role, *, connected: bool = True, active: bool = True) -> Person:
    return Person(1, "tg:1", role, active, "П", None, "+375291112233" if connected else None, connected)


WHO = {
    "stranger": Comer(None),
    "client": Comer(_person(Role.CLIENT)),
    "employee": Comer(_person(Role.EMPLOYEE)),
    "care": Comer(_person(Role.CARE)),
    "admin": Comer(_person(Role.ADMIN)),
    "inactive": Comer(_person(Role.ADMIN, active=False)),
    "former admin": Comer(_person(Role.EMPLOYEE)),
    "group": Comer(_person(Role.ADMIN), "supergroup"),
}
"""Whoever is inactive, or writes in a group, is an administrator here: nobody else could do more."""


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    given = {
        "BOT_TOKEN": "1:" + "a" * 35,
        "DATABASE_URL": f"sqlite:///{tmp_path}/t.sqlite3",
        "TELEGRAM_API_URL": "http://127.0.0.1:9",  # nobody is there to be told anything
    }
    made = App(settings.load(environ=given, dotenv_path=None))
    yield made
    made.indexer.close()
    await made.bot.session.close()


async def table(app: App) -> list[str]:
    """A row for each handler, in the order in which they are asked."""
    let_in = {event: [await _is_let_in(app, event, comer) for comer in WHO.values()] for event in EVENTS}
    return [row async for row in _rows_of(app.lanes._dispatcher, (), let_in)]


async def _rows_of(router: Router, above: tuple[Router, ...], let_in: dict[str, list[bool]]) -> AsyncIterator[str]:
    way = (*above, router)
    for event in EVENTS:
        for handler in router.observers[event].handlers:
            marks = [
                "yes" if is_in and await _admits(event, way, handler, comer.person) else ""
                for comer, is_in in zip(WHO.values(), let_in[event], strict=True)
            ]
            room = handler.callback.__module__.removeprefix("dealer_bot.bot.")
            yield f"| {event} | {room}.{handler.callback.__name__} | {' | '.join(marks)} |"
    for below in router.sub_routers:
        async for row in _rows_of(below, way, let_in):
            yield row


async def _is_let_in(app: App, event: str, comer: Comer) -> bool:
    """What the door of all updates says to such an update."""
    (door,) = (each for each in app.lanes._dispatcher.update.outer_middleware if isinstance(each, Door))
    update = Update.model_validate({"update_id": 1, event: _payload(event, comer.chat)}, context={"bot": app.bot})
    found = UserContextMiddleware.resolve_event_context(update)
    visit = Visit(1, "tg:1", "{}", 0, 0, 0, comer.person, None, None, "{}")
    heard: list[object] = []

    async def hears(_: object, data: dict[str, Any]) -> None:
        heard.append(data["person"])

    await door(hears, update, {"turn": Turn(visit, 1), "event_from_user": found.user, "event_chat": found.chat})
    return heard == [comer.person]


def _payload(event: str, chat_type: str) -> dict[str, Any]:
    """As little as an update of this kind may be."""
    user = {"id": 1, "is_bot": False, "first_name": "П"}
    chat = {"id": 1 if chat_type == "private" else -1, "type": chat_type}
    message = {"message_id": 1, "date": 0, "chat": chat, "from": user, "text": "x"}
    member = {"status": "member", "user": {"id": 2, "is_bot": True, "first_name": "Бот"}}
    where = {"chat": chat, "date": 0}
    return {
        "message": message,
        "edited_message": message,
        "callback_query": {"id": "1", "from": user, "chat_instance": "1", "data": "x", "message": message},
        "message_reaction": where | {"message_id": 1, "user": user, "old_reaction": [], "new_reaction": []},
        "my_chat_member": where | {"from": user, "old_chat_member": member, "new_chat_member": member},
    }[event]


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


async def test_the_table_of_permissions_is_what_the_code_does(app: App) -> None:
    rows = await table(app)
    text = DOCUMENT.read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if line.startswith(tuple(f"| {event} |" for event in EVENTS))]
    assert written == list(dict.fromkeys(rows)), "docs/permissions.md and the routers differ"
    assert f"| update | handler | {' | '.join(WHO)} |" in text


async def test_every_handler_but_a_few_has_a_door(app: App) -> None:
    """Whoever is not connected reaches only what PRODUCT opens to everyone, and one clear word for all else."""
    open_to_strangers = {row.split(" | ")[1] for row in await table(app) if row.split(" | ")[2] == "yes"}
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
