"""What a fetch leaves behind, each in one transaction: the file is here, comes later, or never."""

from database import media, outbox, screens
from database.outbox import Recipient
from dealer_bot.domain.parcels import DISK, Fetched

FETCH_TRIES = 340
"""About a day of asking, at last once in four or five minutes; a computer that was off has not asked."""


def record_fetched(media_id: int, fetched: Fetched, now: int) -> None:
    media.fetched(media_id, fetched.size, fetched.sha256, now)


def record_too_big(media_id: int, now: int) -> None:
    message_id = media.message_of(media_id)
    media.too_big(media_id, now)
    screens.touch_burst_of(message_id, now)
    if media.is_of_client(media_id):
        for reader in outbox.recipients(message_id):
            _tell_it_is_not_kept(media_id, reader, now)


def _tell_it_is_not_kept(media_id: int, reader: Recipient, now: int) -> None:
    if reader.address is not None:
        outbox.add_notice(
            key=f"tb{media_id}:{reader.address}",
            address=reader.address,
            notice="client-too-big",
            args={"number": media.order_number(media_id) or ""},
            at=now,
        )


def record_lost(media_id: int, reason: str, now: int) -> None:
    media.lost(media_id, reason, now)
    screens.touch_burst_of(media.message_of(media_id), now)
    outbox.alert_admins(f"l{media_id}", "alert-lost", {"order": media.order_number(media_id) or "—"}, now)


def record_later(media_id: int, now: int, wait_ms: int, reason: str) -> None:
    media.count_anew(media_id, DISK)  # a full disk of ours is no day of asking
    if media.tries(media_id) >= FETCH_TRIES:
        record_lost(media_id, reason, now)
        return
    media.put_off(media_id, now + wait_ms, reason)
