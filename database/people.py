"""People and the phones bound to their accounts."""

from typing import Any

from database import sql
from database.alike import pattern
from database.models import Audit, Binding, Person
from dealer_bot.domain import people as domain

COLUMNS = (
    "p.id, p.address, p.role, p.active, p.name, p.language, b.phone, b.proved_at, p.paused_at, p.consent_at,"
    " p.told_closed_at"
)
FROM = "FROM people p LEFT JOIN bindings b ON b.person_id = p.id AND b.ended_at IS NULL"
_SELECT = f"SELECT {COLUMNS} {FROM}"


def from_row(row: sql.Row) -> domain.Person:
    connected = row[1] is not None and row[7] is not None
    return domain.Person(
        row[0], row[1], domain.Role(row[2]), bool(row[3]), row[4], row[5], row[6], connected, row[8], row[9], row[10]
    )


def _one(where: str, *values: Any) -> domain.Person | None:
    found = sql.row(f"{_SELECT} WHERE {where}", values)
    return from_row(found) if found else None


def by_id(person_id: int) -> domain.Person | None:
    return _one("p.id = ?", person_id)


def by_address(address: str) -> domain.Person | None:
    return _one("p.address = ?", address)


def by_phone(phone: str) -> domain.Person | None:
    """The person the phone belongs to now, connected or only expected."""
    return _one("b.phone = ?", phone)


def everyone() -> list[domain.Person]:
    return [from_row(row) for row in sql.rows(f"{_SELECT} ORDER BY p.id")]


_GROUPS = {
    "s": "p.active = 1 AND p.role <> 3",
    "c": "p.active = 1 AND p.role = 3 AND (b.phone IS NOT NULL OR p.name IS NOT NULL)",
    "i": "p.active = 0",
    "a": "p.active = 1 AND p.role = 1",
    "e": "p.active = 1 AND p.role = 2",
    "h": "p.active = 1 AND p.role = 4",
}


_LISTED = "p.role, p.name IS NULL, coalesce(p.name, ''), p.id"


def listed(group: str, limit: int, offset: int) -> list[domain.Person]:
    """A page of staff (`s`), clients (`c`), inactive people (`i`), administrators (`a`), employees (`e`) or care (`h`).

    By name; administrators before the others.
    """
    found = sql.rows(f"{_SELECT} WHERE {_GROUPS[group]} ORDER BY {_LISTED} LIMIT ? OFFSET ?", (limit, offset))
    return [from_row(row) for row in found]


def before(group: str, person: domain.Person) -> int:
    """How many of the group are listed before him."""
    own = (int(person.role), person.name is None, person.name or "", person.id)
    found = sql.row(f"SELECT count(*) {FROM} WHERE {_GROUPS[group]} AND ({_LISTED}) < (?, ?, ?, ?)", own)
    return int(found[0]) if found else 0


def count_of(group: str) -> int:
    found = sql.row(f"SELECT count(*) {FROM} WHERE {_GROUPS[group]}")
    return int(found[0]) if found else 0


def meeting(fragment: str, limit: int) -> list[domain.Person]:
    """By a part of the name, however it is written, or by digits of the phone; staff before clients."""
    words, digits = " ".join(fragment.split()), "".join(filter(str.isdigit, fragment))
    named = "SELECT id FROM people WHERE name GLOB ? AND ? <> ''"
    reached = "SELECT person_id FROM bindings WHERE ended_at IS NULL AND instr(phone, ?) AND length(?) > 1"
    found = sql.rows(
        f"{_SELECT} WHERE p.id IN ({named} UNION {reached}) ORDER BY p.role = 3, p.id LIMIT ?",
        (pattern(words), words, digits, digits, limit),
    )
    return [from_row(row) for row in found]


def active_with_role(*roles: domain.Role) -> list[domain.Person]:
    """Those who can be written to: active, with an account."""
    where = f"p.active = 1 AND p.address IS NOT NULL AND p.role IN ({sql.marks(roles)})"
    return [from_row(row) for row in sql.rows(f"{_SELECT} WHERE {where} ORDER BY p.id", [int(role) for role in roles])]


def add(
    *,
    address: str | None = None,
    role: domain.Role = domain.Role.CLIENT,
    name: str | None = None,
    language: str | None = None,
) -> domain.Person:
    person_id = Person.insert(address=address, role=int(role), name=name, language=language).execute()
    person = by_id(int(person_id))
    assert person is not None
    return person


def update(person_id: int, **values: Any) -> None:
    """Columns of `people`; `role` may be a Role."""
    names = ", ".join(f"{name} = ?" for name in values)
    sql.run(f"UPDATE people SET {names} WHERE id = ?", (*values.values(), person_id))


def delete_unconnected(person_id: int) -> None:
    """Forget a row that was only an expectation: it never had an account."""
    sql.run("DELETE FROM people WHERE id = ? AND address IS NULL", (person_id,))


def bind(person_id: int, phone: str, proved_at: int | None, now: int) -> None:
    """From now on the phone is this person's and his only one."""
    live = Binding.ended_at.is_null()
    Binding.update(ended_at=now).where(live, (Binding.phone == phone) | (Binding.person_id == person_id)).execute()
    Binding.insert(phone=phone, person_id=person_id, proved_at=proved_at).execute()


def is_last_active_admin(person_id: int) -> bool:
    admins = sql.rows("SELECT id FROM people WHERE role = 1 AND active = 1")
    return [row[0] for row in admins] == [person_id]


def record(
    who: str, what: str, whom: str | None, before: str | None, after: str | None, at: int, cause: int | None = None
) -> None:
    """One line of the audit log; `cause`: the update by which a replay finds it again."""
    Audit.insert(who=who, what=what, whom=whom, before=before, after=after, at=at, cause=cause).execute()


def is_recorded(what: str, cause: int) -> bool:
    """Whether this update has done that already."""
    return sql.row("SELECT 1 FROM audit WHERE cause = ? AND what = ?", (cause, what)) is not None
