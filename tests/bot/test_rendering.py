"""Whatever people write and however long the names are, Telegram takes what we make of it, word for word."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pytest
from aiogram import Bot

from dealer_bot.bot.dispatcher import make_bot
from dealer_bot.bot.local_files import LocalFiles
from dealer_bot.bot.rendering import Renderer
from dealer_bot.bot.telegram import TelegramMessenger
from dealer_bot.domain.messages import parts_of, piece_of, units
from dealer_bot.domain.parcels import Item, Outcome, Parcel, Sent
from dealer_bot.domain.stages import Stage, Stages
from dealer_bot.sandbox import PersonClient, Sandbox, SandboxClient, SeenMessage

LONGEST_NAME = "Ан<b>на & «Ко» " * 4
STAGES = Stages((Stage("Body", "К" * 48), Stage("Service", "🔒")), "Service")
KINDS = ("photo", "video", "document", "voice", "audio", "animation", "video_note")
FAMILY, FLAG, TONE, ACCENT = "👨‍👩‍👧‍👦", "🇧🇾", "👍🏽", "é́"
EXTREMES = {
    "nothing": "",
    "markup": "<b>не жирно</b> & <i> *_`[](tg://user?id=1) \\ </b>",
    "a caption of a client of today": "я" * 1024,
    "a caption of families": FAMILY * 93,
    "a caption of flags": FLAG * 512,
    "a caption of accents": ACCENT * 341,
    "a text of letters": "ж" * 4096,
    "a text of emoji": "🚗" * 4096,
    "a text of families": FAMILY * 372,
    "a text of lines": "строка с чем-то\n" * 255,
    "a text of skin": TONE * 2048,
}


@dataclass
class Post:
    """The real bot's way to one client, on the strict server."""

    tg: SandboxClient
    bot: Bot
    peter: PersonClient
    files: dict[str, str]
    messenger: TelegramMessenger

    def parcel(self, *items: Item, **more: Any) -> Parcel:
        largest: dict[str, Any] = {
            "address": f"tg:{self.peter.id}", "kind": "delivery", "op": "send", "to_client": True, "language": "ru",
            "side": "staff", "author": LONGEST_NAME, "order_id": 2**63 - 1, "order_number": "№" * 64, "plate": "M" * 40,
            "stage": "Body", "client_name": "И" * 200, "phone": "+375298888808",
        }  # fmt: skip
        return Parcel(items=items, **(largest | more))

    def item(self, kind: str, text: str = "", part: int = 0, entities: str | None = None) -> Item:
        file_id = self.files[kind] if kind in self.files and part == 0 else None
        return Item(1, 1, None, kind, file_id, text, entities, part)

    async def sends(self, parcel: Parcel) -> list[SeenMessage]:
        """What appeared in the chat."""
        outcome: Outcome = await self.messenger.send(parcel)
        assert isinstance(outcome, Sent), outcome
        return [each for each in await self.peter.chat() if each.id in outcome.message_ids]


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with Sandbox() as server:
        tg = server.client()
        bot = make_bot(server.token, server.url, False, None)
        peter = await tg.person("Пётр")
        await peter.starts()
        await peter.shoots()
        for kind in KINDS[1:]:
            await peter._file(kind, {"length": 9, "duration": 1, "width": 9, "height": 9}, None, 10)
        shown = [each.raw for each in await peter.chat()]
        bodies = [next((kind, raw[kind]) for kind in KINDS[::-1] if kind in raw) for raw in shown if "text" not in raw]
        ids = {kind: (body[-1] if isinstance(body, list) else body)["file_id"] for kind, body in bodies}
        messenger = TelegramMessenger(bot, Renderer(STAGES, "Ц" * 100), "ru", LocalFiles(bot.token, None))
        yield Post(tg, bot, peter, ids, messenger)
        for entry in await tg.journal():
            assert not any("parse_mode" in json.dumps(value) for value in entry["params"].items()), entry
        await bot.session.close()


@pytest.mark.parametrize("kind", ["text", "photo", "voice", "video_note"])
@pytest.mark.parametrize("to_client", [True, False])
async def test_every_word_of_the_longest_message_arrives(post: Post, kind: str, to_client: bool) -> None:
    for name, words in EXTREMES.items():
        arrived = ""
        for part in parts_of(kind, words):
            (shown,) = await post.sends(post.parcel(post.item(kind, words, part), to_client=to_client, heading=True))
            piece = piece_of(kind, words, None, part)
            assert piece is not None and piece.text.strip() in shown.text, name
            arrived += piece.text
        assert kind == "video_note" or arrived == words, name


