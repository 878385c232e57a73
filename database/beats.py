"""When something was last done, and short things that outlive the process."""

from database import sql


def last(name: str) -> int | None:
    """When it last ran, as far as is known."""
    found = sql.row("SELECT at FROM beats WHERE name = ?", (name,))
    return found[0] if found else None


def beat(name: str, now: int) -> None:
    sql.run("INSERT INTO beats (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at", (name, now))


def value(name: str) -> str | None:
    """What was last kept under this name."""
    found = sql.row("SELECT value FROM beats WHERE name = ?", (name,))
    return found[0] if found else None


def keep(name: str, kept: str, now: int) -> None:
    sql.run(
        "INSERT INTO beats (name, at, value) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET at = excluded.at, value = excluded.value",
        (name, now, kept),
    )


BOT = "bot"


def remember_bot(bot_id: int, now: int) -> None:
    """Telegram has let this bot in with this database."""
    keep(BOT, str(bot_id), now)
