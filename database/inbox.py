"""What Telegram was told we have: received, then done or dead."""

from typing import Any

from database import people, sql
from dealer_bot.domain.people import Place
from dealer_bot.domain.visits import Received, Visit

_VISIT = """
    SELECT i.id, i.lane, i.payload, i.tries, i.due_at, i.received_at,
           p.id, p.address, p.role, p.active, p.name, p.language, b.phone, b.proved_at, p.paused_at, p.consent_at,
           p.told_closed_at, l.order_id, l.stage, l.since_at, l.active_at,
           l.left_order_id, l.left_stage, l.left_at, l.case_id, l.care_since, f.state, f.data,
           c.blocked_at IS NOT NULL
    FROM inbox i
    LEFT JOIN people p ON p.address = i.lane
    LEFT JOIN bindings b ON b.person_id = p.id AND b.ended_at IS NULL
    LEFT JOIN places l ON l.person_id = p.id AND i.again_at IS NULL
    LEFT JOIN chats c ON c.address = i.lane AND i.again_at IS NULL
    LEFT JOIN fsm f ON f.bot = ? AND f.chat = ? AND f.user = f.chat AND f.thread = 0 AND i.again_at IS NULL
    WHERE i.lane = ? AND i.state = 'new' ORDER BY i.id LIMIT 1
"""


def receive(updates: list[Received], now: int) -> set[str]:
    """Store a batch; what has been stored before stays as it is. The lanes with something to handle.

    What a stranger sends in excess leaves its number here and nothing else: it is done.
    """
    flooding = _strangers({update.lane for update in updates if update.in_excess})
    done = [update for update in updates if update.in_excess and update.lane in flooding]
    rest = [update for update in updates if update not in done] if done else updates
    sql.run_many(
        "INSERT INTO inbox (update_id, lane, payload, received_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (update_id) DO NOTHING",
        [(update.update_id, update.lane, update.payload, now) for update in rest],
    )
    if done:
        _let_pass(done, now)
    return {update.lane for update in rest}


def _strangers(lanes: set[str]) -> set[str]:
    """Those of the lanes to whom the bot is not open: unknown, not connected, or inactive."""
    if not lanes:
        return set()
    served = sql.rows(
        "SELECT p.address FROM people p LEFT JOIN bindings b ON b.person_id = p.id AND b.ended_at IS NULL"
        f" WHERE p.address IN ({sql.marks(tuple(lanes))}) AND p.active = 1"
        " AND (p.role <> 3 OR b.proved_at IS NOT NULL)",
        tuple(lanes),
    )
    return lanes - {row[0] for row in served}


def _let_pass(updates: list[Received], now: int) -> None:
    sql.run_many(
        "INSERT INTO inbox (update_id, lane, state, error, received_at) VALUES (?, ?, 'done', 'flood', ?)"
        " ON CONFLICT (update_id) DO NOTHING",
        [(update.update_id, update.lane, now) for update in updates],
    )


def waiting_lanes() -> list[str]:
    return [row[0] for row in sql.rows("SELECT DISTINCT lane FROM inbox WHERE state = 'new'")]


def next_visit(bot_id: int, lane: str) -> Visit | None:
    """The oldest unhandled update of a lane and everything a handler may ask about its sender, in one query.

    Where he was when an update came that is handled again, and what he had been asked, nobody knows any more.
    """
    chat = lane.partition(":")[2]
    found = sql.row(_VISIT, (bot_id, chat, lane))
    if found is None:
        return None
    person = people.from_row(found[6:17]) if found[6] is not None else None
    place = Place(*found[17:26]) if found[19] is not None else None
    inbox_id, lane, payload, tries, due_at, received_at = found[:6]
    state, data, has_blocked = found[26:]
    sender = (person, place, state, data or "{}", bool(has_blocked))
    return Visit(inbox_id, lane, payload, tries, due_at, received_at, *sender)


def is_again(inbox_id: int) -> bool:
    """Whether this update is handled again, out of its turn."""
    return sql.row("SELECT 1 FROM inbox WHERE id = ? AND again_at IS NOT NULL", (inbox_id,)) is not None


def payload_of(lane: str, inbox_id: int) -> str | None:
    """What came in, if it came from this lane and is not forgotten yet."""
    found = sql.row("SELECT payload FROM inbox WHERE id = ? AND lane = ?", (inbox_id, lane))
    return found[0] if found else None


def finish(inbox_id: int) -> bool:
    """Mark done; False if somebody did it before."""
    return sql.run("UPDATE inbox SET state = 'done' WHERE id = ? AND state = 'new'", (inbox_id,)) == 1


def put_off(inbox_id: int, due_at: int, error: str) -> None:
    sql.run("UPDATE inbox SET tries = tries + 1, due_at = ?, error = ? WHERE id = ?", (due_at, error, inbox_id))


def bury(inbox_id: int, error: str) -> None:
    """Set aside what can't be handled: kept, counted, in nobody's way."""
    sql.run("UPDATE inbox SET state = 'dead', error = ? WHERE id = ?", (error, inbox_id))


def save_fsm(bot_id: int, chat: int, user: int, state: str | None, data: str) -> None:
    if state is None and data == "{}":
        sql.run("DELETE FROM fsm WHERE bot = ? AND chat = ? AND user = ? AND thread = 0", (bot_id, chat, user))
        return
    sql.run(
        "INSERT INTO fsm (bot, chat, user, thread, state, data) VALUES (?, ?, ?, 0, ?, ?)"
        " ON CONFLICT (bot, chat, user, thread) DO UPDATE SET state = excluded.state, data = excluded.data",
        (bot_id, chat, user, state, data),
    )


def forget_fsm(address: str) -> None:
    """What somebody was asked is asked no more."""
    sql.run("DELETE FROM fsm WHERE chat = ?", (int(address.partition(":")[2]),))


def read_fsm(bot_id: int, chat: int, user: int) -> tuple[str | None, str]:
    values: tuple[Any, ...] = (bot_id, chat, user)
    found = sql.row("SELECT state, data FROM fsm WHERE bot = ? AND chat = ? AND user = ? AND thread = 0", values)
    return (found[0], found[1]) if found else (None, "{}")


def forget_payloads(before: int) -> None:
    """Update ids restart at random after a quiet week: older ones are no longer compared, nor their texts kept."""
    sql.run("DELETE FROM inbox WHERE error = 'flood' AND update_id IS NOT NULL AND received_at < ?", (before,))
    sql.run(
        "UPDATE inbox SET update_id = NULL, payload = NULL"
        " WHERE update_id IS NOT NULL AND received_at < ? AND state = 'done'",
        (before,),
    )
