"""What is handled again, hours later, knows nothing of where its sender has gone meanwhile."""

import json

from database import sql
from dealer_bot.sandbox import PersonClient
from tests.bot.world import World

IVANS_PHONE = "+375297770000"
IVANS_ORDER = {"order": "b00000002", "phone": IVANS_PHONE, "plate_number": "4455 АВ-7"}


def _fails_like(words: str) -> None:
    """An update like the one with these words, that could not be handled when it came."""
    ((lane, payload),) = sql.rows("SELECT lane, payload FROM inbox WHERE payload LIKE ?", (f"%{words}%",))
    failed = json.loads(payload.replace(words, f"{words} again"))
    failed["update_id"] += 100_000
    failed["message"]["message_id"] += 1_000
    values = (failed["update_id"], lane, json.dumps(failed))
    sql.run("INSERT INTO inbox (update_id, lane, payload, state, received_at) VALUES (?, ?, ?, 'dead', 1)", values)


def _edit_fails(words: str, earlier: str) -> None:
    """An edit that came a minute before the one with these words, and could not be handled then."""
    ((lane, payload),) = sql.rows(
        "SELECT lane, payload FROM inbox WHERE payload LIKE ?", (f"%edited_message%{words}%",)
    )
    failed = json.loads(payload.replace(words, earlier))
    failed["update_id"] += 100_000
    failed["edited_message"]["edit_date"] -= 60
    values = (failed["update_id"], lane, json.dumps(failed))
    sql.run("INSERT INTO inbox (update_id, lane, payload, state, received_at) VALUES (?, ?, ?, 'dead', 1)", values)


async def _is_handled_again(world: World, oleg: PersonClient, count: int) -> None:
    await oleg.says("/admin")
    await oleg.sees_button("Не доставлено")
    await oleg.presses("Не доставлено")
    await oleg.sees_button(f"Обработать ещё раз ({count})")
    await oleg.presses(f"Обработать ещё раз ({count})")
    await world.quiet()


async def test_what_an_employee_shot_or_wrote_then_goes_to_nobody_in_the_order_he_is_in_now(world: World) -> None:
    oleg, anna, peter = await world.admin(), await world.employee("Анна"), await world.client()
    ivan = await world.client("Иван", IVANS_PHONE)
    world.add_order(IVANS_ORDER)
    await world.knows("b00000002")
    await world.enters(anna)
    await anna.shoots(caption="shot")
    await anna.says("words")
    await peter.sees("words")
    await world.app.database.write(_fails_like, "shot")
    await world.app.database.write(_fails_like, "words")
    await world.enters(anna, "b00000002")
    await _is_handled_again(world, oleg, 2)
    assert not [each for each in (*await ivan.chat(), *await peter.chat()) if "again" in each.text]
    await anna.sees("Клиенту это не отправлено")
    assert await world.rows(
        "SELECT m.text, h.kind, d.hold FROM messages m JOIN holds h ON h.id = m.hold_id"
        " JOIN media d ON d.message_id = m.id"
    ) == [("shot again", "no_order", "no_order")]


async def test_what_care_answered_then_does_not_go_to_whom_it_writes_to_now(world: World) -> None:
    oleg, vera, peter = await world.admin(), await world.care(), await world.client()
    ivan = await world.client("Иван", IVANS_PHONE)
    for client, words in ((peter, "from Peter"), (ivan, "from Ivan")):
        await client.says(words)
        await vera.presses("Ответить", on=(await vera.sees(words)).id)
        await vera.sees("Вы пишете", after=(await vera.sees(words)).id)
        if client is peter:
            await vera.says("answered")
            await peter.sees("answered")
    await world.app.database.write(_fails_like, "answered")
    await _is_handled_again(world, oleg, 1)
    assert not [each for each in (*await ivan.chat(), *await peter.chat()) if "again" in each.text]
    await vera.sees("Чтобы ответить клиенту")


async def test_an_edit_does_not_undo_what_its_author_wrote_after_it(world: World) -> None:
    oleg, anna, peter = await world.admin(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    said = await anna.says("tomorrow")
    await peter.sees("tomorrow")
    await anna.edits(said.id, "on Wednesday")
    await peter.sees("on Wednesday")
    await world.app.database.write(_edit_fails, "on Wednesday", "on Monday")
    await _is_handled_again(world, oleg, 1)
    assert [each.text for each in await peter.chat() if "tomorrow" in each.text or "on Monday" in each.text] == []
    await peter.sees("on Wednesday")
