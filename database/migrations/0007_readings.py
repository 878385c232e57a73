"""Pictures that employees sent to be read, and what was read in them."""

from typing import Any

STATEMENTS = (
    "DROP TABLE readings",  # nothing was ever written there
    # `source`: the update in the inbox that brought it. `group_id`: the first picture of its album, or its own.
    """
    CREATE TABLE readings (
        id INTEGER PRIMARY KEY,
        source BIGINT NOT NULL UNIQUE,
        group_id INTEGER NOT NULL,
        album_key TEXT,
        address TEXT NOT NULL,
        file_id TEXT NOT NULL,
        size BIGINT,
        state TEXT NOT NULL CHECK (state IN ('wanted', 'done', 'over')),
        tries INTEGER NOT NULL,
        due_at BIGINT NOT NULL,
        barcodes TEXT NOT NULL,
        plates TEXT NOT NULL,
        likely TEXT NOT NULL,
        cause TEXT,
        at BIGINT NOT NULL
    )
    """,
    "CREATE INDEX readings_wanted ON readings (id) WHERE state = 'wanted'",
    "CREATE INDEX readings_group ON readings (group_id)",
    "CREATE INDEX readings_album ON readings (address, album_key) WHERE album_key IS NOT NULL",
    "CREATE INDEX readings_at ON readings (at)",
)


def up(_migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
