"""The main job: a photo from an employee's phone in the order's folder and in the client's chat."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import Photo, Video
from tests.bot.world import World


async def test_a_photo_is_in_the_folder_and_in_the_clients_chat(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.shoots(b"a picture of a car", caption="Скол")
    await peter.sees_photo()
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    (kept,) = world.kept()
    assert kept.read_bytes() == b"a picture of a car"
    shown = await peter.sees("Скол")
    assert "a00017732" in shown.text and "Анна" in shown.text and "Автоцентр Север" in shown.text


async def test_exact_number_to_first_photo_takes_two_actions(world: World) -> None:
    anna = await world.employee("Анна")
    await anna.says("/order a00017732")
    card = await anna.sees("Выберите стадию")
    assert "0124 МН-1" in card.text and "…8808" in card.text and "не подключён" in card.text
    await anna.presses("Приёмка")
    await anna.shoots(b"first")
    await anna.sees("сохранено 1 из 1")
    pinned = await anna.sees_pinned("a00017732 · 0124 МН-1 · Приёмка")
    assert [each.id for each in await anna.pinned()] == [pinned.id]


async def test_a_fragment_offers_the_orders_it_is_part_of(world: World) -> None:
    world.add_order({"order": "a00017741", "phone": "+375291234567", "plate_number": "4455 АВ-7"})
    anna = await world.employee("Анна")
    await anna.says("/order")
    await anna.sees("Какой заказ-наряд?")
    await world.knows("a00017741")
    await anna.says("177")
    await anna.sees("Нашлось 2")
    await anna.presses("a00017741")
    assert "a00017741" in (await anna.sees("Выберите стадию")).text


async def test_a_text_that_finds_nothing_says_that_the_client_did_not_get_it(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("/order")
    await anna.sees("Какой заказ-наряд?")
    await anna.says("машина готова")
    assert "не отправлено" in (await anna.sees("ничего не нашлось")).text
    await anna.presses("Вернуться в a00017732")
    await anna.says("машина готова завтра")
    await peter.sees("машина готова завтра")
    assert not [each for each in await peter.chat() if each.text.endswith("машина готова")]


async def test_a_photo_while_asked_for_an_order_goes_nowhere_and_is_answered_with_the_other_ways(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("/order")
    await anna.sees("Какой заказ-наряд?")
    await anna.shoots(b"a barcode")
    await anna.sees("три цифры номера")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"] and world.kept() == []


async def test_an_album_stays_an_album_and_is_kept_whole(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.sends_album([Photo(b"one"), Photo(b"two"), Video(b"three")], caption="Царапины")
    await peter.sees("Царапины")
    await anna.sees("сохранено 3 из 3, клиенту доставлено 3.")
    shown = [each for each in await peter.chat() if each.kind in ("photo", "video")]
    assert len(shown) == 3 and len({each.album for each in shown}) == 1 and shown[0].album
    await world.until(lambda: {each.read_bytes() for each in world.kept()} == {b"one", b"two", b"three"})


async def test_a_video_a_file_and_a_voice_reach_folder_and_client(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.films(b"a film")
    await anna.sends_file("../../смета.pdf", b"a paper", "application/pdf")
    await anna.speaks(b"a voice")
    await anna.sees("сохранено 3 из 3, клиенту доставлено 3.")
    assert [each.kind for each in await peter.chat() if each.from_bot and each.kind != "text"] == [
        "video",
        "document",
        "voice",
    ]
    assert {each.suffix for each in world.kept()} == {".mp4", ".pdf", ".ogg"}


async def test_text_goes_to_the_client_signed_by_the_dealership(world: World) -> None:
    anna, peter = await world.employee("Анна <b>"), await world.client()
    await world.enters(anna)
    await anna.says("Машина будет готова завтра к 12 & ни часом позже <i>")
    shown = await peter.sees("Машина будет готова завтра к 12 & ни часом позже <i>")
    assert "Анна <b>, «Автоцентр Север» · a00017732" in shown.text


async def test_service_media_stay_and_typed_text_goes(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Для сервисных нужд")
    await anna.shoots(b"secret", caption="тайная подпись")
    await anna.sees("Клиенту не отправляется")
    await anna.says("Открытый текст")
    await peter.sees("Открытый текст")
    await world.quiet()
    await world.until(lambda: [each.read_bytes() for each in world.kept("Service")] == [b"secret"])
    chat = await peter.chat()
    assert not [each for each in chat if each.from_bot and (each.kind != "text" or "тайная" in each.text)]


async def test_a_late_client_gets_what_was_shot_before_he_came(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    for n in range(3):
        await anna.shoots(b"shot %d" % n, caption=f"кадр {n}")
    await anna.sees("сохранено 3 из 3")
    await anna.sees("Клиент не подключён")
    peter = await world.client()
    await peter.sees("кадр 2")
    texts = [each.text for each in await peter.chat() if each.from_bot]
    order = [
        next(i for i, text in enumerate(texts) if words in text)
        for words in ("подтверждён", "кадр 0", "кадр 1", "кадр 2")
    ]
    assert order == sorted(order)
    await anna.sees("клиенту доставлено 3.")
    await world.quiet()
    assert len([each for each in await peter.chat() if each.kind == "photo"]) == 3


async def test_a_client_who_blocked_the_bot_is_left_alone_and_the_employee_is_told(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await peter.blocks()
    await anna.shoots(b"unseen")
    await anna.sees("заблокировал бота")
    await anna.sees("сохранено 1 из 1")
    await peter.unblocks()
    await peter.starts()
    await peter.sees_photo()
    await anna.sees("клиенту доставлено 1.")


async def test_the_clients_answer_finds_the_last_employee_with_the_orders_number(world: World) -> None:
    anna = await world.employee("Анна")
    boris = await world.employee("Борис", "+375291112244")
    peter = await world.client()
    for mechanic, words in ((anna, "от Анны"), (boris, "от Бориса")):
        await world.enters(mechanic)
        await mechanic.says(words)
        await peter.sees(words)
    await peter.says("а масло поменяли?")
    assert "a00017732 · 0124 МН-1" in (await boris.sees("а масло поменяли?")).text
    await peter.sees("Передано: Борис, a00017732")
    assert not [each for each in await anna.chat() if "масло" in each.text]


async def test_a_reply_finds_the_author_of_what_it_replies_to(world: World) -> None:
    anna = await world.employee("Анна")
    boris = await world.employee("Борис", "+375291112244")
    peter = await world.client()
    await world.enters(anna)
    asked = await anna.says("Менять фильтр?")
    question = await peter.sees("Менять фильтр?")
    await world.enters(boris)
    await boris.says("Готово к 12")
    await peter.sees("Готово к 12")
    await peter.replies(question.id, "Да, меняйте")
    answer = await anna.sees("Да, меняйте")
    assert answer.reply_to == asked.id
    await anna.replies(answer.id, "Хорошо")
    assert (await peter.sees("Хорошо")).reply_to is not None


async def test_the_answer_button_enters_the_order_and_the_stage_again(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Повреждения")
    await anna.says("Осмотрели")
    await peter.sees("Осмотрели")
    await anna.taps("Закончить")
    await anna.sees("Готово")
    await peter.says("и что там?")
    await anna.sees("и что там?")
    await anna.presses("Ответить")
    await anna.sees("a00017732, Повреждения. Снимайте", after=0)
    await anna.says("Всё хорошо")
    await peter.sees("Всё хорошо")


async def test_an_edit_is_carried_and_both_versions_stay(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.says("Готово завтро")
    await peter.sees("Готово завтро")
    await anna.edits(said.id, "Готово завтра")
    await peter.sees("Готово завтра")
    assert not [each for each in await peter.chat() if "завтро" in each.text]
    assert [row[0] for row in await world.rows("SELECT text FROM versions ORDER BY n")] == [
        "Готово завтро",
        "Готово завтра",
    ]


async def test_the_clients_own_photo_is_kept_in_the_folder_for_clients(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Пришлите фото")
    await peter.sees("Пришлите фото")
    await peter.shoots(b"my scratch", caption="вот")
    shown = await anna.sees("вот")
    assert shown.kind == "photo" and "a00017732" in shown.text
    await world.quiet()
    await world.until(lambda: [each.read_bytes() for each in world.kept("Client")] == [b"my scratch"])


async def test_a_reply_to_one_order_never_reaches_the_client_of_another(world: World) -> None:
    world.add_order({"order": "b2", "phone": "+375297776655"})
    anna, peter = await world.employee("Анна"), await world.client()
    ivan = await world.client("Иван", "+375297776655")
    await world.knows("b2")
    await world.enters(anna)
    await anna.says("Готово")
    await peter.sees("Готово")
    await peter.says("Спасибо!")
    thanks = await anna.sees("Спасибо!")
    await world.enters(anna, "b2")
    await anna.replies(thanks.id, "Приезжайте")
    await anna.sees("Это сообщение по a00017732")
    await world.quiet()
    assert not [each for person in (peter, ivan) for each in await person.chat() if "Приезжайте" in each.text]


async def test_a_client_whom_nobody_serves_reaches_care_and_care_reaches_him(world: World) -> None:
    vera = await world.employee("Вера", "+375291110001", Role.CARE)
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    maria = await world.client("Мария", "+375297770000")
    await maria.says("Когда вы открыты?")
    asked = await vera.sees("Когда вы открыты?")
    assert "+375 29 777-00-00" in asked.text
    await boss.sees("Когда вы открыты?")
    await vera.replies(asked.id, "С девяти до шести")
    assert "Вера, служба заботы" in (await maria.sees("С девяти до шести")).text
    await vera.says("без ответа на сообщение")
    await vera.sees("нажмите «Ответить» под его сообщением")
