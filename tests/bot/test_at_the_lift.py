"""A mechanic with a phone in one hand: few taps, one pinned line, one keyboard, one status line."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import Document, PersonClient, Photo, Video
from tests.bot.world import World

OTHER_PHONE = "+375297776655"


async def acts_since(world: World, person: PersonClient, since: int) -> list[str]:
    """What this person did, by kind."""
    return [act["act"] for act in await world.tg.acts() if act["person"] == person.id][since:]


async def test_an_exact_number_to_the_first_photo_takes_two_actions(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    before = len(await acts_since(world, anna, 0))
    await anna.says("/order a00017732")
    await anna.sees("Выберите стадию")
    await anna.presses("Приёмка")
    await anna.sees("Снимайте")
    assert len(await acts_since(world, anna, before)) == 2
    await anna.shoots(b"first", caption="кадр")
    await peter.sees("кадр")


async def test_a_recent_order_takes_two_taps(world: World) -> None:
    world.add_order({"order": "b2", "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    await world.knows("b2")
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Повреждения")
    await world.enters(anna, "b2")
    before = len(await acts_since(world, anna, 0))
    asked = await anna.taps("Заказ-наряд")
    offered = await anna.sees("Какой заказ-наряд?", after=asked.id)
    assert offered.labels[:2] == ["b2 · 4455 АВ-7 · Приёмка", "a00017732 · 0124 МН-1 · Повреждения"]
    await anna.presses("a00017732 · 0124 МН-1 · Повреждения", on=offered.id)
    await anna.sees("Снимайте", after=offered.id)
    assert len(await acts_since(world, anna, before)) == 2
    await anna.shoots(b"here", caption="кадр")
    await peter.sees("кадр")
    await world.until(lambda: len(world.kept("Damage")) == 1)


async def test_a_change_of_stage_takes_two_taps(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    before = len(await acts_since(world, anna, 0))
    tapped = await anna.taps("Стадия")
    card = await anna.sees("Выберите стадию", after=tapped.id)
    await anna.presses("Выдача", on=card.id)
    await anna.sees("Выдача. Снимайте", after=card.id)
    assert len(await acts_since(world, anna, before)) == 2
    await anna.shoots(b"here", caption="кадр")
    await peter.sees("кадр")
    await world.until(lambda: len(world.kept("Issue")) == 1)


async def test_a_recent_order_with_a_long_stage_is_named_so_that_it_can_be_read_whole(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna, stage="Для сервисных нужд")
    asked = await anna.taps("Заказ-наряд")
    offered = await anna.sees("Какой заказ-наряд?", after=asked.id)
    assert offered.labels[0] == "a00017732 · Для сервисных нужд"


async def test_the_last_five_orders_are_offered_with_the_stage_one_was_in(world: World) -> None:
    for n in range(6):
        world.add_order({"order": f"c{n}", "phone": f"+37529123000{n}", "plate_number": f"100{n} АА-1"})
    anna = await world.employee("Анна")
    for n in range(6):
        await world.knows(f"c{n}")
        await world.enters(anna, f"c{n}", "Выдача" if n % 2 else "Приёмка")
    (world.store / "c4").rename(world.store / "c4 closed")
    await world.state_is("c4", "closed")
    asked = await anna.taps("Заказ-наряд")
    offered = await anna.sees("Какой заказ-наряд?", after=asked.id)
    assert [label.split(" · ")[0] for label in offered.labels[:5]] == ["c5", "c3", "c2", "c1", "c0"]
    assert [label.split(" · ")[2] for label in offered.labels[:2]] == ["Выдача", "Выдача"]


async def test_there_is_one_pinned_line_and_it_follows(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    pinned = await anna.sees_pinned("(клиент не подключён)")
    await world.client()
    await anna.sees("(клиент подключён)")
    await world.enters(anna, stage="Для сервисных нужд")
    await anna.sees("фото НЕ уходят, текст УХОДИТ", after=pinned.id - 1)
    assert [each.id for each in await anna.pinned()] == [pinned.id]
    await anna.taps("Закончить")
    await anna.sees("Заказ-наряд не выбран: /order")
    assert [each.id for each in await anna.pinned()] == [pinned.id]


async def test_the_whole_phone_is_shown_in_ones_own_order_only_and_it_is_on_record(world: World) -> None:
    world.add_order({"order": "b2", "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    await world.knows("b2")
    anna = await world.employee("Анна")
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    await world.enters(anna)
    pinned = await anna.sees_button("Показать номер")
    button = pinned.button("Показать номер").data
    await anna.presses_data(pinned.id, button)
    await anna.sees("+375 29 888-88-08")
    assert await world.rows("SELECT count(*) FROM audit WHERE what = 'phone_shown'") == [(1,)]
    await world.enters(anna, "b2")
    press = await anna.presses_data(pinned.id, button)
    assert "только в своём заказ-наряде" in (await press.answer()).text
    (last,) = (await boss.chat())[-1:]
    await boss.presses_data(last.id, button)
    await boss.sees("+375 29 888-88-08")
    assert await world.rows("SELECT count(*) FROM audit WHERE what = 'phone_shown'") == [(2,)]
    others = [each.text for each in await anna.chat() if each.from_bot and "888-88-08" in each.text]
    assert len(others) == 1


async def test_a_burst_of_thirty_over_a_slow_network_has_one_status_line_and_one_heading(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("getFile", slow=0.2, times=30)
    for n in range(30):
        await anna.shoots(b"shot %d" % n)
    await anna.sees("сохранено 30 из 30, клиенту доставлено 30.")
    shown = [each for each in await peter.chat() if each.from_bot and each.kind == "photo"]
    assert len(shown) == 30 and len(world.kept()) == 30
    assert ["Приёмка" in each.text for each in shown] == [True] + [False] * 29
    assert [each.silent for each in shown] == [False] + [True] * 29
    assert len([each for each in await anna.chat() if "сохранено" in each.text]) <= 2


async def test_a_restart_in_the_middle_of_a_burst_loses_and_repeats_nothing(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("getFile", slow=0.2, times=20)
    for n in range(12):
        await anna.shoots(b"shot %d" % n, caption=f"кадр {n:02}")
    await peter.sees("кадр 03")
    await world.app.stop()
    for n in range(12, 18):
        await anna.shoots(b"shot %d" % n, caption=f"кадр {n:02}")
    await world.start_bot()
    await anna.sees("сохранено 18 из 18, клиенту доставлено 18.")
    came = [each.text.partition("кадр ")[2][:2] for each in await peter.chat() if "кадр" in each.text]
    assert came == [f"{n:02}" for n in range(18)] and len(world.kept()) == 18


async def test_a_client_who_blocks_the_bot_at_the_tenth_gets_the_rest_when_he_is_back(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    for n in range(10):
        await anna.shoots(b"shot %d" % n)
    await anna.sees("сохранено 10 из 10, клиенту доставлено 10.")
    await peter.blocks()
    for n in range(10, 15):
        await anna.shoots(b"shot %d" % n)
    await anna.sees("Клиент заблокировал бота. Всё сохранено")
    await anna.sees("сохранено 15 из 15")
    await anna.sees_button("Показать номер")
    await peter.unblocks()
    await peter.starts()
    await peter.sees("С возвращением")
    await anna.sees("клиенту доставлено 15.")
    assert len([each for each in await peter.chat() if each.from_bot and each.kind == "photo"]) == 15


async def test_an_album_of_more_than_ten_and_of_mixed_kinds_arrives_whole(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    pictures = [Photo(b"p%d" % n) for n in range(9)]
    await anna.sends_album([*pictures, Video(b"v1"), Video(b"v2"), Photo(b"last")], caption="осмотр")
    await anna.sees("сохранено 12 из 12, клиенту доставлено 12.")
    shown = [each for each in await peter.chat() if each.from_bot and each.kind in ("photo", "video")]
    assert len(shown) == 12 and len({each.album for each in shown}) == 2
    await anna.sends_album([Document("a.pdf", b"a"), Photo(b"b"), Document("c.pdf", b"c")])
    await anna.sees("сохранено 15 из 15, клиенту доставлено 15.")
    assert len([each for each in await peter.chat() if each.from_bot and each.kind == "document"]) == 2


async def test_siblings_eight_seconds_late_are_a_second_group_that_replies_to_the_first(world: World) -> None:
    world.add_order({"order": "b2", "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    anna, peter, ivan = await world.employee("Анна"), await world.client(), await world.client("Иван", OTHER_PHONE)
    await world.knows("b2")
    await world.enters(anna)
    sent = await anna.sends_album([Photo(b"one"), Photo(b"two")], caption="альбом", rhythm_s=(0, 0))
    await peter.sees_photo(count=2)
    await world.enters(anna, "b2")
    await world.hours_pass(8 / 3600)
    for name in (b"three", b"four"):
        await anna.shoots(name, album=sent[0].album)
    await anna.sees("сохранено 4 из 4, клиенту доставлено 4.")
    shown = [each for each in await peter.chat() if each.from_bot and each.kind == "photo"]
    assert len({each.album for each in shown}) == 2
    assert shown[2].reply_to in (shown[0].id, shown[1].id) and shown[2].silent
    assert not [each for each in await ivan.chat() if each.kind == "photo"] and world.kept(number="b2") == []


async def test_a_long_caption_and_a_name_like_markup_come_as_they_are(world: World) -> None:
    anna, peter = await world.employee("<b>Анна</b> & Ко"), await world.client()
    await world.enters(anna)
    words = "скол " * 204 + "конец"
    await anna.shoots(b"one", caption=words[:1024])
    await peter.sees_photo()
    await anna.sees("клиенту доставлено 1.")
    texts = [each.text for each in await peter.chat() if each.from_bot]
    assert any(words[:1024].strip() in text for text in texts)
    assert any("<b>Анна</b> & Ко" in text for text in texts)
