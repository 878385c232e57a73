"""kill -9 while words are put right, media come once more, somebody is invited: each ends as if nobody had died."""

from collections.abc import Awaitable, Callable
from functools import partial

from dealer_bot.sandbox import PersonClient, Photo
from tests.e2e.dealership import Dealership

FIRST, SECOND, PETERS, ANNAS, BORISES = "a00017732", "b00000002", "+375298888808", "+375291112233", "+375291112244"
WHILE_IT_STARTS_S = 30


async def _dies_at(dealership: Dealership, point: str, act: Callable[[], Awaitable[object]]) -> None:
    """Somebody acts while the bot is down; the life that hears of it dies at this point, and the next one goes on."""
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    await act()
    await dealership.begins(kill_point=point)
    await dealership.is_killed_at_its_point()
    await dealership.begins()


async def _count(person: PersonClient, words: str = "", kind: str = "") -> int:
    shown = [each for each in await person.chat() if each.from_bot and words in each.text]
    return len([each for each in shown if kind in ("", each.kind)])


async def test_words_that_are_put_right_while_the_bot_dies_are_read_by_the_right_one(dealership: Dealership) -> None:
    dealership.add_order(FIRST, PETERS)
    dealership.add_order(SECOND, PETERS)
    await dealership.begins()
    anna, boris = await dealership.staff("Анна", ANNAS), await dealership.staff("Борис", BORISES)
    peter = await dealership.client("Пётр", PETERS, FIRST, SECOND)
    for employee, number in ((anna, FIRST), (boris, SECOND)):
        await dealership.enters(employee, number)
        await dealership.writes(employee, number, f"Я по {number}")
        await peter.sees(f"Я по {number}", WHILE_IT_STARTS_S)
    for n, point in enumerate(("after_move:1", "before_turn_end:1", "after_send:1", "after_send:2")):
        words = f"а масло поменяли? {n}"
        said = await peter.says(words)
        told = await peter.sees("Передано: Борис", WHILE_IT_STARTS_S, after=said.id)
        await peter.presses("Это о другом", on=told.id)
        which = await peter.sees("О каком", WHILE_IT_STARTS_S, after=told.id)
        await _dies_at(dealership, point, partial(peter.presses, FIRST, on=which.id))
        await anna.sees(words, WHILE_IT_STARTS_S)
        await boris.sees(f"{words}\n↪️ Клиент уточнил: это по {FIRST}", WHILE_IT_STARTS_S)
        await dealership.settles()
        assert 1 <= await _count(anna, words) <= 2 and await _count(boris, words) == 1, point


async def test_media_that_are_asked_for_once_more_while_the_bot_dies_come_once_more(dealership: Dealership) -> None:
    dealership.add_order(FIRST, PETERS)
    await dealership.begins()
    anna, peter = await dealership.staff("Анна", ANNAS), await dealership.client("Пётр", PETERS, FIRST)
    await dealership.enters(anna, FIRST)
    await anna.sends_album([Photo(), Photo()])
    await anna.shoots()
    await anna.sees("клиенту доставлено 3.", WHILE_IT_STARTS_S)
    asked = await peter.taps("Мои заказ-наряды")
    listed = await peter.sees("Ваш заказ-наряд:", WHILE_IT_STARTS_S, after=asked.id)
    await peter.presses(FIRST, on=listed.id)
    card = await peter.sees_button("Прислать ещё раз", WHILE_IT_STARTS_S)
    for point in ("after_send_again:1", "before_turn_end:1", "before_send:1", "after_send:1"):
        before = await _count(peter, kind="photo")
        await _dies_at(dealership, point, partial(peter.presses, "Прислать ещё раз", on=card.id))
        await peter.sees_photo(WHILE_IT_STARTS_S, count=before + 3)
        await dealership.settles()
        repeated = 2 if point == "after_send:1" else 0  # the album, whose answer nobody heard
        assert await _count(peter, kind="photo") == before + 3 + repeated, point


async def test_an_invitation_that_is_asked_for_and_used_while_the_bot_dies_is_one(dealership: Dealership) -> None:
    dealership.add_order(FIRST, PETERS)
    await dealership.begins()
    anna = await dealership.staff("Анна", ANNAS)
    await dealership.enters(anna, FIRST)
    pin = await anna.sees_button("Приглашение", WHILE_IT_STARTS_S)
    for point in ("after_invite:1", "after_send:1"):
        before = await _count(anna, kind="photo")
        await _dies_at(dealership, point, partial(anna.presses, "Приглашение", on=pin.id))
        (*_, picture) = await anna.sees_photo(WHILE_IT_STARTS_S, count=before + 1)
        await dealership.settles()
        assert await _count(anna, kind="photo") == before + 1 + (point == "after_send:1"), point
    token = picture.text.partition("start=")[2].split()[0]
    for n, point in enumerate(("after_connect:1", "before_turn_end:1")):
        stranger = await dealership.tg.person("Кто-то", phone=f"+37529777000{n}")
        await stranger.starts(token)
        await stranger.sees("Подтвердите", WHILE_IT_STARTS_S)
        await _dies_at(dealership, point, stranger.shares_contact)
        await stranger.sees("Спросите мастера", WHILE_IT_STARTS_S)
        await anna.sees(f"подключился +375…0{n}", WHILE_IT_STARTS_S)
        await dealership.settles()
        assert 1 <= await _count(anna, f"подключился +375…0{n}") <= 2, point
    assert dealership.rows("SELECT count(*) FROM invitations") == [(1,)]
    assert dealership.rows("SELECT count(*) FROM bindings WHERE proved_at IS NOT NULL AND ended_at IS NULL") == [(3,)]
