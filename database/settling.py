"""Telegram's answers written down: what was sent, what waits, what nobody knows."""

from database import chats, conversations, outbox, recalls, screens, sql
from dealer_bot.domain.parcels import Gone, Later, Outcome, Parcel, Refused, Sent, Unknown
from dealer_bot.domain.people import Role, called

LONGEST_WAIT_MS = 60_000
_RESENT = "resends = 0 AND recalled_at IS NULL"
"""Once, and not what was taken back meanwhile."""
_NO_CHAT = ("deactivated", "chat")
_FOR_STAFF = "kind = 'delivery' AND to_client = 0"


def recover(now: int) -> list[int]:
    """At start: what was being sent when the process died is sent once more; after that people decide."""
    lost = [row[0] for row in sql.rows("SELECT id FROM outbox WHERE state = 'sending'")]
    for outbox_id in lost:
        _ambiguous((outbox_id,), "restart", now)
    return lost


def settle(parcel: Parcel, outcome: Outcome, now: int) -> None:
    """Write down Telegram's answer."""
    ids = tuple(item.outbox_id for item in parcel.items)
    if isinstance(outcome, Sent):
        _sent(parcel, ids, outcome, now)
    elif isinstance(outcome, Unknown):
        _ambiguous(ids, outcome.reason, now)
    else:
        _not_taken(parcel, recalls.withdraw_recalled(ids, now), outcome, now)
    screens.touch_bursts(ids, now)


def _not_taken(parcel: Parcel, ids: tuple[int, ...], outcome: Later | Gone | Refused, now: int) -> None:
    if isinstance(outcome, Later):
        _put_off(parcel, ids, outcome, now)
    elif isinstance(outcome, Gone):
        _nobody_there(parcel, ids, outcome, now)
    elif ids:
        _refused(parcel, ids, outcome, now)


def mark(ids: tuple[int, ...], state: str, reason: str | None, now: int) -> None:
    """The state they come to rest in."""
    sql.run(
        f"UPDATE outbox SET state = ?, reason = ?, settled_at = ? WHERE id IN ({sql.marks(ids)})",
        (state, reason, now, *ids),
    )


def _sent(parcel: Parcel, ids: tuple[int, ...], outcome: Sent, now: int) -> None:
    mark(ids, "sent", None, now)
    if parcel.op == "delete":
        recalls.forget_copies(parcel.address, parcel.copies, now)
    if parcel.op == "send":
        for item, telegram_id in zip(parcel.items, outcome.message_ids, strict=False):
            if item.message_id is not None:
                heading = parcel.heading and item is parcel.items[0]
                conversations.keep_copy(
                    parcel.address, telegram_id, item.message_id, item.outbox_id, item.part, heading
                )
    sql.run(
        "INSERT INTO chats (address, served_at) VALUES (?, ?)"
        " ON CONFLICT (address) DO UPDATE SET served_at = excluded.served_at",
        (parcel.address, now),
    )


def _put_off(parcel: Parcel, ids: tuple[int, ...], outcome: Later, now: int) -> None:
    due_at = now + int(outcome.after_s * 1000)
    if not outcome.for_chat:  # an outage is asked ever more seldom, up to once a minute
        tries = max(
            (row[0] for row in sql.rows(f"SELECT tries FROM outbox WHERE id IN ({sql.marks(ids)})", ids)), default=0
        )
        due_at = now + min(LONGEST_WAIT_MS, int(outcome.after_s * 1000) * 2 ** min(tries, 8))
    sql.run(
        f"UPDATE outbox SET state = 'queued', reason = ?, due_at = ?, tries = tries + 1 WHERE id IN ({sql.marks(ids)})",
        (outcome.reason or None, due_at, *ids),
    )
    if outcome.for_chat:
        chats.pause(parcel.address, due_at)


def _nobody_there(parcel: Parcel, ids: tuple[int, ...], outcome: Gone, now: int) -> None:
    if outcome.reason == "void" and parcel.op != "delete":  # a text has shrunk: there is nothing left to be sent
        mark(ids, "withdrawn", outcome.reason, now)
        return
    _tell_care(ids, "blocked" if outcome.reason == "blocked" else "gone", now)
    is_for_staff = parcel.kind == "delivery" and not parcel.to_client
    if outcome.reason != "blocked" and not (is_for_staff and outcome.reason in _NO_CHAT):
        mark(ids, "gone", outcome.reason, now)
        return
    chats.block(parcel.address, now)
    sql.run(  # the next claim passes it to somebody else
        "UPDATE outbox SET state = 'queued' WHERE address = ? AND state IN ('held', 'queued', 'sending')"
        f" AND state = 'sending' AND {_FOR_STAFF}",
        (parcel.address,),
    )
    sql.run(
        "UPDATE outbox SET state = 'held', reason = 'blocked' WHERE address = ? AND kind <> 'prompt'"
        f" AND state IN ('held', 'queued', 'sending') AND state <> 'held' AND NOT ({_FOR_STAFF})",
        (parcel.address,),
    )
    sql.run(
        "UPDATE outbox SET state = 'gone', reason = 'blocked', settled_at = ?"
        f" WHERE address = ? AND state IN ('held', 'queued', 'sending') AND state <> 'held' AND NOT ({_FOR_STAFF})",
        (now, parcel.address),
    )
    touched = sql.rows(
        "SELECT id FROM outbox WHERE address = ? AND state IN ('held', 'queued', 'sending')"
        " AND state = 'held' AND reason = 'blocked'",
        (parcel.address,),
    )
    screens.touch_bursts(tuple(row[0] for row in touched)[-500:], now)


