"""Every kind of message is either carried whole or said not to be."""

import json
from typing import Any

import pytest
from aiogram.types import Message

from dealer_bot.bot.incoming import handed
from dealer_bot.domain.messages import KEPT_ENTITIES, Handed

CHAT = {"id": 7, "type": "private", "first_name": "Анна"}
USER = {"id": 7, "is_bot": False, "first_name": "Анна"}
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 5}
SMALL = FILE | {"file_id": "small", "width": 1, "height": 1}
VISUAL = FILE | {"width": 1, "height": 1, "duration": 1}

FLAT = {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}

CARRIED: dict[str, tuple[dict[str, Any], str, str]] = {
    "photo": ({"photo": [SMALL, FILE | {"width": 2, "height": 2}]}, "photo", "jpg"),
    "video": ({"video": VISUAL}, "video", "mp4"),
    "named video": ({"video": VISUAL | {"file_name": "обход.MOV"}}, "video", "обход.MOV"),
    "voice": ({"voice": FILE | {"duration": 1}}, "voice", "ogg"),
    "video note": ({"video_note": FILE | {"duration": 1, "length": 9}}, "video_note", "mp4"),
    "animation": ({"animation": VISUAL, "document": FILE}, "animation", "mp4"),
    "audio": ({"audio": FILE | {"duration": 1}}, "audio", "mp3"),
    "document": ({"document": FILE | {"file_name": "смета.pdf"}}, "document", "смета.pdf"),
    "sticker": ({"sticker": FILE | FLAT}, "sticker", "webp"),
    "nameless document": ({"document": FILE}, "document", "bin"),
}  # fmt: skip
SPOT = {"latitude": 53.9, "longitude": 27.5}
THINGS: dict[str, tuple[dict[str, Any], str, dict[str, Any]]] = {
    "location": ({"location": SPOT}, "53.9, 27.5", SPOT),
    "venue": (
        {"location": SPOT, "venue": {"location": SPOT, "title": "СТО", "address": "Ленина 1"}},
        "СТО, Ленина 1 (53.9, 27.5)",
        SPOT | {"title": "СТО", "address": "Ленина 1"},
    ),
    "contact": (
        {"contact": {"phone_number": "+375", "first_name": "Ия", "user_id": 9}},
        "Ия +375",
        {"phone_number": "+375", "first_name": "Ия"},
    ),
}
LEFT = {
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "service": {"new_chat_title": "x"},
    "story": {"story": {"chat": CHAT, "id": 1}},
    "nothing known": {},
    "no photo": {"photo": []},
}
NOT_KEPT = {
    "mention": {},
    "text_mention": {"user": USER},
    "custom_emoji": {"custom_emoji_id": "5"},
    "hashtag": {},
    "cashtag": {},
    "bot_command": {},
    "url": {},
    "email": {},
    "phone_number": {},
}


def message(**fields: Any) -> Message:
    return Message.model_validate({"message_id": 3, "date": 1, "chat": CHAT, "from": USER} | fields)


def marked(*entities: dict[str, Any]) -> Handed:
    given = handed(message(text="слова и слова", entities=list(entities)))
    assert given is not None
    return given


@pytest.mark.parametrize(("fields", "kind", "extension"), CARRIED.values(), ids=CARRIED.keys())
def test_a_file_is_carried_by_its_id_with_its_caption(fields: dict[str, Any], kind: str, extension: str) -> None:
    mark = {"type": "bold", "offset": 0, "length": 4}
    shot = handed(message(caption="Скол", caption_entities=[mark], media_group_id="77", **fields))
    assert shot == Handed(
        "tg:7", 3, kind, "Скол", json.dumps([mark]), "F", 5, extension, "77", unique_id="U", sent_at=1000
    )


@pytest.mark.parametrize(("kind", "thing"), THINGS.items())
def test_a_place_and_a_card_are_carried_as_what_they_are_made_of(
    kind: str, thing: tuple[dict[str, Any], str, dict[str, Any]]
) -> None:
    fields, text, payload = thing
    given = handed(message(**fields))
    assert given is not None and (given.kind, given.text) == (kind, text)
    assert json.loads(given.payload or "") == payload and not given.is_kept


def test_a_file_without_words_is_carried_without_words() -> None:
    shot = handed(message(**CARRIED["photo"][0]))
    assert shot is not None and (shot.text, shot.entities, shot.album_key) == ("", None, None)


@pytest.mark.parametrize("fields", LEFT.values(), ids=LEFT.keys())
def test_what_can_not_be_carried_is_said_so(fields: dict[str, Any]) -> None:
    assert handed(message(**fields)) is None


def test_a_text_is_carried_as_it_was_typed() -> None:
    text = " <b>&amp; 👨‍👩‍👧‍👦\n\u200bслова"
    assert handed(message(text=text)) == Handed("tg:7", 3, "text", text, sent_at=1000)


def test_a_reply_names_the_message_it_answers() -> None:
    replied = {"message_id": 2, "date": 1, "chat": CHAT, "text": "?"}
    for fields in ({"text": "да"}, CARRIED["voice"][0]):
        given = handed(message(reply_to_message=replied, **fields))
        assert given is not None and given.reply_to == 2


@pytest.mark.parametrize("kind", sorted(KEPT_ENTITIES))
def test_the_look_of_words_is_carried(kind: str) -> None:
    more = {"url": "https://example.org/"} if kind == "text_link" else {"language": "python"} if kind == "pre" else {}
    mark = {"type": kind, "offset": 2, "length": 3} | more
    assert json.loads(marked(mark).entities or "") == [mark]


@pytest.mark.parametrize(("kind", "more"), NOT_KEPT.items())
def test_what_would_show_an_account_or_lead_elsewhere_is_not_carried(kind: str, more: dict[str, Any]) -> None:
    mark = {"type": kind, "offset": 0, "length": 5} | more
    kept = {"type": "bold", "offset": 6, "length": 1}
    assert json.loads(marked(mark, kept).entities or "") == [kept]
    assert marked(mark).entities is None


def test_a_kind_of_mark_that_is_not_known_yet_is_left_out() -> None:
    assert marked({"type": "sparkling", "offset": 0, "length": 5}).entities is None
