"""Whose case it is: who answers is seen by the others, and rung for what the client says next."""

from database import cases, outbox, people
from dealer_bot.domain.people import Person, Role


def take(case_id: int, person: Person, inbox_id: int, now: int) -> None:
    """Within the transaction of who answers it: his from now on, and his colleagues in care know."""
    case = cases.by_id(case_id)
    if case is None or case.owner_id == person.id:
        return
    cases.own(case_id, person.id)
    former = people.by_id(case.owner_id) if case.owner_id else None
    told = [
        *people.active_with_role(Role.CARE),
        *([former] if former and former.active and former.role.is_staff else []),
    ]
    for colleague in {each.id: each for each in told}.values():
        if colleague.id not in (person.id, case.client_id) and colleague.address is not None:
            args = {"number": str(case_id), "name": person.name or ""}
            key = f"own{case_id}:{person.id}:{colleague.id}:{inbox_id}"
            outbox.add_notice(key=key, address=colleague.address, notice="case-owned", args=args, at=now)
