"""A reply is a reply on the other side, an edit an edit, a reaction a reaction: for every copy."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient, Photo
from tests.bot.world import World


async def _talk(world: World) -> tuple[PersonClient, PersonClient]:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Менять фильтр?")
    await peter.sees("Менять фильтр?")
    return anna, peter


async def test_a_clients_reaction_is_shown_on_what_the_mechanic_wrote_and_taken_away_again(world: World) -> None:
    anna, peter = await _talk(world)
    asked = next(each for each in await anna.chat() if each.text == "Менять фильтр?")
    got = await peter.sees("Менять фильтр?")
    await peter.reacts(got.id, "👍")
    await anna.sees_reaction(asked.id, "👍")
    await peter.reacts(got.id, "❤")
    await anna.sees_reaction(asked.id, "❤")
    await peter.reacts(got.id, None)
    await anna.sees_reaction(asked.id, None)


async def test_a_mechanics_reaction_is_shown_on_what_the_client_wrote(world: World) -> None:
    anna, peter = await _talk(world)
    said = await peter.says("Да, меняйте")
    got = await anna.sees("Да, меняйте")
    await anna.reacts(got.id, "🔥")
    await peter.sees_reaction(said.id, "🔥")


async def test_a_reaction_to_ones_own_message_is_shown_on_its_copy(world: World) -> None:
    anna, peter = await _talk(world)
    said = await peter.says("Да, меняйте")
    got = await anna.sees("Да, меняйте")
    await peter.reacts(said.id, "🙏")
    await anna.sees_reaction(got.id, "🙏")


async def test_a_custom_emoji_is_dropped_without_a_word_to_anybody(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    anna, peter = await _talk(world)
    asked = next(each for each in await anna.chat() if each.text == "Менять фильтр?")
    got = await peter.sees("Менять фильтр?")
    await peter.reacts(got.id, None, custom="5368324170671202286")
    await peter.reacts(got.id, "🧿")  # an emoji that a bot may not use
    await world.quiet()
    assert next(each for each in await anna.chat() if each.id == asked.id).reaction is None
    assert not [each for each in await boss.chat() if each.from_bot and "Telegram не принял" in each.text]
    assert await world.rows("SELECT count(*) FROM outbox WHERE state = 'queued'") == [(0,)]


async def test_a_former_employees_reaction_reaches_no_client(world: World) -> None:
    anna, peter = await _talk(world)
    said = await peter.says("Да, меняйте")
    got = await anna.sees("Да, меняйте")
    await world.change(anna, role=int(Role.CLIENT))
    await anna.reacts(got.id, "👍")
    await world.quiet()
    assert next(each for each in await peter.chat() if each.id == said.id).reaction is None


async def test_a_reply_to_an_item_of_an_album_is_one_on_the_other_side(world: World) -> None:
    anna, peter = await _talk(world)
    sent = await anna.sends_album([Photo(b"1"), Photo(b"2"), Photo(b"3")])
    shown = await peter.sees_photo(count=3)
    await peter.replies(shown[1].id, "вот здесь что?")
    assert (await anna.sees("вот здесь что?")).reply_to == sent[1].id
    mine = await peter.sends_album([Photo(b"4"), Photo(b"5")], caption="у меня")
    await anna.sees("у меня")
    await world.quiet()
    got = [each for each in await anna.chat() if each.from_bot and each.kind == "photo"]
    await anna.replies(got[1].id, "вижу")
    assert (await peter.sees("вижу")).reply_to == mine[1].id


async def test_a_reply_to_an_older_message_finds_it(world: World) -> None:
    anna, peter = await _talk(world)
    first = await peter.says("первое")
    await anna.sees("первое")
    for n in range(3):
        await peter.says(f"ещё {n}")
    await anna.sees("ещё 2")
    await anna.replies((await anna.sees("первое")).id, "об этом")
    assert (await peter.sees("об этом")).reply_to == first.id


async def test_care_and_its_client_see_replies_as_replies(world: World) -> None:
    vera, peter = await world.employee("Вера", role=Role.CARE), await world.client()
    said = await peter.says("гарантия?")
    asked = await vera.sees("гарантия?")
    answered = await vera.replies(asked.id, "Два года")
    got = await peter.sees("Два года")
    assert got.reply_to == said.id
    await peter.replies(got.id, "Ясно, учту")
    assert (await vera.sees("Ясно, учту")).reply_to == answered.id
    await vera.edits(answered.id, "Три года")
    await peter.sees("Три года")
    await vera.reacts((await vera.sees("Ясно, учту")).id, "👍")


async def test_a_caption_of_the_client_is_edited_and_both_versions_stay(world: World) -> None:
    anna, peter = await _talk(world)
    sent = await peter.shoots(b"x", caption="скол")
    await anna.sees("скол")
    await peter.edits(sent.id, "скол слева")
    await anna.sees("скол слева")
    assert [row[0] for row in await world.rows("SELECT text FROM versions ORDER BY n")] == ["скол", "скол слева"]


async def test_a_file_that_is_replaced_by_an_edit_is_told_of(world: World) -> None:
    anna, peter = await _talk(world)
    sent = await peter.shoots(b"x", caption="скол")
    await anna.sees("скол")
    await peter.replaces(sent.id, b"another")
    await peter.sees("Заменить файл в отправленном сообщении нельзя")
    await world.quiet()
    await world.until(lambda: [each.read_bytes() for each in world.kept("Client")] == [b"x"])
