"""Chats as Telegram lets us write to them."""

from database import sql


def pause(address: str, until: int) -> None:
    sql.run(
        "INSERT INTO chats (address, paused_until) VALUES (?, ?)"
        " ON CONFLICT (address) DO UPDATE SET paused_until = max(coalesce(paused_until, 0), excluded.paused_until)",
        (address, until),
    )


def block(address: str, now: int) -> bool:
    """The person blocked the bot. False if that was known."""
    return (
        sql.run(
            "INSERT INTO chats (address, blocked_at) VALUES (?, ?)"
            " ON CONFLICT (address) DO UPDATE SET blocked_at = excluded.blocked_at WHERE blocked_at IS NULL",
            (address, now),
        )
        == 1
    )


def unblock(address: str) -> bool:
    """False if he had not blocked the bot."""
    return sql.run("UPDATE chats SET blocked_at = NULL WHERE address = ? AND blocked_at IS NOT NULL", (address,)) == 1


def is_paused(address: str, now: int) -> bool:
    """Telegram asked this chat to wait."""
    return sql.row("SELECT 1 FROM chats WHERE address = ? AND paused_until > ?", (address, now)) is not None


def is_blocked(address: str) -> bool:
    return sql.row("SELECT 1 FROM chats WHERE address = ? AND blocked_at IS NOT NULL", (address,)) is not None
