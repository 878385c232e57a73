"""Updates that are handled again, out of their turn: where their senders were is known no more."""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE inbox ADD COLUMN again_at BIGINT")
