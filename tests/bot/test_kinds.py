"""Whatever a client sends is passed as what it is, or answered with a clear word."""

from dealer_bot.sandbox import Document, PersonClient, Photo, Video
from tests.bot.world import World


async def _talk(world: World) -> tuple[PersonClient, PersonClient]:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Здравствуйте")
    await peter.sees(":\nЗдравствуйте")
    return anna, peter


async def test_stickers_places_and_cards_of_a_client_arrive_as_themselves(world: World) -> None:
    anna, peter = await _talk(world)
    for send, kind in (
        (peter.sends_sticker(), "sticker"),
        (peter.sends_location(53.9, 27.56), "location"),
        (peter.sends_venue("СТО", "Ленина, 1"), "venue"),
        (peter.sends_card("+375295550000", "Жена"), "contact"),
    ):
        sent = await send
        await anna.waits(lambda m, kind=kind: m.kind == kind, kind)
        told = await anna.sees("✉️ a00017732 · 0124 МН-1", after=sent.id)
        assert told.labels == ["Ответить"]
        await peter.sees("Передано: Анна", after=sent.id)
    kinds = [row[0] for row in await world.rows("SELECT kind FROM messages WHERE side = 'client' ORDER BY id")]
    assert kinds == ["sticker", "location", "venue", "contact"]
    assert world.kept("Client") == []


async def test_voice_notes_films_files_and_animations_of_a_client_are_passed_and_kept(world: World) -> None:
    anna, peter = await _talk(world)
    await peter.speaks(b"voice")
    await peter.sends_video_note(b"note")
    await peter.films(b"film")
    await peter.sends_file("чек.pdf", b"paper")
    for kind in ("voice", "video_note", "video", "document"):
        await anna.sees_media(kind)
    await world.quiet()
    await world.until(
        lambda: {each.read_bytes() for each in world.kept("Client")} == {b"voice", b"note", b"film", b"paper"}
    )


async def test_an_album_of_a_client_stays_one_and_is_told_once(world: World) -> None:
    anna, peter = await _talk(world)
    await peter.sends_album([Photo(b"1"), Video(b"2"), Photo(b"3")], caption="вот так")
    await anna.sees("вот так")
    await world.quiet(for_s=2)
    shown = [each for each in await anna.chat() if each.from_bot and each.album]
    assert len(shown) == 3 and len({each.album for each in shown}) == 1
    line = await anna.sees_button("Ответить")
    assert line.text == "✉️ a00017732 · 0124 МН-1 · без имени" and line.silent and line.id > shown[-1].id
    assert len([each for each in await peter.chat() if "Передано" in each.text]) == 1


async def test_an_album_of_papers_stays_one_too(world: World) -> None:
    anna, peter = await _talk(world)
    await peter.sends_album([Document("a.pdf", b"1"), Document("b.pdf", b"2")])
    await anna.sees_media("document", count=2)
    shown = [each for each in await anna.chat() if each.kind == "document"]
    assert len({each.album for each in shown}) == 1


async def test_dice_and_polls_are_refused_in_words(world: World) -> None:
    _, peter = await _talk(world)
    for send in (peter.throws_dice(), peter.asks_poll("Когда?")):
        sent = await send
        await peter.sees("Такое сообщение передать нельзя", after=sent.id)
    assert await world.rows("SELECT count(*) FROM messages WHERE side = 'client'") == [(0,)]


async def test_his_own_card_from_a_connected_client_is_what_he_says_and_no_new_binding(world: World) -> None:
    anna, peter = await _talk(world)
    sent = await peter.shares_contact(phone_as="+375299990000")
    await anna.waits(lambda m: m.kind == "contact", "a card")
    await peter.sees("Передано: Анна", after=sent.id)
    assert await world.rows("SELECT count(*) FROM bindings WHERE phone = '+375299990000'") == [(0,)]


async def test_a_mechanic_sends_a_place_and_no_sticker(world: World) -> None:
    anna, peter = await _talk(world)
    await anna.sends_location(53.9, 27.56)
    await peter.waits(lambda m: m.kind == "location", "a place")
    await peter.sees("Анна, «Автоцентр Север» · a00017732")
    await anna.sends_sticker()
    await anna.sees("Стикеры клиентам не передаются")


async def test_a_place_from_the_service_stage_stays_inside(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Для сервисных нужд")
    await anna.sends_location(53.9, 27.56)
    await anna.says("Открытый текст")
    await peter.sees("Открытый текст")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "location"]
