"""Files made for a reply: kept until they have been sent, and some days longer."""

from database import sql
from dealer_bot.domain.parcels import Blob


def add(blob: Blob) -> int:
    return sql.insert("INSERT INTO blobs (name, mime, bytes) VALUES (?, ?, ?)", (blob.name, blob.mime, blob.data))


def by_id(blob_id: int) -> Blob | None:
    found = sql.row("SELECT name, mime, bytes FROM blobs WHERE id = ?", (blob_id,))
    return Blob(*found) if found else None


def forget(before: int) -> None:
    """Those of calls that were settled before this moment."""
    settled = "SELECT id FROM outbox WHERE blob_id IS NOT NULL AND settled_at < ?"
    gone = sql.rows(f"SELECT blob_id FROM outbox WHERE id IN ({settled})", (before,))
    sql.run(f"UPDATE outbox SET blob_id = NULL WHERE id IN ({settled})", (before,))
    sql.run_many("DELETE FROM blobs WHERE id = ?", gone)
