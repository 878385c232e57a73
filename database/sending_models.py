"""The tables of what is sent and shown; columns without behaviour, as in models.py."""

from peewee import BigIntegerField, BooleanField, CompositeKey, IntegerField, TextField

from database.models import Table, moment


class Outbox(Table):
    key = TextField(unique=True)
    kind = TextField()
    op = TextField(default="send")
    address = TextField(null=True)
    to_phone = TextField(null=True)
    to_client = BooleanField(default=False)
    order_id = IntegerField(null=True)
    message_id = IntegerField(null=True)
    media_id = IntegerField(null=True)
    hidden = BooleanField(null=True)
    notice = TextField(null=True)
    args = TextField(null=True)
    body = TextField(null=True)
    blob_id = IntegerField(null=True)
    state = TextField()
    reason = TextField(null=True)
    due_at = BigIntegerField(default=0)
    expires_at = moment()
    tries = IntegerField(default=0)
    resends = IntegerField(default=0)
    attempt = IntegerField(default=0)
    owner = TextField(null=True)
    leased_until = moment()
    at = BigIntegerField()
    settled_at = moment()
    recalled_at = moment()
    reaction = TextField(null=True)

    class Meta:
        table_name = "outbox"


class Copy(Table):
    address = TextField()
    telegram_message_id = BigIntegerField()
    message_id = IntegerField()
    outbox_id = IntegerField(null=True)
    n = IntegerField(default=0)
    heading = BooleanField(default=False)
    gone_at = moment()

    class Meta:
        table_name = "copies"
        primary_key = CompositeKey("address", "telegram_message_id")


class Screen(Table):
    address = TextField()
    slot = TextField()
    subject = TextField()
    telegram_message_id = BigIntegerField(null=True)
    dirty_at = moment()
    renew_at = moment()
    shown_at = moment()
    shown_hash = TextField(null=True)
    pinned = BooleanField(default=False)
    changes = IntegerField(default=0)

    class Meta:
        table_name = "screens"
        primary_key = CompositeKey("address", "slot", "subject")


class Chat(Table):
    address = TextField(primary_key=True)
    paused_until = moment()
    served_at = moment()
    blocked_at = moment()

    class Meta:
        table_name = "chats"
