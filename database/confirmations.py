"""Whom an employee has confirmed on a card: the phone an order had when its stage was chosen."""

from database import sql


def confirm(order_id: int, phone: str) -> None:
    sql.run("UPDATE orders SET confirmed_phone = ? WHERE id = ?", (phone, order_id))


def is_confirmed(order_id: int, phone: str) -> bool:
    """More than half of mistyped phones are somebody else's: nothing goes to one that nobody has looked at."""
    return sql.row("SELECT 1 FROM orders WHERE id = ? AND confirmed_phone = ?", (order_id, phone)) is not None
