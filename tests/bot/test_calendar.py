"""An order by its day: a month of buttons, a list, a card; and nothing a button can bring makes it stumble."""

import datetime
from zoneinfo import ZoneInfo

from dealer_bot.sandbox import PersonClient, SeenMessage
from tests.bot.test_buttons import told
from tests.bot.world import World

IGNORED = "simple_calendar:IGNORE:::"


def today() -> datetime.date:
    return datetime.datetime.now(ZoneInfo("Europe/Minsk")).date()


async def _opens(person: PersonClient) -> SeenMessage:
    asked = await person.says("/order")
    await person.sees_button("По дате", after=asked.id)
    await person.presses("По дате")
    return await person.sees("Маленькая цифра", after=asked.id)


def _add(world: World, number: str, day: datetime.date, **more: str) -> None:
    world.add_order({"order": number, "phone": "+375291234567", "date": day.isoformat()} | more)


async def _shows(person: PersonClient, message_id: int, text: str) -> SeenMessage:
    """The same message, changed."""
    return (await person.waits(lambda m: m.id == message_id and text in m.text, text))[-1]


def _days(shown: SeenMessage) -> list[str]:
    return [
        button.text
        for row in shown.buttons
        for button in row
        if button.data != IGNORED and button.text[0] in "123456789"
    ]


async def test_a_day_of_the_calendar_leads_to_its_orders_and_on_to_the_card(world: World) -> None:
    day = datetime.date(2026, 9, 15)
    _add(world, "b1", day, plate_number="4455 АВ-7", vehicle="Geely Atlas")
    _add(world, "b2", day)
    anna = await world.employee("Анна")
    await world.knows("b2")
    await world.enters(anna, "b1")
    await anna.says("Приняли")
    shown = await _opens(anna)
    await anna.presses("Сентябрь", on=shown.id)
    month = await _shows(anna, shown.id, "Сентябрь 2026")
    assert _days(month) == ["15²"]
    await anna.presses("15²", on=shown.id)
    listed = await _shows(anna, shown.id, "15 сентября 2026. Открыты 2 заказ-наряда:")
    assert listed.text.splitlines()[1:] == ["b2", "b1 · 4455 АВ-7 · Geely Atlas · Анна"]
    await anna.presses("b1", on=shown.id)
    assert "b1" in (await anna.sees("Выберите стадию", after=shown.id)).text


async def test_todays_month_opens_with_each_days_number_and_dead_days_lead_nowhere(world: World) -> None:
    _add(world, "b1", today())
    anna = await world.employee("Анна")
    await world.knows("b1")
    shown = await _opens(anna)
    assert _days(shown) == [f"{today().day}²"]  # b1, and a00017732 by the birth of its folder
    assert shown.labels[:7] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
    await world.quiet()
    before = await anna.chat()
    assert "маленькой цифрой" in await told(anna, shown.id, IGNORED)
    assert await anna.chat() == before


async def test_months_without_orders_are_passed_over_and_the_way_ends_with_the_last_one(world: World) -> None:
    _add(world, "b1", datetime.date(2024, 2, 29))
    anna = await world.employee("Анна")
    await world.knows("b1")
    shown = await _opens(anna)
    await anna.presses("‹ Февраль 2024", on=shown.id)
    month = await _shows(anna, shown.id, "Февраль 2024")
    assert "29¹" in month.labels and not [label for label in month.labels if label.startswith("‹")]
    await anna.presses("Сегодня", on=shown.id)
    await _shows(anna, shown.id, str(today().year))


async def test_a_day_of_many_orders_has_pages(world: World) -> None:
    day = datetime.date(2026, 9, 15)
    for n in range(11):
        _add(world, f"b{n:02}", day)
    anna = await world.employee("Анна")
    await world.knows("b10")
    shown = await _opens(anna)
    data = "simple_calendar:DAY:2026:9:15"
    await anna.presses_data(shown.id, data)
    first = await _shows(anna, shown.id, "Страница 1 из 2")
    await anna.presses("Дальше", on=shown.id)
    second = await _shows(anna, shown.id, "Страница 2 из 2")
    numbers = [label for page in (first, second) for label in page.labels if label.startswith("b")]
    assert sorted(numbers) == [f"b{n:02}" for n in range(11)]
    for n in range(11):
        (world.store / f"b{n:02}").rename(world.store / f"b{n:02} closed")
    await world.state_is("b10", "closed")
    await world.state_is("b00", "closed")
    await anna.presses("Назад", on=shown.id)
    empty = await _shows(anna, shown.id, "уже нет")
    assert not [label for label in empty.labels if label.startswith("b")]


