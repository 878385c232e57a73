"""Tables as peewee sees them; columns without behaviour. The schema itself is in migrations/."""

from typing import Any

from peewee import BigIntegerField, BlobField, BooleanField, CompositeKey, DatabaseProxy, IntegerField, Model, TextField

database_proxy = DatabaseProxy()


class Table(Model):
    class Meta:
        database = database_proxy
        legacy_table_names = False


def moment() -> Any:
    """UTC epoch milliseconds, or never."""
    return BigIntegerField(null=True)


class Person(Table):
    address = TextField(null=True, unique=True)
    role = IntegerField(default=3)
    active = BooleanField(default=True)
    name = TextField(null=True)
    language = TextField(null=True)
    paused_at = moment()
    consent_at = moment()
    told_closed_at = moment()

    class Meta:
        table_name = "people"


class Binding(Table):
    phone = TextField()
    person_id = IntegerField()
    proved_at = moment()
    ended_at = moment()

    class Meta:
        table_name = "bindings"


class Order(Table):
    number_key = TextField()
    number = TextField()
    folder = TextField()
    state = TextField()
    reason = TextField(null=True)
    phone = TextField(null=True)
    barcode = TextField(null=True)
    plate = TextField(null=True)
    plate_key = TextField(null=True)
    vehicle = TextField(null=True)
    client_name = TextField(null=True)
    day = TextField(null=True)
    day_source = TextField(null=True)
    mtime_ns = BigIntegerField(null=True)
    size = BigIntegerField(null=True)
    inode = BigIntegerField(null=True)
    looked_at = moment()
    ended_at = moment()
    confirmed_phone = TextField(null=True)

    class Meta:
        table_name = "orders"


class Place(Table):
    care_since = moment()
    person_id = IntegerField(primary_key=True)
    order_id = IntegerField(null=True)
    case_id = IntegerField(null=True)
    stage = TextField(null=True)
    since_at = BigIntegerField()
    active_at = BigIntegerField()
    left_order_id = IntegerField(null=True)
    left_stage = TextField(null=True)
    left_at = moment()

    class Meta:
        table_name = "places"


class Entered(Table):
    person_id = IntegerField()
    order_id = IntegerField()
    stage = TextField()
    at = BigIntegerField()

    class Meta:
        table_name = "entered"
        primary_key = CompositeKey("person_id", "order_id")


class Hold(Table):
    person_id = IntegerField()
    kind = TextField()
    order_id = IntegerField(null=True)
    stage = TextField(null=True)
    left_order_id = IntegerField(null=True)
    left_stage = TextField(null=True)
    at = BigIntegerField()
    settled_at = moment()
    settled_by = IntegerField(null=True)
    placed_order_id = IntegerField(null=True)
    placed_stage = TextField(null=True)

    class Meta:
        table_name = "holds"


class Fsm(Table):
    bot = BigIntegerField()
    chat = BigIntegerField()
    user = BigIntegerField()
    thread = BigIntegerField(default=0)
    state = TextField(null=True)
    data = TextField(default="{}")
    version = IntegerField(default=1)

    class Meta:
        table_name = "fsm"
        primary_key = CompositeKey("bot", "chat", "user", "thread")


class Inbox(Table):
    update_id = BigIntegerField(null=True, unique=True)
    lane = TextField()
    payload = TextField(null=True)
    state = TextField(default="new")
    tries = IntegerField(default=0)
    due_at = BigIntegerField(default=0)
    error = TextField(null=True)
    received_at = BigIntegerField()
    again_at = BigIntegerField(null=True)

    class Meta:
        table_name = "inbox"


class Message(Table):
    source_address = TextField()
    source_message_id = BigIntegerField()
    order_id = IntegerField(null=True)
    case_id = IntegerField(null=True)
    client_id = IntegerField(null=True)
    author_id = IntegerField()
    side = TextField()
    kind = TextField()
    text = TextField(default="")
    entities = TextField(null=True)
    reply_to_id = IntegerField(null=True)
    stage = TextField(null=True)
    album_key = TextField(null=True)
    burst_id = IntegerField(null=True)
    at = BigIntegerField()
    taken_back_at = moment()
    hold_id = IntegerField(null=True)
    about_id = IntegerField(null=True)
    reader_id = IntegerField(null=True)
    payload = TextField(null=True)

    class Meta:
        table_name = "messages"


class Version(Table):
    message_id = IntegerField()
    n = IntegerField()
    text = TextField()
    entities = TextField(null=True)
    at = BigIntegerField()

    class Meta:
        table_name = "versions"
        primary_key = CompositeKey("message_id", "n")


class Media(Table):
    message_id = IntegerField()
    version = IntegerField(default=0)
    order_id = IntegerField(null=True)
    stage = TextField(null=True)
    hidden = BooleanField()
    seq = IntegerField(null=True)
    name = TextField(null=True)
    kind = TextField()
    file_id = TextField()
    size = BigIntegerField(null=True)
    state = TextField(default="wanted")
    hold = TextField(null=True)
    moved_from = TextField(null=True)
    sha256 = TextField(null=True)
    tries = IntegerField(default=0)
    due_at = BigIntegerField(default=0)
    error = TextField(null=True)
    unique_id = TextField(null=True)

    class Meta:
        table_name = "media"


class Reading(Table):
    source = BigIntegerField(unique=True)
    group_id = IntegerField()
    album_key = TextField(null=True)
    address = TextField()
    file_id = TextField()
    size = BigIntegerField(null=True)
    state = TextField()
    tries = IntegerField()
    due_at = BigIntegerField()
    barcodes = TextField()
    plates = TextField()
    likely = TextField()
    sure = IntegerField(null=True)
    cause = TextField(null=True)
    at = BigIntegerField()

    class Meta:
        table_name = "readings"


class Audit(Table):
    who = TextField()
    what = TextField()
    whom = TextField(null=True)
    before = TextField(null=True)
    after = TextField(null=True)
    at = BigIntegerField()
    cause = BigIntegerField(null=True)

    class Meta:
        table_name = "audit"


class Beat(Table):
    name = TextField(primary_key=True)
    at = BigIntegerField()
    value = TextField(null=True)

    class Meta:
        table_name = "beats"


class Blob(Table):
    name = TextField()
    mime = TextField()
    bytes = BlobField()

    class Meta:
        table_name = "blobs"


class Canned(Table):
    title = TextField()
    text = TextField()
    made_by = IntegerField(null=True)
    at = BigIntegerField()
    removed_at = moment()

    class Meta:
        table_name = "canned"