@pytest.mark.parametrize("heading", [True, False])
async def test_each_kind_arrives_as_itself_signed_and_with_its_order(post: Post, heading: bool) -> None:
    for kind in KINDS:
        (shown,) = await post.sends(post.parcel(post.item(kind, "<i>скол</i>"), heading=heading))
        assert shown.kind == kind
        if kind == "video_note":
            continue
        assert "<i>скол</i>" in shown.text and "Ан<b>на & «Ко»" in shown.text and "№" * 64 in shown.text
        assert ("Ц" * 100 in shown.text) == heading


@pytest.mark.parametrize("kind", ["photo", "document", "audio"])
async def test_an_album_of_ten_with_ten_captions_is_one_album(post: Post, kind: str) -> None:
    items = [replace(post.item(kind, f"{n}" + "я" * 590), outbox_id=n) for n in range(10)]
    shown = await post.sends(post.parcel(*items, heading=True))
    assert len(shown) == 10 and len({each.album for each in shown}) == 1
    assert all(f"{n}яяя" in each.text for n, each in enumerate(shown))
    assert [each.text.count("Ц" * 100) for each in shown] == [1] + [0] * 9


async def test_marks_stay_on_the_words_they_were_put_on(post: Post) -> None:
    text, marked = f"{FAMILY} скол {FLAG} на крыле", "крыле"
    start = units(text[: text.index(marked)])
    marks = json.dumps([{"type": "bold", "offset": start, "length": units(marked)}])
    for kind, to_client in product(("text", "photo"), (True, False)):
        (shown,) = await post.sends(post.parcel(post.item(kind, text, 0, marks), to_client=to_client, heading=True))
        (mark,) = shown.entities
        raw = shown.text.encode("utf-16-le")
        assert raw[mark["offset"] * 2 :][: mark["length"] * 2].decode("utf-16-le") == marked


async def test_marks_over_the_place_where_a_text_is_cut_stay_on_both_sides(post: Post) -> None:
    text = "🚗" * 3000
    marks = json.dumps([{"type": "italic", "offset": 100, "length": 5800}])
    covered = 0
    for part in parts_of("text", text):
        (shown,) = await post.sends(post.parcel(post.item("text", text, part, marks)))
        covered += sum(mark["length"] for mark in shown.entities)
    assert covered == 5800


@pytest.mark.parametrize("to_client", [True, False])
async def test_an_edit_reaches_its_copy(post: Post, to_client: bool) -> None:
    for kind, words in (("text", "🚗" * 1750), ("photo", "я" * 600), ("voice", ""), ("document", "<")):
        first = post.parcel(post.item(kind, "было"), to_client=to_client, heading=True)
        (shown,) = await post.sends(first)
        mended = replace(post.item(kind, words), file_id=None)
        edit = replace(first, op="edit", items=(mended,), copies=(shown.id,), had_heading=True)
        (edited,) = await post.sends(edit)
        assert edited.id == shown.id and edited.edited and words in edited.text and "было" not in edited.text
        assert await post.messenger.send(edit) == Sent((shown.id,)), "an edit that changes nothing has succeeded"


async def test_what_was_sent_is_taken_back(post: Post) -> None:
    (shown,) = await post.sends(post.parcel(post.item("photo")))
    assert isinstance(await post.messenger.send(post.parcel(post.item("photo"), op="delete", copies=(shown.id,))), Sent)
    assert shown.id not in {each.id for each in await post.peter.chat()}


async def test_a_clients_words_carry_the_answer_button_while_their_order_is_open(post: Post) -> None:
    for closed, labels in ((False, ["Ответить"]), (True, [])):
        parcel = post.parcel(post.item("text", "?"), to_client=False, order_closed=closed)
        (shown,) = await post.sends(parcel)
        assert shown.labels == labels and ("закрыт" in shown.text) == closed


@pytest.mark.parametrize("kind", ["text", "photo"])
async def test_the_first_of_a_burst_rings_and_a_reply_stays_one(post: Post, kind: str) -> None:
    (first,) = await post.sends(post.parcel(post.item(kind, "раз")))
    (second,) = await post.sends(post.parcel(post.item(kind, "два"), silent=True, reply_to=first.id))
    assert (first.silent, second.silent, second.reply_to) == (False, True, first.id)
