"""Who changed what about whom, and when."""

from database import sql
from dealer_bot.domain.audit import Line
from dealer_bot.domain.people import called

_SELECT = (
    "SELECT a.at, a.who, p.name, pb.phone, a.what, coalesce(o.number, a.whom), coalesce(w.name, e.name), wb.phone,"
    " a.before, a.after FROM audit a LEFT JOIN people p ON p.address = a.who LEFT JOIN people w ON w.address = a.whom"
    " LEFT JOIN people e ON a.whom GLOB 'person:*' AND e.id = CAST(substr(a.whom, 8) AS INTEGER)"
    " LEFT JOIN bindings pb ON pb.person_id = p.id AND pb.ended_at IS NULL"
    " LEFT JOIN bindings wb ON wb.person_id = coalesce(w.id, e.id) AND wb.ended_at IS NULL"
    " LEFT JOIN orders o ON a.what IN ('phone_shown', 'moved', 'recalled', 'retried', 'released')"
    " AND o.id = CAST(a.whom AS INTEGER)"
)


def lines(whom: str | None, limit: int, offset: int) -> list[Line]:
    """The latest first; of one person what he did and what was done to him."""
    where = "WHERE a.id IN (SELECT id FROM audit WHERE who = ? UNION SELECT id FROM audit WHERE whom = ?)"
    found = sql.rows(
        f"{_SELECT} {where if whom else ''} ORDER BY a.id DESC LIMIT ? OFFSET ?",
        (*((whom, whom) if whom else ()), limit, offset),
    )
    return [_line(row) for row in found]


def _line(row: sql.Row) -> Line:
    at, who, who_name, who_phone, what, whom, whom_name, whom_phone, before, after = row
    return Line(at, called(who_name, who_phone) or who, what, called(whom_name, whom_phone) or whom, before, after)
