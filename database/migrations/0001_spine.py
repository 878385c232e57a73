"""The first schema. Times are UTC epoch milliseconds, addresses are text (`tg:…`)."""

from typing import Any

TABLES = (
    """
    CREATE TABLE people (
        id INTEGER PRIMARY KEY,
        address TEXT UNIQUE,
        role INTEGER NOT NULL DEFAULT 3 CHECK (role IN (1, 2, 3, 4)),
        active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
        name TEXT,
        language TEXT,
        paused_at BIGINT,
        consent_at BIGINT,
        told_closed_at BIGINT
    )
    """,
    """
    CREATE TABLE bindings (
        id INTEGER PRIMARY KEY,
        phone TEXT NOT NULL,
        person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        proved_at BIGINT,
        ended_at BIGINT
    )
    """,
    "CREATE UNIQUE INDEX bindings_phone ON bindings (phone) WHERE ended_at IS NULL",
    "CREATE UNIQUE INDEX bindings_person ON bindings (person_id) WHERE ended_at IS NULL",
    """
    CREATE TABLE orders (
        id INTEGER PRIMARY KEY,
        number_key TEXT NOT NULL,
        number TEXT NOT NULL,
        folder TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('settling', 'open', 'closed', 'gone', 'unreadable', 'ambiguous')),
        reason TEXT,
        phone TEXT,
        barcode TEXT,
        plate TEXT,
        plate_key TEXT,
        vehicle TEXT,
        client_name TEXT,
        day TEXT,
        day_source TEXT CHECK (day_source IN ('content', 'birth', 'seen')),
        mtime_ns BIGINT,
        size BIGINT,
        inode BIGINT,
        looked_at BIGINT,
        ended_at BIGINT,
        confirmed_phone TEXT
    )
    """,
    "CREATE UNIQUE INDEX orders_number ON orders (number_key) WHERE state IN ('settling', 'open', 'unreadable')",
    "CREATE INDEX orders_key ON orders (number_key, id)",
    "CREATE INDEX orders_folder ON orders (folder)",
    "CREATE INDEX orders_phone ON orders (phone) WHERE state IN ('settling', 'open', 'unreadable')",
    "CREATE INDEX orders_barcode ON orders (barcode) WHERE state IN ('settling', 'open', 'unreadable')",
    "CREATE INDEX orders_plate ON orders (plate_key) WHERE state IN ('settling', 'open', 'unreadable')",
    "CREATE INDEX orders_day ON orders (day) WHERE state IN ('settling', 'open', 'unreadable')",
    "CREATE VIRTUAL TABLE order_text USING fts5 (words, tokenize = 'trigram')",
    """
    CREATE TABLE places (
        person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
        order_id INTEGER REFERENCES orders (id),
        case_id INTEGER,
        stage TEXT,
        since_at BIGINT NOT NULL,
        active_at BIGINT NOT NULL
    )
    """,
    "CREATE INDEX places_order ON places (order_id)",
    """
    CREATE TABLE fsm (
        bot BIGINT NOT NULL,
        chat BIGINT NOT NULL,
        user BIGINT NOT NULL,
        thread BIGINT NOT NULL DEFAULT 0,
        state TEXT,
        data TEXT NOT NULL DEFAULT '{}',
        version INTEGER NOT NULL DEFAULT 1,
        PRIMARY KEY (bot, chat, user, thread)
    )
    """,
    """
    CREATE TABLE inbox (
        id INTEGER PRIMARY KEY,
        update_id BIGINT UNIQUE,
        lane TEXT NOT NULL,
        payload TEXT,
        state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'dead')),
        tries INTEGER NOT NULL DEFAULT 0,
        due_at BIGINT NOT NULL DEFAULT 0,
        error TEXT,
        received_at BIGINT NOT NULL
    )
    """,
    "CREATE INDEX inbox_lane ON inbox (lane, id) WHERE state = 'new'",
    "CREATE INDEX inbox_received ON inbox (received_at) WHERE update_id IS NOT NULL",
    """
    CREATE TABLE messages (
        id INTEGER PRIMARY KEY,
        source_address TEXT NOT NULL,
        source_message_id BIGINT NOT NULL,
        order_id INTEGER REFERENCES orders (id),
        case_id INTEGER,
        client_id INTEGER REFERENCES people (id),
        author_id INTEGER NOT NULL REFERENCES people (id),
        side TEXT NOT NULL CHECK (side IN ('staff', 'client', 'care')),
        kind TEXT NOT NULL,
        text TEXT NOT NULL DEFAULT '',
        entities TEXT,
        reply_to_id INTEGER REFERENCES messages (id),
        stage TEXT,
        album_key TEXT,
        burst_id INTEGER,
        at BIGINT NOT NULL,
        taken_back_at BIGINT,
        UNIQUE (source_address, source_message_id)
    )
    """,
    "CREATE INDEX messages_order ON messages (order_id, id)",
    "CREATE INDEX messages_author ON messages (author_id, id)",
    "CREATE INDEX messages_author_order ON messages (author_id, order_id, id)",
    "CREATE INDEX messages_album ON messages (source_address, album_key) WHERE album_key IS NOT NULL",
    "CREATE INDEX messages_burst ON messages (burst_id) WHERE burst_id IS NOT NULL",
    "CREATE INDEX messages_outside ON messages (id) WHERE order_id IS NULL",
    """
    CREATE TABLE versions (
        message_id INTEGER NOT NULL REFERENCES messages (id),
        n INTEGER NOT NULL,
        text TEXT NOT NULL,
        entities TEXT,
        at BIGINT NOT NULL,
        PRIMARY KEY (message_id, n)
    )
    """,
    """
    CREATE TABLE media (
        id INTEGER PRIMARY KEY,
        message_id INTEGER NOT NULL REFERENCES messages (id),
        version INTEGER NOT NULL DEFAULT 0,
        order_id INTEGER REFERENCES orders (id),
        stage TEXT,
        hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
        seq INTEGER,
        name TEXT,
        kind TEXT NOT NULL,
        file_id TEXT NOT NULL,
        size BIGINT,
        state TEXT NOT NULL DEFAULT 'wanted'
            CHECK (state IN ('wanted', 'fetched', 'kept', 'too_big', 'lost', 'dropped')),
        hold TEXT CHECK (hold IN ('no_order', 'idle', 'switch', 'closed')),
        moved_from TEXT,
        sha256 TEXT,
        tries INTEGER NOT NULL DEFAULT 0,
        due_at BIGINT NOT NULL DEFAULT 0,
        error TEXT,
        UNIQUE (message_id, version),
        UNIQUE (order_id, stage, seq),
        UNIQUE (id, hidden)
    )
    """,
    "CREATE INDEX media_wanted ON media (id) WHERE state = 'wanted'",
    "CREATE INDEX media_held ON media (message_id) WHERE hold IS NOT NULL",
    "CREATE INDEX media_fetched ON media (id) WHERE state = 'fetched'",
    """
    CREATE TABLE blobs (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        mime TEXT NOT NULL,
        bytes BLOB NOT NULL
    )
    """,
    # "Service media never leave the dealership" is held by the CHECK and the composite key: the flag of a queued
    # row follows the flag of its media, and a row that would leave with it set can't exist.
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('delivery', 'alert', 'notice', 'prompt')),
        op TEXT NOT NULL DEFAULT 'send' CHECK (op IN ('send', 'edit', 'delete')),
        address TEXT,
        to_phone TEXT,
        to_client INTEGER NOT NULL DEFAULT 0 CHECK (to_client IN (0, 1)),
        order_id INTEGER REFERENCES orders (id),
        message_id INTEGER REFERENCES messages (id),
        media_id INTEGER,
        hidden INTEGER,
        notice TEXT,
        args TEXT,
        body TEXT,
        blob_id INTEGER REFERENCES blobs (id),
        state TEXT NOT NULL CHECK (state IN (
            'held', 'queued', 'sending', 'sent', 'gone', 'refused', 'unknown', 'withdrawn', 'expired')),
        reason TEXT,
        due_at BIGINT NOT NULL DEFAULT 0,
        expires_at BIGINT,
        tries INTEGER NOT NULL DEFAULT 0,
        resends INTEGER NOT NULL DEFAULT 0,
        attempt INTEGER NOT NULL DEFAULT 0,
        owner TEXT,
        leased_until BIGINT,
        at BIGINT NOT NULL,
        settled_at BIGINT,
        FOREIGN KEY (media_id, hidden) REFERENCES media (id, hidden) ON UPDATE CASCADE,
        CHECK (NOT (to_client AND hidden AND op = 'send' AND state IN ('held', 'queued', 'sending'))),
        CHECK (media_id IS NULL OR hidden IS NOT NULL)
    )
    """,
    "CREATE INDEX outbox_chat ON outbox (address, id) WHERE state IN ('held', 'queued', 'sending')",
    "CREATE INDEX outbox_phone ON outbox (to_phone) WHERE state = 'held'",
    "CREATE INDEX outbox_due ON outbox (due_at, address) WHERE state = 'queued'",
    "CREATE INDEX outbox_served ON outbox (address, settled_at) WHERE to_client = 1 AND state = 'sent' AND op = 'send'",
    "CREATE INDEX outbox_message ON outbox (message_id)",
    "CREATE INDEX outbox_media ON outbox (media_id)",
    "CREATE INDEX outbox_order ON outbox (order_id, id)",
    """
    CREATE TABLE copies (
        address TEXT NOT NULL,
        telegram_message_id BIGINT NOT NULL,
        message_id INTEGER NOT NULL REFERENCES messages (id),
        outbox_id INTEGER REFERENCES outbox (id),
        n INTEGER NOT NULL DEFAULT 0,
        heading INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (address, telegram_message_id)
    )
    """,
    "CREATE INDEX copies_message ON copies (message_id, address)",
    """
    CREATE TABLE screens (
        address TEXT NOT NULL,
        slot TEXT NOT NULL,
        subject TEXT NOT NULL,
        telegram_message_id BIGINT,
        dirty_at BIGINT,
        renew_at BIGINT,
        shown_at BIGINT,
        shown_hash TEXT,
        pinned INTEGER NOT NULL DEFAULT 0,
        changes INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (address, slot, subject)
    )
    """,
    "CREATE INDEX screens_dirty ON screens (dirty_at, address) WHERE dirty_at IS NOT NULL",
    "CREATE INDEX screens_due ON screens (address, dirty_at) WHERE dirty_at IS NOT NULL",
    "CREATE INDEX screens_subject ON screens (slot, subject)",
    """
    CREATE TABLE chats (
        address TEXT PRIMARY KEY,
        paused_until BIGINT,
        served_at BIGINT,
        blocked_at BIGINT
    )
    """,
    "CREATE TABLE attention (message_id INTEGER PRIMARY KEY REFERENCES messages (id), words TEXT, at BIGINT NOT NULL)",
    """
    CREATE TABLE cases (
        id INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES people (id),
        owner_id INTEGER REFERENCES people (id),
        opened_at BIGINT NOT NULL,
        closed_at BIGINT
    )
    """,
    "CREATE UNIQUE INDEX cases_open ON cases (client_id) WHERE closed_at IS NULL",
    """
    CREATE TABLE invitations (
        token_hash TEXT PRIMARY KEY,
        role INTEGER,
        order_id INTEGER REFERENCES orders (id),
        made_by INTEGER REFERENCES people (id),
        expires_at BIGINT,
        used_by INTEGER
    )
    """,
    "CREATE TABLE readings (id INTEGER PRIMARY KEY, source TEXT UNIQUE, file_id TEXT, state TEXT, result TEXT)",
    """
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        whom TEXT,
        before TEXT,
        after TEXT,
        at BIGINT NOT NULL
    )
    """,
    "CREATE TABLE beats (name TEXT PRIMARY KEY, at BIGINT NOT NULL, value TEXT)",
)


def up(_migrator: Any, db: Any) -> None:
    for statement in TABLES:
        db.execute_sql(statement)
