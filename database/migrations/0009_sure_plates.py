"""The order whose plate was read so clearly that it is opened without a question."""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE readings ADD COLUMN sure INTEGER")