def _refused(parcel: Parcel, ids: tuple[int, ...], outcome: Refused, now: int) -> None:
    if outcome.album and len(ids) > 1:
        sql.run(
            f"UPDATE outbox SET state = 'queued', reason = 'single', due_at = ? WHERE id IN ({sql.marks(ids)})",
            (now, *ids),
        )
        return
    mark(ids, "refused", outcome.reason, now)
    _tell_care(ids, "refused", now)
    if parcel.kind != "alert" and parcel.reaction is None:
        outbox.alert_admins(
            f"r{ids[0]}", "alert-refused", {"order": parcel.order_number or "", "reason": outcome.reason}, now
        )


def _tell_care(ids: tuple[int, ...], fate: str, now: int) -> None:
    """Whoever answered a client outside orders has no line of a burst to see it in."""
    unsent = sql.rows(
        "SELECT o.id, o.resends, a.address, a.role, c.name, b.phone FROM outbox o"
        " JOIN messages m ON m.id = o.message_id"
        " JOIN people a ON a.id = m.author_id AND a.active = 1 AND a.address IS NOT NULL"
        " JOIN people c ON c.id = m.client_id LEFT JOIN bindings b ON b.person_id = c.id AND b.ended_at IS NULL"
        f" WHERE o.id IN ({sql.marks(ids)}) AND m.side = 'care' AND o.to_client = 1 AND o.op = 'send'"
        " AND o.kind = 'delivery' AND o.reaction IS NULL",
        ids,
    )
    for outbox_id, resends, author, role, name, phone in unsent:
        client = called(name, phone if role in (Role.ADMIN, Role.CARE) else None)
        outbox.add_notice(
            key=f"un{outbox_id}:{fate}:{resends}",
            address=author,
            notice=f"care-unsent-{fate}",
            args={"client": client or ""},
            at=now,
        )


def _ambiguous(ids: tuple[int, ...], reason: str, now: int) -> None:
    """Once more; after that people decide."""
    sql.run(
        f"UPDATE outbox SET state = CASE WHEN {_RESENT} THEN 'queued' ELSE 'unknown' END, due_at = ?, reason = ?,"
        f" settled_at = CASE WHEN {_RESENT} THEN NULL ELSE ? END, resends = resends + 1"
        f" WHERE id IN ({sql.marks(ids)})",
        (now, reason, now, *ids),
    )
    ask_people(ids, now)
    screens.touch_bursts(ids, now)


def leave_unknown(ids: tuple[int, ...], now: int) -> None:
    """What may have arrived, and may not be repeated by itself: people decide, or know at least."""
    sql.run(f"UPDATE outbox SET state = 'unknown', settled_at = ? WHERE id IN ({sql.marks(ids)})", (now, *ids))
    ask_people(ids, now)
    screens.touch_bursts(ids, now)


def ask_people(ids: tuple[int, ...], now: int) -> None:
    """The admins; and who was to read it, if he is of the staff. The author sees it in the line of his burst."""
    unknown = sql.rows(
        "SELECT o.id, o.kind, o.op = 'send' AND o.recalled_at IS NOT NULL, o.resends, w.number, p.address"
        " FROM outbox o LEFT JOIN orders w ON w.id = o.order_id"
        " LEFT JOIN people p ON p.address = o.address AND o.to_client = 0 AND o.kind = 'delivery' AND p.active = 1"
        " AND p.role IN (2, 4)"
        f" WHERE o.id IN ({sql.marks(ids)}) AND o.state = 'unknown' AND o.kind <> 'alert' AND o.reaction IS NULL",
        ids,
    )
    _tell_care(tuple(row[0] for row in unknown), "unknown", now)
    for outbox_id, kind, is_recalled, resends, number, reader in unknown:
        args = {"order": number or ""} | ({"retry": outbox_id} if kind == "delivery" and not is_recalled else {})
        alert = "alert-recall-unsure" if is_recalled else "alert-unknown"
        outbox.alert_admins(f"u{outbox_id}:{resends}", alert, args, now)
        if reader is not None:
            outbox.add_notice(
                key=f"u{outbox_id}:{resends}:reader", address=reader, notice="unknown-for-you", args=args, at=now
            )
