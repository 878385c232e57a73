"""Protocols in the chat: found, read page by page, taken as a file; the same words as the command line's."""

from dealer_bot.sandbox import PersonClient
from dealer_bot.sandbox.seen import SeenMessage
from tests.bot.world import World


async def _talk(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    oleg, anna, peter = await world.admin(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.says("Скол на крыле")
    await peter.sees("Скол на крыле")
    await anna.edits(said.id, "Скол на двери")
    await peter.sees("Скол на двери")
    await anna.shoots(caption="вот он")
    await anna.sees("сохранено 1 из 1")
    await peter.says("а масло?")
    await anna.sees("а масло?")
    await world.quiet()
    return oleg, anna, peter


async def _opens(oleg: PersonClient) -> SeenMessage:
    await oleg.says("/admin")
    await oleg.sees("Что показать?")
    await oleg.presses("Протоколы")
    return await oleg.sees("Чей протокол?")


async def test_three_taps_from_the_menu_show_who_said_what_and_what_became_of_it(world: World) -> None:
    oleg, _, _ = await _talk(world)
    await _opens(oleg)
    await oleg.presses("a00017732")
    page = (await oleg.sees("Протокол: a00017732")).text
    assert "Анна (сотрудник)\nСкол на крыле (доставлено)" in page
    assert "Скол на двери (доставлено, исправлено)" in page
    assert "вот он [Acceptance: " in page and "без имени (клиент)\nа масло? (доставлено)" in page
    assert len([each for each in await oleg.chat() if each.from_bot and "Что показать?" in each.text]) == 0


async def test_a_part_of_the_number_finds_a_closed_order_too_and_reaches_no_client(world: World) -> None:
    oleg, _, peter = await _talk(world)
    await world.enters(oleg)
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    await _opens(oleg)
    await oleg.says("нет такого")
    await oleg.sees("заказ-нарядов нет. Клиенту это не отправлено")
    await oleg.says("7732")
    await oleg.presses("a00017732 · 0124 МН-1 · закрыт")
    await oleg.sees("Скол на крыле")
    await world.quiet()
    assert not [each for each in await peter.chat() if "7732" in each.text and each.text == "7732"]


async def test_a_long_protocol_comes_in_pages_and_loses_nothing(world: World) -> None:
    oleg, anna, _ = await world.admin(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    for number in range(12):
        await anna.says(f"слово {number} " + "м" * 900)
    await anna.says("длинное " + "д" * 4_000)
    await world.quiet()
    await _opens(oleg)
    await oleg.presses("a00017732")
    page = await oleg.sees("Протокол: a00017732")
    seen, pages = page.text, 1
    while page.button("Раньше"):
        await oleg.presses("Раньше", on=page.id)
        before = page.text
        (page,) = [each for each in await _changed(oleg, page, before) if each.id == page.id]
        seen, pages = page.text + seen, pages + 1
        assert len(page.text) <= 4_096
    assert pages > 3 and seen.count("д" * 100) and seen.count("д") >= 4_000
    assert all(f"слово {number} " in seen for number in range(12))
    assert page.button("Позже") and not page.button("Раньше")


async def _changed(person: PersonClient, page: SeenMessage, before: str) -> list[SeenMessage]:
    return await person.waits(lambda each: each.id == page.id and each.text != before, "another page")


async def test_the_whole_of_it_comes_as_a_file(world: World) -> None:
    oleg, _, _ = await _talk(world)
    await _opens(oleg)
    await oleg.presses("a00017732")
    await oleg.sees("Протокол: a00017732")
    for button, name in (("Файл HTML", "a00017732.html"), ("Файл TXT", "a00017732.txt")):
        await oleg.presses(button)
        await oleg.waits(lambda each, n=name: each.raw.get("document", {}).get("file_name") == n, name)
    await world.quiet()
    assert len([each for each in await oleg.chat() if each.kind == "document"]) == 2


async def test_outside_orders_has_a_protocol_of_its_own(world: World) -> None:
    oleg, maria = await world.admin(), await world.client("Мария", "+375297770000")
    await maria.says("есть вопрос")
    await oleg.sees("есть вопрос")
    await world.quiet()
    await _opens(oleg)
    await oleg.presses("Вне заказ-нарядов")
    assert "есть вопрос" in (await oleg.sees("Протокол бесед вне заказ-нарядов")).text


async def test_an_employee_has_neither_menu_nor_protocols(world: World) -> None:
    oleg, anna, _ = await _talk(world)
    menu = await _opens(oleg)
    await anna.says("/admin")
    await anna.sees("/order — выбрать заказ-наряд")
    for label in ("a00017732", "Вне заказ-нарядов"):
        button = menu.button(label)
        assert button is not None and button.data is not None
        (last,) = (await anna.chat())[-1:]
        press = await anna.presses_data(last.id, button.data)
        assert "устарела" in (await press.answer()).text
