"""Files come back byte for byte, and their ids can be used again."""

import hashlib
from pathlib import Path

import pytest

from dealer_bot.sandbox import Sandbox
from dealer_bot.sandbox.pictures import plain_jpeg

BIG = 48 * 2**20


async def last_message(bot):
    return (await bot.updates())[-1]["message"]


async def test_a_shot_photo_comes_in_sizes_and_the_largest_is_the_shot(bot, anna):
    jpeg = plain_jpeg("снимок")
    await anna.shoots(jpeg, caption="Скол")
    message = await last_message(bot)
    sizes = message["photo"]
    assert message["caption"] == "Скол"
    assert len(sizes) > 1 and len({size["file_id"] for size in sizes}) == len(sizes)
    assert [size["width"] for size in sizes] == sorted(size["width"] for size in sizes)

    file = (await bot.asks("getFile", file_id=sizes[-1]["file_id"])).result
    assert file["file_size"] == len(jpeg)
    assert await bot.fetches(file["file_path"]) == jpeg


async def test_a_small_size_has_other_bytes(bot, anna):
    await anna.shoots(plain_jpeg("снимок"))
    small, *_, largest = (await last_message(bot))["photo"]
    file = (await bot.asks("getFile", file_id=small["file_id"])).result
    assert len(await bot.fetches(file["file_path"])) == small["file_size"]
    assert small["file_unique_id"] != largest["file_unique_id"]


async def test_a_download_tells_its_length(bot, anna):
    await anna.sends_file("акт.pdf", b"12345")
    document = (await last_message(bot))["document"]
    assert (document["file_name"], document["file_size"]) == ("акт.pdf", 5)
    path = (await bot.asks("getFile", file_id=document["file_id"])).result["file_path"]
    assert not path.startswith("/") and path.endswith(".pdf")
    async with bot.session.get(f"{bot.files}/{path}") as response:
        assert response.headers["Content-Length"] == "5"


async def test_a_files_path_is_plain_whatever_its_name_is(bot, anna):
    await anna.sends_file("../а б.п д&ф", b"1")
    document = (await last_message(bot))["document"]
    path = (await bot.asks("getFile", file_id=document["file_id"])).result["file_path"]
    assert path == "documents/file_0"


async def test_a_link_lasts_an_hour_and_is_renewed_by_asking_again(tg, bot, anna):
    await anna.sends_file(data=b"12345")
    document = (await last_message(bot))["document"]
    path = (await bot.asks("getFile", file_id=document["file_id"])).result["file_path"]
    await tg.pass_time(3601)
    async with bot.session.get(f"{bot.files}/{path}") as response:
        assert response.status == 404
    path = (await bot.asks("getFile", file_id=document["file_id"])).result["file_path"]
    assert await bot.fetches(path) == b"12345"


async def test_a_file_id_is_sent_again_without_upload(tg, bot, anna):
    jpeg = plain_jpeg("снимок")
    await anna.shoots(jpeg)
    photo = (await last_message(bot))["photo"]
    petr = await tg.person("Пётр", user_id=2002)
    await petr.starts()
    sent = (await bot.asks("sendPhoto", chat_id="2002", photo=photo[-1]["file_id"], caption="Приёмка")).result
    assert sent["photo"] == photo
    (seen,) = await petr.sees_photo(sha256=hashlib.sha256(jpeg).hexdigest())
    assert (seen.text, seen.file_unique_id) == ("Приёмка", photo[-1]["file_unique_id"])


async def test_what_the_bot_uploads_can_be_fetched_by_its_id(bot, anna):
    sent = (await bot.uploads("sendDocument", {"document": ("протокол.html", b"<html>")}, chat_id="1001")).result
    path = (await bot.asks("getFile", file_id=sent["document"]["file_id"])).result["file_path"]
    assert await bot.fetches(path) == b"<html>"


@pytest.mark.parametrize("kind", ["video", "audio", "voice", "video_note", "animation", "sticker"])
async def test_every_kind_is_sent_as_what_it_is(bot, anna, kind):
    method = "send" + "".join(word.capitalize() for word in kind.split("_"))
    sent = (await bot.uploads(method, {kind: ("файл", b"bytes")}, chat_id="1001")).result
    assert sent[kind]["file_size"] == 5
    again = (await bot.asks(method, chat_id="1001", **{kind: sent[kind]["file_id"]})).result
    assert again[kind]["file_unique_id"] == sent[kind]["file_unique_id"]
    assert [message.kind for message in await anna.chat()][-2:] == [kind, kind]


async def test_a_big_file_is_declared_without_its_bytes_and_can_be_sent_on(bot, anna):
    await anna.films(size=BIG)
    video = (await last_message(bot))["video"]
    assert video["file_size"] == BIG
    assert (await bot.asks("getFile", file_id=video["file_id"])).told == (400, "Bad Request: file is too big")
    assert (await bot.asks("sendVideo", chat_id="1001", video=video["file_id"])).status == 200


async def test_a_local_server_gives_big_files_as_paths_on_its_disk(tmp_path, http, bot_of):
    async with Sandbox(files=tmp_path, local=True) as server:
        bot, anna = bot_of(server), await server.client().person("Анна", user_id=1001)
        await anna.films(size=BIG)
        video = (await last_message(bot))["video"]
        path = Path((await bot.asks("getFile", file_id=video["file_id"])).result["file_path"])
        assert path.is_absolute() and path.is_relative_to(tmp_path)
        assert path.stat().st_size == BIG
        async with http.get(f"{bot.files}/{path.relative_to(tmp_path)}") as response:
            assert response.status == 404
