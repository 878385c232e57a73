"""What went to the wrong one of a client's two orders is put right by two taps, and both readers know."""

from dealer_bot.sandbox import Photo
from tests.bot.test_routing import _two_orders
from tests.bot.world import World


async def test_words_about_another_order_move_there_and_the_first_reader_is_told(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    await peter.says("а масло поменяли?")
    await boris.sees("а масло поменяли?")
    await peter.sees("Передано: Борис")
    await peter.presses("Это о другом заказ-наряде")
    await peter.sees("О каком заказ-наряде")
    await peter.presses("a00017732")
    assert "a00017732" in (await anna.sees("а масло поменяли?")).text
    await peter.sees("Передано: Анна, a00017732")
    former = await boris.sees("Клиент уточнил: это по a00017732")
    assert former.labels == []
    assert await world.rows("SELECT o.number FROM messages m JOIN orders o ON o.id = m.order_id"
                            " WHERE m.text = 'а масло поменяли?'") == [("a00017732",)]  # fmt: skip


async def test_a_restart_between_the_question_and_its_answer_changes_nothing(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    await peter.says("про масло")
    await boris.sees("про масло")
    await peter.sees("Передано: Борис")
    await peter.presses("Это о другом")
    await peter.sees("О каком")
    await world.app.stop()
    await peter.presses("a00017732")
    await world.start_bot()
    await anna.sees("про масло")
    await boris.sees("это по a00017732")


async def test_twice_there_and_back_it_stands_where_he_said_last(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    said = await peter.says("про масло")
    await boris.sees("про масло")
    await peter.sees("Передано: Борис")
    await peter.presses("Это о другом")
    await peter.sees("О каком")
    await peter.presses("a00017732")
    told = await peter.sees("Передано: Анна")
    await peter.presses("a00017732")
    await peter.sees("Передано: Анна", after=told.id)
    await world.quiet()
    assert len([each for each in await anna.chat() if "про масло" in each.text]) == 1
    await peter.presses("Это о другом", on=told.id)
    await peter.sees("О каком", after=told.id)
    await peter.presses("b00000002")
    await anna.sees("это по b00000002")
    await world.quiet()
    await peter.edits(said.id, "про тормоза")
    await boris.sees("про тормоза")
    await world.quiet()
    assert [each.text for each in await boris.chat() if "про масло" in each.text and "уточнил" not in each.text] == []
    assert not [each for each in await anna.chat() if "тормоза" in each.text]


async def test_an_album_moves_whole_and_its_files_go_to_the_right_folder(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    await world.app.keeper.stop(1)  # nothing is fetched yet
    await peter.sends_album([Photo(b"one"), Photo(b"two")], caption="царапина")
    await boris.sees("царапина")
    await peter.sees("Передано: Борис")
    await peter.presses("Это о другом")
    await peter.sees("О каком")
    await peter.presses("a00017732")
    await anna.sees("царапина")
    await world.quiet()
    await world.app.stop()
    await world.start_bot()
    await world.quiet()
    await world.until(lambda: {each.read_bytes() for each in world.kept("Client")} == {b"one", b"two"})
    assert world.kept("Client", "b00000002") == []


async def test_a_file_that_lies_in_the_wrong_folder_is_moved(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    await peter.shoots(b"scratch", caption="царапина")
    await boris.sees("царапина")
    await peter.sees("Передано: Борис")
    await world.quiet()
    await world.until(lambda: [each.read_bytes() for each in world.kept("Client", "b00000002")] == [b"scratch"])
    await peter.presses("Это о другом")
    await peter.sees("О каком")
    await peter.presses("a00017732")
    await anna.sees("царапина")
    await world.quiet()
    await world.until(lambda: [each.read_bytes() for each in world.kept("Client")] == [b"scratch"])
    assert world.kept("Client", "b00000002") == []


async def test_words_to_a_closed_order_may_be_about_an_open_one(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    (world.store / "b00000002").rename(world.store / "b00000002 closed")
    await world.state_is("b00000002", "closed")
    await peter.shoots(b"scratch", caption="царапина")
    assert "закрыт" in (await boris.sees("царапина")).text
    await peter.sees("Передано: Борис")
    await peter.presses("Это о другом")
    await peter.sees("О каком")
    await peter.presses("a00017732")
    await anna.sees("царапина")
    await world.quiet()
    await world.until(lambda: [each.read_bytes() for each in world.kept("Client")] == [b"scratch"])


async def test_an_old_button_says_why_it_can_no_longer(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    await peter.says("про масло")
    await boris.sees("про масло")
    await peter.sees("Передано: Борис")
    await peter.presses("Это о другом")
    asked = await peter.sees("О каком")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    press = await peter.presses("a00017732", on=asked.id)
    assert "закрыт" in (await press.answer()).text
    again = await peter.presses("Это о другом")
    assert "Других открытых" in (await again.answer()).text
    await world.quiet()
    assert not [each for each in await anna.chat() if "про масло" in each.text]


async def test_nobody_moves_the_words_of_somebody_else(world: World) -> None:
    _, boris, peter = await _two_orders(world)
    await peter.says("про масло")
    await boris.sees("про масло")
    asked = await peter.sees_button("Это о другом")
    ivan = await world.client("Иван", "+375297776655")
    forged = await ivan.presses_data(asked.id, asked.button("Это о другом").data)
    assert "устарела" in (await forged.answer()).text
