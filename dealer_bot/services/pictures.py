"""Pictures sent while an order is looked for: asked for in one transaction, settled in another."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from database import conversations, inbox, readings, screens
from database.connection import Database
from database.readings import Picture
from dealer_bot.domain.messages import Handed
from dealer_bot.domain.plate_choice import Choice
from dealer_bot.domain.readings import Reading
from dealer_bot.services.desk import crew_member
from dealer_bot.services.reading_views import reading_view

LOOKING = "looking"
"""In a dialogue's data: the pictures that it waits for, and for nothing said after them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`group_id`: the pictures of one message or album; they are answered together."""

    group_id: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Whose FSM rows these are, and the state in which somebody looks for an order."""

    bot_id: int
    asked: str


class Pictures:
    def __init__(self, database: Database, wake_reader: Callable[[], None]) -> None:
        self._db, self._wake_reader = database, wake_reader

    async def ask(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Asked:
        """T1: this picture is to be read. Raises DealerError."""
        asked = await self._db.write(_ask_to_read, person_id, handed, inbox_id, now)
        self._wake_reader()
        return asked

    async def is_sibling(self, address: str, album_key: str) -> bool | None:
        """Whether the first of this album was to be read; None if it is the first."""
        return await self._db.read(_is_sibling, address, album_key)


def _ask_to_read(person_id: int, handed: Handed, inbox_id: int, now: int) -> Asked:
    crew_member(person_id)
    assert handed.file_id is not None
    if (known := readings.of_source(inbox_id)) is not None:
        return Asked(known.group_id, known.group_id == known.id)
    album = readings.group_of_album(handed.address, handed.album_key) if handed.album_key else None
    group_id = readings.add(inbox_id, handed.address, handed.file_id, handed.size, handed.album_key, album, now)
    if album is not None:
        screens.want(handed.address, "reading", str(group_id), now)
    return Asked(group_id, album is None)


def _is_sibling(address: str, album_key: str) -> bool | None:
    if readings.group_of_album(address, album_key) is not None:
        return True
    return False if conversations.first_of_album(address, album_key) is not None else None


def is_wanted(dialogue: Dialogue, picture: Picture) -> bool:
    """Whether its sender still looks for an order."""
    return _dialogue_of(dialogue, picture)[0] == dialogue.asked


def unwanted(dialogue: Dialogue, at_work: Sequence[Picture]) -> list[int]:
    """The ids of those whose senders have moved on."""
    return [picture.id for picture in at_work if not is_wanted(dialogue, picture)]


def settle_read(dialogue: Dialogue, picture: Picture, reading: Reading, choice: Choice, now: int) -> None:
    """Write down what was read; what is certain opens a card, if nothing was said since."""
    cause = reading.cause.value if reading.cause else None
    _close(dialogue, picture, now, reading, choice, cause)


def settle_unread(dialogue: Dialogue, picture: Picture, cause: str, now: int) -> None:
    """It could not even be brought here, or not in time."""
    _close(dialogue, picture, now, Reading(), Choice(), cause)


def _close(dialogue: Dialogue, picture: Picture, now: int, reading: Reading, choice: Choice, cause: str | None) -> None:
    current = readings.by_id(picture.id)
    if current is None or current.state != "wanted":
        return
    state, looking = _dialogue_of(dialogue, picture)
    kept = "done" if state == dialogue.asked else "over"
    sure = choice.likely[0] if choice.sure else None  # whether it still is, the view looks again
    readings.settle(picture.id, kept, reading.barcodes, reading.plates, choice.likely, sure, cause)
    screens.want(picture.address, "reading", str(picture.group_id), now)
    view = reading_view(picture.group_id)
    if view is not None and view.sure is not None and looking == picture.group_id:
        screens.want_new(picture.address, "card", str(view.sure.order_id), now)


def _dialogue_of(dialogue: Dialogue, picture: Picture) -> tuple[str | None, int | None]:
    """Its sender's dialogue, and the pictures that it waits for."""
    chat = int(picture.address.partition(":")[2])
    state, data = inbox.read_fsm(dialogue.bot_id, chat, chat)
    return state, json.loads(data).get(LOOKING)
