"""A whole working day, once as it is and once with every turn fed twice: nobody can tell the difference."""

import re
from pathlib import Path

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient, Photo
from tests.bot.world import ORDER, PETERS_PHONE, World

OTHER_PHONE = "+375297776655"
STATUS = re.compile(
    r"сохранено|доставлен|отправляется|Ждёт заказ-наряда|клиенту ждёт|не выбран: /order$|^Обращение не выбрано"
    r"|\(клиент | · фото НЕ уходят"
)
ROWS = {
    "messages": "SELECT side, kind, text, stage, order_id, about_id, case_id, reader_id FROM messages ORDER BY id",
    "cases": "SELECT client_id, closed_at IS NULL FROM cases ORDER BY id",
    "media": "SELECT kind, stage, hidden, seq, state, hold FROM media ORDER BY id",
    "outbox": "SELECT kind, op, order_id, notice, state, reason FROM outbox ORDER BY kind, op, id",
    "copies": "SELECT address, message_id, n, heading FROM copies ORDER BY address, message_id, n",
    "people": "SELECT role, active, name, language, consent_at IS NULL FROM people ORDER BY id",
    "bindings": "SELECT phone, person_id, ended_at IS NULL FROM bindings ORDER BY id",
    "places": "SELECT person_id, order_id, stage FROM places ORDER BY person_id",
    "fsm": "SELECT chat, state, data FROM fsm ORDER BY chat",
    "versions": "SELECT message_id, n, text FROM versions ORDER BY message_id, n",
    "audit": "SELECT who, what, whom FROM audit ORDER BY id",
}


async def _day(world: World) -> dict[str, PersonClient]:
    """Every kind of turn there is, one after another, each brought to rest before the next."""
    world.add_order({"order": "b2", "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    for expected, name in enumerate(("Анна", "Борис"), 1):
        await world.expects(name, f"+37529111000{expected}")
    people = {
        name: await world.tg.person(name, phone=phone, user_id=1000 + n)
        for n, (name, phone) in enumerate(
            {"Анна": "+375291110001", "Борис": "+375291110002", "Пётр": PETERS_PHONE, "Чужой": "+375295550000"}.items()
        )
    }
    anna, boris, peter, stranger = people.values()
    await world.state_is("a00017732", "open")
    await world.state_is("b2", "open")
    await world.change_by_phone("+375291110002", role=int(Role.CARE))

    async def then(*acts: object) -> None:
        for act in acts:
            await act  # type: ignore[misc]
        await world.quiet(for_s=0.6)

    for person in people.values():
        await then(person.starts())
    await then(stranger.says("кто здесь"), stranger.shares_contact(of=anna))
    await then(anna.shares_contact())
    await then(boris.shares_contact())
    await then(anna.shoots(b"no order yet"))
    await then(anna.says("/order"))
    await then(anna.says("ничего такого"))
    await then(anna.says("177"))
    await then(anna.presses("Приёмка"))
    await then(anna.presses("Положить сюда"))
    await then(anna.sends_album([Photo(b"1"), Photo(b"2")], caption="альбом"))
    await world.quiet(for_s=2)
    await then(anna.says("Здравствуйте"))
    await then(peter.shares_contact())
    await then(peter.says("спасибо"))
    said = await peter.says("когда?")
    await world.quiet()
    await then(peter.edits(said.id, "когда готово?"))
    await then(peter.reacts((await peter.sees("Здравствуйте")).id, "👍"))
    await then(peter.sends_sticker(), peter.sends_location())
    await then(peter.taps("Служба заботы"))
    await then(peter.says("вопрос о гарантии"))
    await then(boris.presses("Ответить"))
    await then(boris.says("Два года"))
    await then(boris.taps("Закрыть обращение"))
    await then(peter.taps("Мои заказ-наряды"))
    await then(peter.presses("a00017732"))
    await then(peter.presses("Прислать ещё раз"))
    await world.quiet(for_s=2)
    await then(anna.presses("Ответить"))
    await then(anna.taps("Стадия"))
    await then(anna.presses("Для сервисных нужд"))
    await then(anna.shoots(b"hidden", caption="тайно"))
    await then(peter.says("/stop"))
    await then(peter.presses("Да, не присылать"))
    await then(anna.says("важное"))
    await then(peter.starts())
    await then(peter.presses("Присылать снова"))
    await then(peter.presses("Да, прислать"))
    await then(peter.says("/language"))
    await then(peter.presses("English"))
    await then(stranger.shares_contact())
    await then(stranger.says("и мне"))
    await then(anna.taps("Закончить"))
    await anna.sees("Готово")
    await world.quiet(for_s=2)
    return people


async def _told(folder: Path, repeat_each: bool) -> tuple[dict[str, object], dict[str, object]]:
    folder.mkdir()
    async with World(folder, repeat_each) as world:
        people = await _day(world)
        chats: dict[str, object] = {}
        for name, person in people.items():
            seen = [_seen(each) for each in await person.chat() if each.kind != "pinned_message"]
            # Screens are edited as time goes by: which they are at the end counts, not where they stand.
            chats[name] = [each for each in seen if not STATUS.search(str(each[2]))]
            chats[f"{name}: status"] = sorted({str(each[2]) for each in seen if STATUS.search(str(each[2]))})
        rows = {table: await world.rows(statement) for table, statement in ROWS.items()}
        kept = sorted(path.read_bytes() for path in (world.store / ORDER["order"]).rglob("*.jpg"))
    return {**chats, "kept": kept}, rows


def _seen(message: object) -> tuple[object, ...]:
    text = re.sub(r"\d{8}-\d{6}", "", message.text)  # type: ignore[attr-defined]
    return message.from_bot, message.kind, text, message.labels, message.silent  # type: ignore[attr-defined]


async def test_a_day_in_which_every_turn_is_fed_twice_is_the_same_day(tmp_path: Path) -> None:
    once, rows_once = await _told(tmp_path / "once", repeat_each=False)
    twice, rows_twice = await _told(tmp_path / "twice", repeat_each=True)
    for name in once:
        assert once[name] == twice[name], name
    for table in rows_once:
        assert rows_once[table] == rows_twice[table], table
