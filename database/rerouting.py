"""A client's words whose reader has left find somebody else."""

import json

from database import cases, conversations, outbox, people, settling
from database.candidates import Candidate
from dealer_bot.domain.people import Person, Role


def pass_to_others(c: Candidate, now: int) -> bool:
    """To whoever else worked in the order, else to care, else to the admins; False if there is nobody."""
    colleague = _colleague(c)
    readers = [colleague] if colleague else people.active_with_role(Role.CARE) or people.active_with_role(Role.ADMIN)
    if c.message_id is None or not readers:
        return False
    settling.mark((c.id,), "withdrawn", "inactive", now)
    if c.side == "client" and c.message_client is not None:
        case_id = c.case_id if colleague else cases.opened(c.message_client, now)
        conversations.pass_to(c.message_id, colleague.id if colleague else None, case_id)
    for reader in readers:
        outbox.add_delivery(
            key=f"r{c.id}:{reader.id}",
            message_id=c.message_id,
            order_id=c.order_id,
            at=now,
            address=reader.address,
            media_id=c.media_id,
            hidden=None if c.media_id is None else bool(c.media_hidden),
            op=c.op,
            args=json.loads(c.args) if c.args else None,
        )
    return True


def _colleague(c: Candidate) -> Person | None:
    for person_id in conversations.authors_of(c.order_id) if c.order_id else []:
        person = people.by_id(person_id)
        if person is not None and person.is_crew and person.address is not None:
            return person
    return None
