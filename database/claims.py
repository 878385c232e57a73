"""What a chat gets next."""

from dataclasses import dataclass

from database import candidates, rerouting, screens, settling, sql
from database.candidates import Candidate
from database.packing import parcel_of
from database.rights import verdict
from dealer_bot.domain.parcels import Parcel

ALBUM_QUIET_MS = 1_500
MEDIA_WAIT_MS = 60_000
ALBUM_MOST = 10
_FAMILY = {"photo": "visual", "video": "visual", "document": "document", "audio": "audio"}


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may go before this moment."""

    until: int


class _Again:
    """Something was set aside: look once more."""


def claim(address: str, now: int) -> Parcel | Wait | None:
    """The next parcel of a chat, its rows marked `sending`; or when to ask again; or None when nothing is due."""
    while True:
        step = _choose(address, candidates.next_of(address), now)
        if not isinstance(step, _Again):
            return step


def _choose(address: str, found: list[Candidate], now: int) -> Parcel | Wait | _Again | None:
    """The first that its order does not hold back."""
    if not found:
        return None
    if (paused_until := found[0].chat_paused_until or 0) > now:
        return Wait(paused_until)
    fetching = candidates.being_fetched(address, now - MEDIA_WAIT_MS)
    wait_until: int | None = None
    for c in found:
        until = _held_back_until(c, fetching, now)
        if until is None:
            return _tried(c, address, found, now)
        wait_until = min(wait_until or until, until)
    return Wait(wait_until) if wait_until is not None else None


def _held_back_until(c: Candidate, fetching: dict[int, tuple[int, int]], now: int) -> int | None:
    """A card that is being written holds back its order; a file being fetched, what came after it in its order."""
    if not c.to_client or c.order_id is None:
        return None
    if c.order_state == "settling" and c.state != "sending":
        return now + 1_000
    ahead = fetching.get(c.order_id) if c.kind == "delivery" and c.op != "delete" else None
    return ahead[1] + MEDIA_WAIT_MS if ahead is not None and ahead[0] < c.id else None


def _tried(c: Candidate, address: str, found: list[Candidate], now: int) -> Parcel | Wait | _Again:
    if c.state == "sending" or c.due_at > now:
        return Wait(max(c.due_at, now + 1_000))
    refusal = verdict(c, address, now)
    if refusal is not None:
        _set_aside(c, address, *refusal, now)
        return _Again()
    run = _album(c, address, found, now)
    return run if isinstance(run, Wait) else _claimed(address, run)


def _set_aside(c: Candidate, address: str, state: str, reason: str, now: int) -> None:
    if c.reaction is not None or _is_repetition(c):
        settling.mark((c.id,), "withdrawn", reason, now)  # nobody waits for an emoji, or for what he has seen
        return
    if not c.to_client and c.kind == "delivery" and rerouting.pass_to_others(c, address, now) and reason == "inactive":
        settling.mark((c.id,), "withdrawn", reason, now)
        return
    if reason == "not_connected" and _has_moved(c, address):
        sql.run("UPDATE outbox SET address = ?, due_at = ? WHERE id = ?", (c.client_address, now, c.id))
        return
    if reason == "not_connected" and c.resends and c.op == "send":
        settling.leave_unknown((c.id,), now)  # he may have it: nobody else shall
        return
    settling.mark((c.id,), state, reason, now)
    if reason == "not_connected":
        sql.run("UPDATE outbox SET address = NULL WHERE id = ?", (c.id,))
    screens.touch_bursts((c.id,), now)


def _has_moved(c: Candidate, address: str) -> bool:
    """Another account proved the order's phone while Telegram had this, and Telegram surely gave it back."""
    is_unseen = c.op == "send" and c.kind == "delivery" and not c.resends and c.order_id is not None
    return is_unseen and c.client_address not in (None, address)


def _is_repetition(c: Candidate) -> bool:
    """Media that a client asked for once more."""
    return c.kind == "notice" and c.message_id is not None


def _album(first: Candidate, address: str, found: list[Candidate], now: int) -> list[Candidate] | Wait:
    """The ready compatible run this row belongs to, once the album is quiet and none of it is being fetched."""
    if first.album_key is None or first.media_kind not in _FAMILY or first.op != "send" or first.reason == "single":
        return [first]
    siblings = [c for c in found if c.album_key == first.album_key and c.order_id == first.order_id and c.media_id]
    quiet_at = max(c.message_at or 0 for c in siblings) + ALBUM_QUIET_MS
    if now < quiet_at <= now + ALBUM_QUIET_MS:  # later than that only if the clock was set back
        return Wait(quiet_at)
    if not candidates.is_album_fetched(address, first.album_key, now - MEDIA_WAIT_MS):
        return Wait(now + 250)
    run: list[Candidate] = []
    for c in siblings:
        if len(run) == ALBUM_MOST or not _goes_with(first, c, now) or verdict(c, address, now) is not None:
            break
        run.append(c)
    return run


def _goes_with(first: Candidate, c: Candidate, now: int) -> bool:
    is_alike = _FAMILY.get(c.media_kind or "") == _FAMILY.get(first.media_kind or "") and c.to_phone == first.to_phone
    return is_alike and c.op == "send" and c.due_at <= now and c.state == "queued" and c.reason != "single"


def _claimed(address: str, run: list[Candidate]) -> Parcel:
    ids = tuple(c.id for c in run)
    sql.run(
        f"UPDATE outbox SET state = 'sending', attempt = attempt + 1, settled_at = NULL WHERE id IN ({sql.marks(ids)})",
        ids,
    )
    return parcel_of(address, run)
