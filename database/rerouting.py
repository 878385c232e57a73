"""A client's words whose reader can't be reached any more find somebody else."""

import json

from database import cases, chats, conversations, outbox, people, sql
from database.candidates import Candidate
from dealer_bot.domain.people import Person, Role


def pass_to_others(c: Candidate, address: str, now: int) -> bool:
    """To whoever else worked in the order, else to care, else to the admins; once, if nobody else has them.

    False if there is nobody.
    """
    if c.message_id is None:
        return False
    args = json.loads(c.args) if c.args else None
    if c.op == "delete" or (args and "moved_to" in args) or _is_with_others(c, address):
        return True
    colleague = _colleague(c)
    readers = [colleague] if colleague else _reachable(c, Role.CARE) or _reachable(c, Role.ADMIN)
    if not readers:
        return False
    if c.side == "client" and c.message_client is not None:
        case_id = c.case_id if colleague else cases.opened(c.message_client, now)
        conversations.pass_to(c.message_id, colleague.id if colleague else None, case_id)
    for reader in readers:
        outbox.add_delivery(  # what was written anew is whole for him, who has not seen it before
            key=f"r{c.id}:{reader.id}",
            message_id=c.message_id,
            order_id=c.order_id,
            at=now,
            address=reader.address,
            media_id=c.media_id,
            hidden=None if c.media_id is None else bool(c.media_hidden),
            args=args,
        )
    return True


def _is_with_others(c: Candidate, address: str) -> bool:
    """Whether the same part of it has reached, or is on its way to, somebody who reads it."""
    found = sql.row(
        "SELECT 1 FROM outbox o JOIN people p ON p.address = o.address LEFT JOIN chats k ON k.address = o.address"
        " WHERE o.message_id = ? AND o.address <> ? AND o.to_client = 0 AND o.kind = 'delivery' AND o.op = 'send'"
        " AND o.order_id IS ? AND o.args IS ? AND o.state IN ('queued', 'sending', 'sent', 'unknown')"
        " AND p.active = 1 AND p.role IN (1, 2, 4) AND k.blocked_at IS NULL LIMIT 1",
        (c.message_id, address, c.order_id, c.args),
    )
    return found is not None


def _colleague(c: Candidate) -> Person | None:
    """What was said to care is nothing for those whom it may be about."""
    crew = conversations.authors_of(c.order_id) if c.order_id and c.case_id is None else []
    return next((each for each in filter(None, map(people.by_id, crew)) if each.is_crew and _may_read(each, c)), None)


def _reachable(c: Candidate, role: Role) -> list[Person]:
    return [each for each in people.active_with_role(role) if _may_read(each, c)]


def _may_read(person: Person, c: Candidate) -> bool:
    """Nobody reads himself."""
    return person.address is not None and person.id != c.message_client and not chats.is_blocked(person.address)


def keep_answers(person_id: int, phone: str) -> None:
    """He has proved another phone: what care answered him is for him, and goes by the phone he has now."""
    sql.run(
        "UPDATE outbox SET to_phone = ? WHERE order_id IS NULL AND to_client = 1 AND to_phone IS NOT ?"
        " AND state IN ('held', 'queued', 'sending', 'unknown')"
        " AND message_id IN (SELECT id FROM messages WHERE client_id = ? AND side = 'care')",
        (phone, phone, person_id),
    )
