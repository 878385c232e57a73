"""What a talk needs: whom a client's words reached, which order they are about, things without a file, reactions."""

from typing import Any

STATEMENTS = (
    # A message outside orders may still be about one: it is named in the line. `reader_id`: who serves it.
    "ALTER TABLE messages ADD COLUMN about_id INTEGER REFERENCES orders (id)",
    "ALTER TABLE messages ADD COLUMN reader_id INTEGER REFERENCES people (id)",
    # What a place or a card is made of, as JSON.
    "ALTER TABLE messages ADD COLUMN payload TEXT",
    "ALTER TABLE media ADD COLUMN unique_id TEXT",
    # The emoji to be shown on a copy; an empty one takes it away.
    "ALTER TABLE outbox ADD COLUMN reaction TEXT",
    # Until when it is empty, a plain message goes to an order or to nobody; else to care, or to a client of care's.
    "ALTER TABLE places ADD COLUMN care_since BIGINT",
    "CREATE INDEX places_case ON places (case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX orders_former ON orders (phone, ended_at) WHERE state IN ('closed', 'gone')",
    "UPDATE messages SET about_id = (SELECT o.order_id FROM outbox o WHERE o.message_id = messages.id"
    " AND o.order_id IS NOT NULL LIMIT 1) WHERE order_id IS NULL AND side = 'client'",
)


def up(_migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
