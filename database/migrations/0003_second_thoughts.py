"""Questions before what was handed in goes on, moves and recalls after it went, and the orders somebody was in."""

from typing import Any

STATEMENTS = (
    "ALTER TABLE places ADD COLUMN left_order_id INTEGER REFERENCES orders (id)",
    "ALTER TABLE places ADD COLUMN left_stage TEXT",
    "ALTER TABLE places ADD COLUMN left_at BIGINT",
    """
    CREATE TABLE entered (
        person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        order_id INTEGER NOT NULL REFERENCES orders (id),
        stage TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (person_id, order_id)
    )
    """,
    "CREATE INDEX entered_at ON entered (person_id, at)",
    """
    INSERT INTO entered (person_id, order_id, stage, at)
    SELECT author_id, order_id, stage, max(at) FROM messages
    WHERE side = 'staff' AND stage IS NOT NULL AND order_id IS NOT NULL GROUP BY author_id, order_id
    """,
    """
    CREATE TABLE holds (
        id INTEGER PRIMARY KEY,
        person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('no_order', 'idle', 'switch', 'closed', 'move')),
        order_id INTEGER REFERENCES orders (id),
        stage TEXT,
        left_order_id INTEGER REFERENCES orders (id),
        left_stage TEXT,
        at BIGINT NOT NULL,
        settled_at BIGINT,
        settled_by INTEGER,
        placed_order_id INTEGER REFERENCES orders (id),
        placed_stage TEXT
    )
    """,
    "CREATE INDEX holds_open ON holds (person_id, kind) WHERE settled_at IS NULL",
    "CREATE INDEX holds_settled ON holds (settled_by) WHERE settled_by IS NOT NULL",
    "ALTER TABLE messages ADD COLUMN hold_id INTEGER REFERENCES holds (id)",
    "CREATE INDEX messages_hold ON messages (hold_id) WHERE hold_id IS NOT NULL",
    # What waited without an order before there were holds: one for each person.
    """
    INSERT INTO holds (person_id, kind, at)
    SELECT m.author_id, 'no_order', min(m.at) FROM messages m JOIN media d ON d.message_id = m.id
    WHERE d.hold IN ('no_order', 'closed') AND d.state <> 'dropped' AND m.order_id IS NULL AND m.side = 'staff'
    GROUP BY m.author_id
    """,
    """
    UPDATE messages SET hold_id = (SELECT h.id FROM holds h WHERE h.person_id = messages.author_id)
    WHERE order_id IS NULL AND side = 'staff' AND id IN (
        SELECT message_id FROM media WHERE hold IN ('no_order', 'closed') AND state <> 'dropped')
    """,
    "UPDATE media SET moved_from = NULL",  # from now on: the places where a file that moves may still lie
    "ALTER TABLE outbox ADD COLUMN recalled_at BIGINT",
    "ALTER TABLE copies ADD COLUMN gone_at BIGINT",
    "CREATE INDEX copies_outbox ON copies (outbox_id)",
    "ALTER TABLE audit ADD COLUMN cause BIGINT",
    "CREATE INDEX audit_cause ON audit (cause) WHERE cause IS NOT NULL",
    "CREATE INDEX audit_what ON audit (what, at)",
)


def up(_migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
