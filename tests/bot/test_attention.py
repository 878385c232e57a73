"""A client's angry word reaches every administrator at once, and once."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from tests.bot.world import World


async def _served(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    """Anna serves Peter; Oleg administers."""
    oleg, anna, peter = await world.admin(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Это Анна")
    await peter.sees("Это Анна")
    return oleg, anna, peter


async def _alerts(person: PersonClient) -> list[str]:
    return [each.text for each in await person.chat() if each.from_bot and "⚠️" in each.text]


async def test_every_active_admin_hears_of_an_angry_word_with_order_client_and_master(world: World) -> None:
    oleg, anna, peter = await _served(world)
    irina = await world.employee("Ирина", "+375291118888", Role.ADMIN)
    gone = await world.employee("Бывший", "+375291117777", Role.ADMIN)
    await world.change(gone, active=0)
    await peter.says("Очень ДОРОГО и грязно!")
    for admin in (oleg, irina):
        alert = await admin.sees("⚠️ a00017732")
        assert alert.text == "⚠️ a00017732 · без имени, +375 29 888-88-08 · мастер Анна\n«Очень ДОРОГО и грязно!»"
        marked = [alert.text[each["offset"] : each["offset"] + each["length"]] for each in alert.entities]
        assert marked == ["ДОРОГ", "гряз"]
        assert alert.labels == ["Протокол", "Написать клиенту", "Передать заботе"]
    await anna.sees("ДОРОГО")
    await world.quiet()
    assert [await _alerts(each) for each in (gone, anna, peter)] == [[], [], []]
    assert len(await _alerts(oleg)) == 1


async def test_captions_edits_care_and_talk_without_an_order_are_looked_at_too(world: World) -> None:
    oleg, _, peter = await _served(world)
    await peter.shoots(caption="плохо покрасили")
    await oleg.sees("«плохо покрасили»")
    calm = await peter.says("всё хорошо")
    await peter.edits(calm.id, "всё ПЛОХО")
    await oleg.sees("«всё ПЛОХО»")
    await peter.says("/care")
    await peter.sees("получит служба заботы")
    await peter.says("Я разочарован")
    await oleg.sees("⚠️ a00017732 · без имени, +375 29 888-88-08 · мастер Анна\n«Я разочарован»")
    maria = await world.client("Мария", "+375297770000")
    await maria.says("мне не  \n нравится")
    lonely = await oleg.sees("⚠️ вне заказ-наряда")
    assert "мастера ещё нет" in lonely.text and "+375 29 777-00-00" in lonely.text
    await world.quiet()
    assert len(await _alerts(oleg)) == 4


async def test_one_message_raises_one_alert_however_often_it_is_edited(world: World) -> None:
    oleg, _, peter = await _served(world)
    said = await peter.says("дорого")
    await oleg.sees("«дорого»")
    for words in ("дорого и грязно", "дорого, грязно, плохо"):
        await peter.edits(said.id, words)
    await world.quiet()
    assert len(await _alerts(oleg)) == 1


async def test_an_edit_reaches_its_reader_and_leaves_the_alert_as_it_was(world: World) -> None:
    """Without anybody in care the admin reads the client himself: both messages lie in his chat."""
    oleg, peter = await world.admin(), await world.client()
    said = await peter.says("дорого")
    await oleg.sees("«дорого»")
    await oleg.sees("✉️")
    await peter.edits(said.id, "в самый раз")
    await oleg.sees("в самый раз")
    await world.quiet()
    assert await _alerts(oleg) == ["⚠️ a00017732 · без имени, +375 29 888-88-08 · мастера ещё нет\n«дорого»"]


async def test_an_alert_survives_a_restart(world: World) -> None:
    oleg, _, peter = await _served(world)
    await world.tg.fault("sendMessage", chat=oleg, times=None, server_error=500)
    await peter.says("дорого")
    await world.quiet()
    assert await _alerts(oleg) == []
    await world.app.stop()
    await world.tg.clear_faults()
    await world.start_bot()
    await oleg.sees("«дорого»")


async def test_from_the_alert_one_tap_leads_to_the_protocol_and_into_the_order(world: World) -> None:
    oleg, _, peter = await _served(world)
    await peter.says("дорого")
    alert = await oleg.sees("«дорого»")
    await oleg.presses("Протокол", on=alert.id)
    page = await oleg.sees("Протокол: a00017732")
    assert "Это Анна" in page.text and "дорого" in page.text and page.id != alert.id
    await oleg.presses("Написать клиенту", on=alert.id)
    await oleg.sees("a00017732, Приёмка. Снимайте", after=alert.id)
    await oleg.says("Я администратор, всё исправим")
    await peter.sees("всё исправим")


async def test_the_client_of_an_order_that_was_closed_meanwhile_is_answered_from_the_alert_too(world: World) -> None:
    oleg, _, peter = await _served(world)
    await peter.says("дорого")
    alert = await oleg.sees("«дорого»")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    await oleg.presses("Написать клиенту", on=alert.id)
    await oleg.sees("Вы пишете", after=alert.id)
    await oleg.says("Позвоню вам утром")
    await peter.sees("Позвоню вам утром")


async def test_a_talk_outside_orders_is_answered_from_the_alert(world: World) -> None:
    oleg, maria = await world.admin(), await world.client("Мария", "+375297770000")
    await maria.says("грязно у вас")
    alert = await oleg.sees("⚠️ вне заказ-наряда")
    await oleg.presses("Написать клиенту", on=alert.id)
    await oleg.sees("Вы пишете")
    await oleg.says("Простите нас")
    await maria.sees("Простите нас")


async def test_care_gets_what_an_admin_passes_on_once_and_may_answer(world: World) -> None:
    oleg, _, peter = await _served(world)
    vera = await world.care()
    await peter.says("дорого")
    alert = await oleg.sees("«дорого»")
    for _ in range(2):
        press = await oleg.presses("Передать заботе", on=alert.id)
        await press.answer()
        await oleg.sees("Передано службе заботы: Вера")
    shown = await vera.sees("дорого")
    assert "+375 29 888-88-08" in shown.text and "Ответить" in shown.labels
    await vera.presses("Ответить")
    await vera.sees("Вы пишете")
    await vera.says("Разберёмся")
    await peter.sees("Разберёмся")
    await world.quiet()
    assert len([each for each in await vera.chat() if "дорого" in each.text]) == 1


async def test_what_is_passed_on_rings_for_all_of_care_until_one_of_them_has_the_talk(world: World) -> None:
    oleg, _, peter = await _served(world)
    vera, galina = await world.care(), await world.care("Галина", "+375291110002")
    for words, is_silent_for_galina in (("дорого", False), ("грязно", True)):
        await peter.says(words)
        alert = await oleg.sees(f"«{words}»")
        await oleg.presses("Передать заботе", on=alert.id)
        shown = await vera.sees(words)
        assert not shown.silent and (await galina.sees(words)).silent is is_silent_for_galina
        await vera.presses("Ответить", on=shown.id)
        await galina.sees("Обращение 1 ведёт Вера")


async def test_a_reply_to_an_alert_never_reaches_the_client_of_another_order(world: World) -> None:
    oleg, _, peter = await _served(world)
    world.add_order({"order": "b00000002", "phone": "+375297770000", "plate_number": "4455 АВ-7"})
    maria = await world.client("Мария", "+375297770000")
    await world.knows("b00000002")
    await world.enters(oleg, "b00000002")
    await peter.says("дорого")
    alert = await oleg.sees("«дорого»")
    await oleg.replies(alert.id, "сейчас разберусь")
    await oleg.sees("Клиенту ничего не отправлено")
    await world.quiet()
    assert not [each for person in (maria, peter) for each in await person.chat() if "разберусь" in each.text]


async def test_the_list_is_read_again_and_a_broken_edit_keeps_the_last_good_one(world: World) -> None:
    oleg, _, peter = await _served(world)
    world.attention_words.write_text('ATTENTION_WORDS = ["ужас"]', encoding="cp1251")
    await _until_watched(world, "ужас")
    await peter.says("какой ужас, и дорого")
    assert (await oleg.sees("какой ужас")).entities[0]["length"] == 4
    world.attention_words.write_text('ATTENTION_WORDS = ["мрак" "тьма"]', encoding="utf-8-sig")
    told = await oleg.sees("не читается (строка 1)")
    assert "пропущена запятая" in told.text and "Действует прежний список" in told.text
    await peter.says("снова ужас")
    await oleg.sees("снова ужас")
    await world.app.stop()
    await world.start_bot()
    await peter.says("и опять ужас")
    await oleg.sees("и опять ужас")
    world.attention_words.unlink()
    await oleg.sees("не читается: файла нет")
    world.attention_words.write_text('ATTENTION_WORDS = ["туман"]', encoding="utf-8")
    await oleg.sees("Список слов-маркеров прочитан, слов в нём: 1")
    world.attention_words.write_text("ATTENTION_WORDS = []", encoding="utf-8")
    await oleg.sees("Список слов-маркеров пуст")
    await world.quiet()
    assert len([each for each in await oleg.chat() if "не читается" in each.text]) == 2


async def _until_watched(world: World, word: str) -> None:
    await world.until(lambda: word in world.app.attention.words)
