"""Updates that nobody can handle."""

from typing import Any

from dealer_bot.sandbox import PersonClient

POISONS = ("fields of other types", "a forward from nobody", "half a character", "an unknown kind")


def message_of(sender: PersonClient, **fields: Any) -> dict[str, Any]:
    known = {"id": sender.id, "is_bot": False, "first_name": sender.name}
    chat = {"id": sender.id, "type": "private", "first_name": sender.name}
    return {"message_id": 1, "date": 1_800_000_000, "from": known, "chat": chat} | fields


def poison(name: str, sender: PersonClient) -> dict[str, Any]:
    """All from somebody in the middle of his work: not even he may be held up."""
    return {
        "fields of other types": {"message": message_of(sender, date="вчера", text=["Скол"])},
        "a forward from nobody": {"message": message_of(sender, text="Скол", forward_origin={"type": "hidden_user"})},
        "half a character": {"message": message_of(sender, text="Скол \ud83d")},
        "an unknown kind": {"hologram": message_of(sender)},
    }[name]
