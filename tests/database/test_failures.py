"""What failed once may be tried again only where that still means what it meant."""

import json

from database import failures, sql
from database.connection import Database

SAID: tuple[dict[str, object], ...] = (
    {"message": {"text": "words", "from": {"id": 1}}},
    {"edited_message": {"text": "words"}},
    {"message": {"contact": {"user_id": 2}, "from": {"id": 1}}},
)
OF_ITS_MOMENT: tuple[dict[str, object], ...] = (
    {"message": {"contact": {"user_id": 1}, "from": {"id": 1}}},
    {"callback_query": {"data": "s1:1"}},
    {"my_chat_member": {"chat": {"id": 1}}},
)


def _fill() -> None:
    for update in (*SAID, *OF_ITS_MOMENT):
        columns = "INSERT INTO inbox (lane, payload, state, error, received_at) VALUES ('tg:1', ?, 'dead', 'why', 1)"
        sql.run(columns, (json.dumps(update),))


def test_a_button_a_block_or_a_proof_of_ones_phone_is_not_handled_again(database: Database) -> None:
    database.write_now(_fill)
    database.write_now(failures.revive, [row[0] for row in database.read_now(failures.dead_lanes)], 5)
    states = [state for (state,) in database.read_now(sql.rows, "SELECT state FROM inbox ORDER BY id")]
    assert states == ["new"] * len(SAID) + ["done"] * len(OF_ITS_MOMENT)
