"""Taken back: what was sent leaves the client's chat; who may do it, until when, and what comes after it."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import Photo
from tests.bot.between_two_orders import got, pictures, two_orders
from tests.bot.world import ORDER, World


async def test_only_the_author_or_an_admin_moves_and_takes_back(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    boris = await world.employee("Борис", "+375291112244")
    anna, peter, _ = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    status = await anna.sees("клиенту доставлено 1.")
    back = status.button("Отозвать").data
    for person, allowed in ((boris, False), (peter, False), (boss, True)):
        (last,) = (await person.chat())[-1:]
        press = await person.presses_data(last.id, back)
        assert ("Отзываю" in (await press.answer()).text) is allowed
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "кадр") == 0


async def test_who_was_let_go_takes_nothing_back(world: World) -> None:
    anna, peter, _ = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    status = await anna.sees("клиенту доставлено 1.")
    await world.change(anna, role=int(Role.CLIENT))
    await anna.presses_data(status.id, status.button("Отозвать").data)
    await world.quiet()
    assert await got(peter, "кадр") == 1


async def test_taking_back_leaves_the_file_and_the_protocol_says_so(world: World) -> None:
    anna, peter, _ = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await anna.says("и слова к нему: кадр")
    await peter.sees("и слова")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await anna.presses("Отозвать")
    await anna.sees("Отозвано у клиента: 2.")
    assert await got(peter, "кадр") == 0
    await world.until(lambda: [each.read_bytes() for each in world.kept()] == [b"one"])
    assert await world.rows("SELECT count(*) FROM messages WHERE taken_back_at IS NOT NULL") == [(2,)]
    status = await anna.sees("Отозвано у клиента: 2.")
    assert status.button("Отозвать") is None


async def test_a_reply_with_undo_takes_back_that_one_message(world: World) -> None:
    anna, peter, _ = await two_orders(world)
    first = await anna.says("не то написала")
    await anna.says("а это верно")
    await peter.sees("а это верно")
    await anna.replies(first.id, "/undo")
    await anna.sees("Отзываю у клиента: 1")
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "не то") == 0 and await got(peter, "это верно") == 1
    await anna.replies(first.id, "/undo")
    await anna.sees("Отзывать нечего")
    await anna.says("/undo")
    await anna.sees("ответьте на своё сообщение командой /undo")


async def test_after_48_hours_telegrams_limit_is_told_in_words(world: World) -> None:
    anna, peter, _ = await two_orders(world)
    await anna.says("давнее")
    await peter.sees("давнее")
    status = await anna.sees("сообщение доставлено")
    await world.hours_pass(49)
    press = await anna.presses_data(status.id, status.button("Отозвать").data)
    assert "48 часов" in (await press.answer()).text
    assert await got(peter, "давнее") == 1


async def test_what_waits_for_a_client_and_was_taken_back_is_not_there_when_he_comes(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("Клиент не подключён")
    await anna.sees("сохранено 1 из 1")
    await anna.presses("Отозвать")
    await world.quiet()
    peter = await world.client()
    await world.quiet()
    assert await got(peter, "кадр") == 0 and len(world.kept()) == 1


async def test_an_answer_after_a_recall_does_not_go_to_the_wrong_order(world: World) -> None:
    world.add_order(ORDER | {"order": "d4", "barcode": "2" * 37, "plate_number": "9999 АА-1"})
    await world.knows("d4")
    boris = await world.employee("Борис", "+375291112244")
    anna, peter, _ = await two_orders(world)
    await world.enters(boris, "d4", "Выдача")
    await boris.says("по вашей машине")
    await peter.sees("по вашей машине")
    await anna.says("ошиблась чатом")
    await peter.sees("ошиблась чатом")
    await anna.sees_button("Отозвать")
    await anna.presses("Отозвать")
    await anna.sees("Отозвано у клиента: 1.")
    await peter.says("спасибо")
    await boris.sees("спасибо")


async def test_a_late_sibling_of_an_album_that_was_taken_back_does_not_go_either(world: World) -> None:
    anna, peter, _ = await two_orders(world)
    sent = await anna.sends_album([Photo(b"one"), Photo(b"two")], caption="альбом")
    await peter.sees("альбом")
    await anna.sees("сохранено 2 из 2, клиенту доставлено 2.")
    await anna.presses("Отозвать")
    await anna.sees("Отозвано у клиента: 2.")
    await anna.shoots(b"late", album=sent[0].album)
    await anna.sees("сохранено 3 из 3")
    await world.quiet()
    assert await pictures(peter) == [] and len(world.kept()) == 3


async def test_a_copy_that_is_gone_already_counts_as_taken_back(world: World) -> None:
    """The answer to the first deletion was lost; so it is where the server knows only single deletions, too."""
    anna, peter, _ = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("клиенту доставлено 1.")
    await world.tg.fault("deleteMessages", refuse=[404, "Not Found: method not found"], times=None)
    await world.tg.fault("deleteMessage", cut_after=True)
    await anna.presses("Отозвать")
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "кадр") == 0
