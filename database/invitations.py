"""Links that were given out, known by their hash alone."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class StaffInvitation:
    """A link that gives a level, once."""

    role: int
    made_by: int
    expires_at: int
    used_by: int | None


def add(token_hash: str, order_id: int, made_by: int) -> None:
    """Of an order that has one already, whoever asked for it last is kept."""
    sql.run(
        "INSERT INTO invitations (token_hash, order_id, made_by) VALUES (?, ?, ?)"
        " ON CONFLICT (token_hash) DO UPDATE SET made_by = excluded.made_by",
        (token_hash, order_id, made_by),
    )


def order_of(token_hash: str) -> tuple[int, int] | None:
    """The order that a link is for, and who made the link."""
    found = sql.row(
        "SELECT order_id, made_by FROM invitations WHERE token_hash = ? AND order_id IS NOT NULL", (token_hash,)
    )
    return (int(found[0]), int(found[1])) if found else None


def add_staff(token_hash: str, role: int, made_by: int, expires_at: int) -> None:
    sql.run(
        "INSERT INTO invitations (token_hash, role, made_by, expires_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (token_hash) DO NOTHING",
        (token_hash, role, made_by, expires_at),
    )


def staff_of(token_hash: str) -> StaffInvitation | None:
    found = sql.row(
        "SELECT role, made_by, expires_at, used_by FROM invitations WHERE token_hash = ? AND role IS NOT NULL",
        (token_hash,),
    )
    return StaffInvitation(*found) if found else None


def use(token_hash: str, person_id: int) -> None:
    sql.run("UPDATE invitations SET used_by = ? WHERE token_hash = ? AND used_by IS NULL", (person_id, token_hash))
