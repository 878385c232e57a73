"""What administrators look for: failed messages, dead letters, orders in trouble, a client's talks, days."""

from typing import Any

STATEMENTS = (
    "CREATE INDEX outbox_blob ON outbox (blob_id) WHERE blob_id IS NOT NULL",
    "CREATE INDEX outbox_failed ON outbox (id) WHERE state IN ('refused', 'unknown', 'gone')",
    "CREATE INDEX inbox_dead ON inbox (id) WHERE state = 'dead'",
    "CREATE INDEX messages_client ON messages (client_id, id) WHERE client_id IS NOT NULL",
    "CREATE INDEX messages_at ON messages (at)",
    "CREATE INDEX orders_troubled ON orders (id)"
    " WHERE reason IS NOT NULL AND state IN ('settling', 'open', 'unreadable')",
    "CREATE INDEX orders_ambiguous ON orders (id) WHERE state = 'ambiguous'",
    "CREATE INDEX cases_client ON cases (client_id)",
    "CREATE INDEX people_name ON people (name, id)",
    # An answer that admins keep ready; what is taken out stays for those who look at an older list.
    """
    CREATE TABLE canned (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        made_by INTEGER REFERENCES people (id),
        at BIGINT NOT NULL,
        removed_at BIGINT
    )
    """,
)


def up(_migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
