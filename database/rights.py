"""Who may get what, decided at the moment of sending and nowhere else."""

from database.candidates import Candidate


def verdict(c: Candidate, address: str, now: int) -> tuple[str, str] | None:
    """(state, reason) for a row that may not go as it is; None if it may."""
    if c.expires_at is not None and c.expires_at <= now:
        return "expired", "late"
    if c.chat_blocked_at is not None and c.kind != "prompt":
        return "held", "blocked"
    if c.kind == "prompt":
        return None
    if c.to_client:
        return _client_verdict(c, address)
    if c.kind == "alert" and not (c.reader_active and c.reader_role == 1):
        return "withdrawn", "no_admin"
    if c.kind == "delivery" and not (c.reader_active and c.reader_role in (1, 2, 4)):
        return "held", "inactive"
    return None


def _client_verdict(c: Candidate, address: str) -> tuple[str, str] | None:
    """PRODUCT's first promise: only what belongs to an order with his own verified phone, at the moment of sending."""
    if c.op == "delete":
        return None
    if c.media_hidden:
        return "withdrawn", "hidden"
    if c.order_id is None:
        return _care_verdict(c, address)
    if c.order_state in ("closed", "gone") and c.at > (c.ended_at or 0):
        return "held", "closed"
    if c.order_state in ("unreadable", "ambiguous"):
        return "held", "unreadable"
    if c.to_phone is None or c.order_phone != c.to_phone or c.confirmed_phone != c.to_phone:
        return "held", "phone_changed"
    return _person_verdict(c, address)


def _care_verdict(c: Candidate, address: str) -> tuple[str, str] | None:
    """Care's answer belongs to no order: it is for the person who asked, not for whoever has his phone by now."""
    is_for_him = c.client_person == c.message_client and (c.side == "care" or c.reaction is not None)
    return _person_verdict(c, address) if is_for_him else ("held", "not_connected")


def _person_verdict(c: Candidate, address: str) -> tuple[str, str] | None:
    if c.client_address != address:
        return "held", "not_connected"
    if not c.client_active:
        return "held", "inactive"
    if c.consent_at is None or c.paused_at is not None:
        return "held", "stopped"
    return None
