"""Who changed what about whom, and when."""

from database import sql
from dealer_bot.domain.audit import Line

_SELECT = (
    "SELECT a.at, coalesce(p.name, a.who), a.what, coalesce(w.name, o.number, a.whom), a.before, a.after FROM audit a"
    " LEFT JOIN people p ON p.address = a.who LEFT JOIN people w ON w.address = a.whom"
    " LEFT JOIN orders o ON a.what = 'phone_shown' AND o.id = CAST(a.whom AS INTEGER)"
)


def lines(whom: str | None, limit: int, offset: int) -> list[Line]:
    """The latest first; of one person what he did and what was done to him."""
    where = "WHERE a.id IN (SELECT id FROM audit WHERE who = ? UNION SELECT id FROM audit WHERE whom = ?)"
    found = sql.rows(
        f"{_SELECT} {where if whom else ''} ORDER BY a.id DESC LIMIT ? OFFSET ?",
        (*((whom, whom) if whom else ()), limit, offset),
    )
    return [Line(*row) for row in found]
