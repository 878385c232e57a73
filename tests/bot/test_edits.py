"""What is written anew reaches every copy, whole, whether it has grown or shrunk."""

from tests.bot.world import World


async def test_the_tail_of_a_long_text_is_edited_too(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.says("а" * 3400 + " " + "старое" * 100)
    await peter.sees("старое")
    await anna.edits(said.id, "а" * 3400 + " " + "новое" * 100)
    await peter.sees("новое")
    await anna.sees("a00017732: сообщение доставлено.")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.from_bot and "старое" in each.text]


async def test_a_text_that_has_grown_is_not_cut(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.says("коротко")
    await peter.sees("коротко")
    await anna.edits(said.id, "а" * 3600 + " конец")
    await peter.sees("конец")


async def test_a_text_that_has_shrunk_leaves_no_tail(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.says("а" * 3600 + " хвост")
    await peter.sees("хвост")
    await anna.edits(said.id, "коротко")
    await peter.sees("коротко")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.from_bot and "хвост" in each.text]


async def test_a_caption_that_has_grown_follows_its_picture(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.shoots(b"x", caption="коротко")
    await peter.sees("коротко")
    await anna.edits(said.id, "а" * 650 + " конец")
    await peter.sees("конец")


async def test_an_edited_caption_keeps_its_heading_and_signature(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.shoots(b"x", caption="было")
    was = await peter.sees("было")
    await anna.edits(said.id, "стало")
    now = await peter.sees("стало")
    assert now.text == was.text.replace("было", "стало")


async def test_words_that_grew_before_the_client_came_are_whole_when_he_does(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    said = await anna.says("коротко")
    await anna.sees("Клиент не подключён")
    await anna.edits(said.id, "а" * 3600 + " конец")
    await world.quiet()
    peter = await world.client()
    await peter.sees("конец")


async def test_what_is_mended_without_having_gone_to_anybody_is_told_so(world: World) -> None:
    anna = await world.employee("Анна")
    for words, told in (("без заказ-наряда", "Сначала выберите"), ("/order 99999", "«99999»")):
        said = await anna.says(words)
        await anna.sees(told, after=said.id)
        await anna.edits(said.id, f"{words}!")
        await anna.sees("Исправление никому не передано", after=said.id)


async def test_what_is_mended_after_the_closing_does_not_go_and_its_author_knows(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.says("приезжайте завтра")
    await peter.sees("завтра")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    await anna.edits(said.id, "приезжайте сегодня")
    await anna.sees("a00017732 закрыт: исправление клиенту не отправлено")
    await world.quiet()
    assert not [each for each in await peter.chat() if "сегодня" in each.text]


async def test_a_text_that_has_shrunk_before_it_went_is_no_failure(world: World) -> None:
    vera, anna, peter = await world.care(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await peter.says("/care")
    await peter.sees("получит служба заботы")
    await peter.says("вопрос")
    asked = await vera.sees("вопрос")
    await peter.blocks()
    await world.quiet()
    said = [await vera.replies(asked.id, "а" * 3600 + " ответ"), await anna.says("а" * 3600 + " слова")]
    await anna.sees("заблокировал бота")
    await vera.edits(said[0].id, "ответ")
    await anna.edits(said[1].id, "слова")
    await world.quiet()
    await peter.unblocks()
    await peter.starts()
    await peter.sees("Сейчас придут 2 сообщения")
    await peter.sees("слова")
    await anna.sees("a00017732: сообщение доставлено.")
    await world.quiet()
    assert not await world.rows("SELECT 1 FROM outbox WHERE state = 'gone' AND kind = 'delivery' AND op <> 'delete'")
    assert not [each for each in await vera.chat() if "недоступен" in each.text]


async def test_words_in_parts_are_one_message_to_who_waits_for_them(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.says("а" * 3600 + " конец")
    await anna.sees("не подключён")
    peter = await world.client()
    assert "Сейчас придёт 1" in (await peter.sees("подтверждён")).text
