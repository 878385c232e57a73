"""When each loop last ran."""

from database import sql


def beat(name: str, now: int) -> None:
    sql.run("INSERT INTO beats (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at", (name, now))
