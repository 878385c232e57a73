"""429, 5xx, silence and nonsense: nothing is lost, nothing goes twice but the one repeat, nobody waits for another."""

import asyncio

from database import sql
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient, Photo
from tests.bot.world import World


async def test_a_chat_that_is_asked_to_wait_gets_everything_in_order(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendPhoto", too_many_requests=1, times=2)
    for n in range(4):
        await anna.shoots(b"%d" % n, caption=f"кадр {n}")
    await peter.sees("кадр 3")
    assert [each.text.split("кадр ")[1][0] for each in await peter.chat() if "кадр" in each.text] == list("0123")


async def test_a_lost_answer_costs_one_repeat_and_no_more(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendPhoto", cut_after=True, times=1)
    await anna.shoots(b"perhaps twice", caption="кадр")
    await anna.sees("клиенту доставлено 1.")
    await world.quiet()
    assert len([each for each in await peter.chat() if "кадр" in each.text]) == 2


async def test_a_second_unknown_outcome_is_for_people_to_decide(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendPhoto", cut_after=True, times=None)
    await anna.shoots(b"who knows", caption="кадр")
    await anna.sees("Не ясно, дошло ли")
    await boss.sees("не ясно, дошло ли сообщение")
    await anna.says("следом")
    await peter.sees("следом")
    assert len([each for each in await peter.chat() if "кадр" in each.text]) == 2


async def test_what_may_not_have_arrived_goes_once_more_when_its_author_says_so(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendPhoto", cut_after=True, times=3)
    await anna.shoots(b"who knows", caption="кадр")
    line = await anna.sees_button("Повторить")
    assert "Не ясно, дошло ли: 1" in line.text
    assert await _came(peter, "кадр") == 2
    await anna.presses("Повторить", on=line.id)  # nobody knows again: people are asked again, nothing goes by itself
    await boss.waits(lambda seen: "не ясно, дошло ли сообщение" in seen.text, "both alerts", count=2)
    await world.quiet()
    assert await _came(peter, "кадр") == 3
    await anna.presses("Повторить")
    await anna.sees("клиенту доставлено 1.")
    assert await _came(peter, "кадр") == 4
    await world.quiet()
    press = await anna.presses_data(line.id, f"u2:{await _burst(world)}")
    assert "Повторять уже нечего" in (await press.answer()).text
    assert await _came(peter, "кадр") == 4


async def test_an_administrator_repeats_what_may_not_have_arrived_and_a_stranger_to_it_does_not(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    boris = await world.employee("Борис", "+375291110001")
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendMessage", chat=peter, contains="завтра", cut_after=True, times=2)
    await anna.says("Готово завтра")
    alert = await boss.sees_button("Повторить")
    press = await boris.presses_data((await boris.chat())[-1].id, alert.button("Повторить").data)
    assert "Доступ закрыт" in (await press.answer()).text
    press = await boris.presses_data((await boris.chat())[-1].id, f"u2:{await _burst(world)}")
    assert "устарела" in (await press.answer()).text
    await world.quiet()
    assert await _came(peter, "завтра") == 2
    await boss.presses("Повторить", on=alert.id)
    await anna.sees("сообщение доставлено")
    assert await _came(peter, "завтра") == 3


async def test_who_was_to_read_a_clients_message_is_told_that_it_may_not_have_reached_him(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Готово завтра")
    await peter.sees("Готово завтра")
    await world.tg.fault("sendMessage", chat=anna, contains="Привезу в среду", cut_before=True, times=2)
    await peter.says("Привезу в среду")
    told = await anna.sees("по a00017732 могло не дойти до вас")
    assert await _came(anna, "Привезу в среду") == 0
    await anna.presses("Повторить", on=told.id)
    await anna.sees("Привезу в среду")
    await world.quiet()
    assert await _came(anna, "Привезу в среду") == 1


async def test_what_another_account_may_have_seen_already_is_not_repeated_to_the_phones_new_owner(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendPhoto", chat=peter, cut_after=True, times=2)
    await anna.shoots(b"seen", caption="кадр")
    line = await anna.sees_button("Повторить")
    other = await world.client("Пётр с новым телефоном")
    press = await anna.presses("Повторить", on=line.id)
    assert "Повторять уже нечего" in (await press.answer()).text
    await world.quiet()
    assert await _came(peter, "кадр") == 2 and await _came(other, "кадр") == 0


async def test_a_copy_that_may_still_be_there_is_deleted_when_somebody_says_so(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.shoots(b"wrong", caption="не то")
    await anna.sees("клиенту доставлено 1.")
    await world.tg.fault("deleteMessage", cut_before=True, times=2)
    await anna.presses("Отозвать")
    await anna.sees("Не ясно, отозвано ли: 1")
    assert await _came(peter, "не то") == 1
    await anna.presses("Повторить")
    await anna.sees("Отозвано у клиента: 1")
    assert await _came(peter, "не то") == 0


async def _came(person: PersonClient, words: str) -> int:
    return len([each for each in await person.chat() if each.from_bot and words in each.text])


async def _burst(world: World) -> int:
    ((burst_id,),) = await world.rows("SELECT max(burst_id) FROM messages")
    return int(burst_id)


async def test_an_album_with_one_bad_item_arrives_singly(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    refusal = [400, 'Bad Request: failed to send message #2 with the error message "WEBPAGE_CURL_FAILED"']
    await world.tg.fault("sendMediaGroup", refuse=refusal, times=1)
    await anna.sends_album([Photo(b"one"), Photo(b"two"), Photo(b"three")], caption="Альбом")
    await peter.sees_photo(count=3)
    await anna.sees("клиенту доставлено 3.")


async def test_late_siblings_of_an_album_follow_the_first_and_not_their_author(world: World) -> None:
    world.add_order({"order": "b2", "phone": "+375297776655"})
    anna, peter = await world.employee("Анна"), await world.client()
    ivan = await world.client("Иван", "+375297776655")
    await world.knows("b2")
    await world.enters(anna)
    first = await anna.sends_album([Photo(b"one"), Photo(b"two")], caption="Альбом")
    await peter.sees_photo(count=2)
    await world.enters(anna, "b2")
    await anna.shoots(b"late", album=first[0].album)
    await peter.sees_photo(count=3)
    await world.quiet()
    assert not [each for each in await ivan.chat() if each.from_bot and each.kind == "photo"]
    assert len(world.kept()) == 3 and world.kept(number="b2") == []


async def test_a_download_cut_in_the_middle_is_begun_again(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await world.tg.fault("download", cut_at=1000, times=1)
    await world.tg.fault("download", short=100, times=1)
    await anna.shoots(b"x" * 5000)
    await anna.sees("сохранено 1 из 1")
    await world.until(lambda: [each.read_bytes() for each in world.kept()] == [b"x" * 5000])


async def test_a_video_too_big_to_fetch_still_reaches_the_client_and_is_said_loudly(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.films(size=48 * 2**20)
    await peter.sees_media("video")
    await anna.sees("в папку не сохранено")
    assert world.kept() == []


async def test_a_big_video_of_the_service_stage_is_neither_saved_nor_sent(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Для сервисных нужд")
    await anna.films(size=48 * 2**20)
    await anna.sees("НЕ сохранено и никуда не отправлено")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.from_bot and each.kind == "video"]


async def test_a_chat_that_hangs_keeps_nobody_else_waiting(world: World) -> None:
    world.add_order({"order": "b2", "phone": "+375297776655"})
    anna, boris = await world.employee("Анна"), await world.employee("Борис", "+375291112244")
    peter, ivan = await world.client(), await world.client("Иван", "+375297776655")
    await world.knows("b2")
    await world.enters(anna)
    await world.enters(boris, "b2")
    await world.tg.fault("sendPhoto", hang_before=True, chat=peter, times=1)
    await anna.shoots(b"hangs")
    await boris.shoots(b"flies")
    await ivan.sees_photo(within_s=20)
    await world.tg.release_hung()


async def test_twenty_chats_that_hang_keep_nobody_else_waiting(world: World) -> None:
    """More than the calls that are made at once: each gives its place away while it waits."""
    people = [await world.tg.person(f"Гость {n}") for n in range(20)]
    for person in people:
        await world.tg.fault("sendMessage", hang_before=True, chat=person, times=1)
        await person.starts()
    late = await world.tg.person("Опоздавший")
    async with asyncio.timeout(20):
        while len([each for each in await world.tg.journal("sendMessage") if each["outcome"] == "hung"]) < 16:
            await asyncio.sleep(0.05)
    asked = await late.starts()
    await late.sees("Здравствуйте", 20, after=asked.id)
    await world.tg.release_hung()


async def test_one_undecodable_update_deafens_nobody_not_even_its_sender(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    poison = {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": anna.chat_id, "type": "private"}}}
    await world.tg.inject(poison)
    await anna.says("после яда")
    await peter.sees("после яда")
    await boss.sees("не удалось обработать")


async def test_a_prompt_that_could_not_be_said_in_ten_minutes_is_not_said_late(world: World) -> None:
    anna = await world.employee("Анна")
    await world.tg.fault("sendMessage", too_many_requests=2, times=1)
    await anna.says("/help")
    async with asyncio.timeout(15):
        while not await world.app.database.write(_age_prompts):
            await asyncio.sleep(0.02)
    await world.quiet()
    assert not [each for each in await anna.chat() if each.from_bot and "Выберите стадию" in each.text]


def _age_prompts() -> int:
    """How many wait because Telegram said so."""
    return sql.run("UPDATE outbox SET expires_at = 1 WHERE kind = 'prompt' AND state = 'queued' AND tries > 0")


async def test_a_card_that_was_cut_on_its_way_comes_once_more_and_no_third_time(world: World) -> None:
    anna = await world.employee("Анна")
    await world.state_is("a00017732", "open")
    await world.tg.fault("sendMessage", chat=anna, contains="Выберите стадию", times=None, cut_after=True)
    await anna.says("/order a00017732")
    await anna.waits(lambda seen: "Выберите стадию" in seen.text, "two cards", count=2)
    await world.quiet(3)
    assert len([each for each in await anna.chat() if "Выберите стадию" in each.text]) == 2


async def test_a_card_that_never_left_is_not_waited_for_in_vain(world: World) -> None:
    anna = await world.employee("Анна")
    await world.tg.fault("sendMessage", chat=anna, contains="Выберите стадию", cut_before=True)
    await anna.says("/order a00017732")
    await anna.sees("Выберите стадию")


async def test_a_line_that_could_not_be_pinned_is_pinned_later(world: World) -> None:
    anna = await world.employee("Анна")
    await world.tg.fault("pinChatMessage", too_many_requests=1)
    await world.enters(anna)
    await anna.sees_pinned("a00017732")
    assert len(await anna.pinned()) == 1
