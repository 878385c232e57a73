"""When each loop last ran."""

from database import sql


def last(name: str) -> int | None:
    """When it last ran, as far as is known."""
    found = sql.row("SELECT at FROM beats WHERE name = ?", (name,))
    return found[0] if found else None


def beat(name: str, now: int) -> None:
    sql.run("INSERT INTO beats (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at", (name, now))
