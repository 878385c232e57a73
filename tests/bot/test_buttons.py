"""Buttons stay in chats for years: they fit, they come back as they went, and forged or stale ones do nothing."""

from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.bot import admin_callbacks, callbacks
from dealer_bot.bot.callbacks import EnterStage, PlaceWaiting, Resume, ShowOrder, Speak, WrongCar
from dealer_bot.sandbox import PersonClient
from tests.bot.world import World

NAMED = vars(callbacks) | vars(admin_callbacks)
COMMANDS = [each for each in NAMED.values() if isinstance(each, type) and issubclass(each, CallbackData)]
COMMANDS.remove(CallbackData)
LARGEST: dict[Any, Any] = {int: 2**63 - 1, str: "f" * 8, bool: True}
FORGED = (
    "",
    ":",
    "o1",
    "o1:",
    "o1:x",
    "o1:1:2",
    "o1:-1",
    "o1:0",
    "o1:999999",
    "s1:1",
    "s1:1:body:",
    "s1:1:00000000:000000",
)
FORGED += (
    "s1:x:y:z",
    "r1:999999",
    "r1:none",
    "p1:maybe",
    "l1:de",
    "l1:",
    "zz:1",
    "o9:1",
    "1",
    "🚗",
    "<b>",
    "w1:1",
    "o1:1e3",
    f"o1:{10**30}",
    f"r1:{2**63}",
    f"s1:{2**64}:0:0",
)

MAKES = (
    st.builds(ShowOrder, order_id=st.integers(1, 2**63 - 1))
    | st.builds(Resume, order_id=st.integers(1, 2**63 - 1))
    | st.builds(
        EnterStage,
        order_id=st.integers(1, 2**63 - 1),
        stage=st.text("0123456789abcdef", min_size=8, max_size=8),
        seen=st.text("0123456789abcdef", min_size=6, max_size=6),
    )
    | st.builds(PlaceWaiting, keep=st.booleans(), order_id=st.integers(1, 2**63 - 1), stage=st.just("0" * 8))
    | st.builds(Speak, language=st.sampled_from(["ru", "en"]))
    | st.just(WrongCar())
)


@given(MAKES)
def test_a_button_comes_back_as_it_went_and_fits(command: CallbackData) -> None:
    packed = command.pack()
    assert type(command).unpack(packed) == command
    assert 0 < len(packed.encode()) <= 64


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_the_largest_of_each_kind_fits_and_carries_no_names(command: type[CallbackData]) -> None:
    largest = command(**{name: LARGEST[field.annotation] for name, field in command.model_fields.items()})
    assert len(largest.pack().encode()) <= 64


def test_each_kind_has_a_short_versioned_prefix_of_its_own() -> None:
    prefixes = [command.__prefix__ for command in COMMANDS]
    assert len(set(prefixes)) == len(prefixes)
    assert all(len(prefix) == 2 and prefix[1].isdigit() for prefix in prefixes)


@given(st.text(max_size=64))
def test_nonsense_is_no_button(text: str) -> None:
    for command in COMMANDS:
        try:
            made = command.unpack(text)
        except (TypeError, ValueError):
            continue
        assert text.startswith(command.__prefix__) and type(command.unpack(made.pack())) is command


async def told(person: PersonClient, message_id: int, data: str) -> str:
    """What a forged press is answered with."""
    press = await person.presses_data(message_id, data)
    return (await press.answer()).text


async def left_alone(world: World) -> tuple[Any, ...]:
    """Everything a press could have changed."""
    queries = (
        "SELECT * FROM places",
        "SELECT number, phone, folder FROM orders",
        "SELECT * FROM media",
        "SELECT * FROM messages",
    )
    found = [
        await world.rows(query) for query in (*queries, "SELECT kind, state, body FROM outbox", "SELECT * FROM fsm")
    ]
    return tuple(found)


async def test_forged_presses_do_nothing_and_get_one_word(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    (there,) = (await anna.chat())[-1:]
    await world.quiet()
    before = await left_alone(world)
    for data in FORGED:
        if data:
            assert await told(anna, there.id, data), data
    assert await left_alone(world) == before
    assert not [
        each for each in await peter.chat() if each.from_bot and "a00017732" in each.text and each.kind != "text"
    ]


async def test_a_client_and_a_stranger_press_an_employees_button_in_vain(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    card = next(each for each in await anna.chat() if each.button("Приёмка"))
    stage = card.button("Приёмка")
    stranger = await world.tg.person("Никто")
    await stranger.starts()
    await stranger.sees("Подтвердите")
    await world.quiet()
    before = await left_alone(world)
    for person in (peter, stranger):
        (last,) = (await person.chat())[-1:]
        for data in (
            stage.data,
            ShowOrder(order_id=1).pack(),
            Resume(order_id=1).pack(),
            PlaceWaiting(keep=True, order_id=1, stage="0" * 8).pack(),
        ):
            assert "устарела" in await told(person, last.id, data)
    assert await left_alone(world) == before


async def test_an_employee_who_was_let_go_presses_in_vain(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    card = next(each for each in await anna.chat() if each.button("Повреждения"))
    await world.app.database.write(_let_go)
    await world.quiet()
    before = await world.rows("SELECT * FROM places")
    await anna.presses_data(card.id, card.button("Повреждения").data)
    await anna.sees("Доступ закрыт")
    assert await world.rows("SELECT * FROM places") == before


async def test_a_button_of_a_closed_order_says_why_it_can_not(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    card = next(each for each in await anna.chat() if each.button("Повреждения"))
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    for data in (card.button("Повреждения").data, Resume(order_id=1).pack()):
        assert "закрыт" in await told(anna, card.id, data)
    assert await world.rows("SELECT stage FROM places") == [("Acceptance",)]


async def test_a_button_of_a_stage_that_is_no_more_says_so(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    card = next(each for each in await anna.chat() if each.button("Приёмка"))
    seen = card.button("Приёмка").data.split(":")[-1]
    assert "стадии больше нет" in await told(anna, card.id, f"s1:1:0badc0de:{seen}")
    assert await world.rows("SELECT stage FROM places") == [("Acceptance",)]


def _let_go() -> None:
    from database import sql

    sql.run("UPDATE people SET active = 0 WHERE role = 2")