async def test_dates_that_no_calendar_has_get_one_word(world: World) -> None:
    anna = await world.employee("Анна")
    shown = await _opens(anna)
    await world.quiet()
    before = await anna.chat()
    for data in (
        *("simple_calendar:DAY:2026:2:31", "simple_calendar:DAY:0:1:1", "simple_calendar:DAY:2026::"),
        *("simple_calendar:NEXT-MONTH:10000:1:1", "simple_calendar:PREV-MONTH:2026:13:1"),
        *("d2:3652060:1", "d3:9223372036854775807"),
    ):
        assert await told(anna, shown.id, data) == "Такого дня нет.", data
    for data in (
        "simple_calendar:EXPLODE:2026:9:15",
        "simple_calendar:DAY:x:9:15",
        "simple_calendar:NEXT-YEAR:2026:9:1",
    ):
        assert "устарела" in await told(anna, shown.id, data), data
    assert await anna.chat() == before


async def test_the_ends_of_time_are_days_like_others(world: World) -> None:
    anna = await world.employee("Анна")
    shown = await _opens(anna)
    for data, title in (
        ("simple_calendar:PREV-MONTH:1:1:1", "Январь 1"),
        ("simple_calendar:DAY:9999:12:31", "31 декабря 9999. Открытых заказ-нарядов уже нет"),
        ("d2:3652059:9223372036854775807", "31 декабря 9999. Открытых заказ-нарядов уже нет"),
    ):
        await anna.presses_data(shown.id, data)
        await _shows(anna, shown.id, title)


async def test_two_quick_taps_are_one_and_neither_is_left_without_an_answer(world: World) -> None:
    _add(world, "b1", datetime.date(2026, 9, 15))
    anna = await world.employee("Анна")
    await world.knows("b1")
    shown = await _opens(anna)
    data = f"simple_calendar:PREV-MONTH:{today().year}:{today().month}:1"
    for tap in [await anna.presses_data(shown.id, data) for _ in range(2)]:
        await tap.answer()
    await _shows(anna, shown.id, "Сентябрь 2026")
    await world.quiet()
    assert len([each for each in await anna.chat() if "Сентябрь 2026" in each.text]) == 1


async def test_a_calendar_that_telegram_no_longer_shows_is_answered_with_a_new_one(world: World) -> None:
    day = datetime.date(2026, 9, 15)
    _add(world, "b1", day)
    anna = await world.employee("Анна")
    await world.knows("b1")
    shown = await _opens(anna)
    await anna.deletes(shown.id)
    await anna.presses_data(shown.id, "simple_calendar:DAY:2026:9:15")
    listed = await anna.sees("15 сентября 2026. Открыт 1 заказ-наряд", after=shown.id)
    await anna.deletes(listed.id)
    await anna.presses_data(listed.id, f"d3:{day.toordinal()}")
    await anna.sees("Сентябрь 2026", after=listed.id)


async def test_a_month_that_could_not_be_drawn_in_place_comes_as_a_new_message(world: World) -> None:
    _add(world, "b1", datetime.date(2026, 9, 15))
    anna = await world.employee("Анна")
    await world.knows("b1")
    shown = await _opens(anna)
    await world.tg.fault("editMessageText", times=2, too_many_requests=3)
    tap = await anna.presses("Сентябрь", on=shown.id)
    await tap.answer()
    await anna.sees("Сентябрь 2026", after=shown.id)


async def test_a_calendar_speaks_the_language_that_was_chosen_meanwhile(world: World) -> None:
    _add(world, "b1", datetime.date(2026, 9, 15))
    anna = await world.employee("Анна")
    await world.knows("b1")
    shown = await _opens(anna)
    await anna.says("/language")
    await anna.sees_button("English")
    await anna.presses("English")
    await world.quiet()
    await anna.presses("Сентябрь", on=shown.id)
    month = await _shows(anna, shown.id, "September 2026")
    assert [label for label in month.labels if label in ("Mo", "Su")] == ["Mo", "Su"]
    await anna.presses("15", on=shown.id)
    await _shows(anna, shown.id, "15 September 2026. 1 order is open")


async def test_a_photo_after_the_calendar_was_opened_does_not_go_to_the_client(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await _opens(anna)
    await anna.shoots(b"a barcode")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"] and world.kept() == []


async def test_the_calendar_is_for_staff_alone(world: World) -> None:
    peter = await world.client()
    (last,) = (await peter.chat())[-1:]
    for data in ("d1", "simple_calendar:DAY:2026:9:15", f"d2:{today().toordinal()}:1"):
        assert "устарела" in await told(peter, last.id, data)
