"""What is missing is named, and how to get it."""

import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from dealer_bot.checks import disks, programs, token, words
from dealer_bot.checks.finding import Finding, Level
from dealer_bot.cli import check
from dealer_bot.settings import Settings, load
from tests.cli.conftest import Dealership

TOKEN = "42:TEST"


def _settings(tmp_path: Path, **environ: str) -> Settings:
    (tmp_path / "config.py").write_text(environ.pop("config", ""), encoding="utf-8")
    given = {"DATABASE_URL": f"sqlite:///{tmp_path}/b/b.sqlite3", "SPOOL_DIR": str(tmp_path / "spool")}
    return load(tmp_path / "config.py", given | {"BRANCH_PHOTO": str(tmp_path / "store")} | environ)


@pytest.fixture
async def telegram() -> AsyncIterator[str]:
    """A server that knows one token."""

    async def get_me(request: web.Request) -> web.Response:
        if request.match_info["token"] != f"bot{TOKEN}":
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        return web.json_response({"ok": True, "result": {"id": 42, "is_bot": True, "username": "service_bot"}})

    app = web.Application()
    app.router.add_post("/{token}/getMe", get_me)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield site.name
    await runner.cleanup()


async def test_a_good_token_is_named_by_its_bot(telegram: str, tmp_path: Path) -> None:
    found = await token.look(_settings(tmp_path, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=telegram))
    assert found.level is Level.GOOD
    assert "@service_bot" in found.russian


async def test_a_foreign_token_is_refused_and_not_shown(telegram: str, tmp_path: Path) -> None:
    found = await token.look(_settings(tmp_path, BOT_TOKEN="43:OTHER", TELEGRAM_API_URL=telegram))
    assert found.level is Level.BAD
    assert "OTHER" not in found.russian + found.english


async def test_a_missing_token_is_named_with_the_way_to_get_one(tmp_path: Path) -> None:
    found = await token.look(_settings(tmp_path))
    assert found.level is Level.BAD
    assert "@BotFather" in found.russian


@pytest.mark.parametrize(
    ("server", "proxy"),
    [
        ("http://127.0.0.1:1", ""),
        ("http://telegram.test", "socks5://127.0.0.1:1"),
        ("http://telegram.test", "http://127.0.0.1:1"),
    ],
)
async def test_no_way_to_telegram_is_named_without_the_token(tmp_path: Path, server: str, proxy: str) -> None:
    found = await token.look(_settings(tmp_path, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=server, PROXY_URL=proxy))
    assert found.level is Level.BAD
    assert "PROXY_URL" in found.russian and "PROXY_URL" in found.english
    assert TOKEN not in found.russian + found.english


async def test_a_server_on_this_machine_is_asked_past_the_proxy_as_the_bot_asks_it(
    telegram: str, tmp_path: Path
) -> None:
    own = {"TELEGRAM_API_URL": telegram, "PROXY_URL": "socks5://127.0.0.1:1"}
    settings = _settings(tmp_path, BOT_TOKEN=TOKEN, **own)
    assert (await token.look(settings)).level is Level.GOOD
    assert settings.proxy_to_telegram is None
    assert _settings(tmp_path, PROXY_URL="socks5://127.0.0.1:1").proxy_to_telegram == "socks5://127.0.0.1:1"


def test_a_store_that_is_not_there_is_bad(tmp_path: Path) -> None:
    found = [each for each in disks.look(_settings(tmp_path)) if each.level is Level.BAD]
    assert len(found) == 1
    assert "BRANCH_PHOTO" in found[0].russian


def test_a_store_is_tried_by_writing_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "store" / "a00017732").mkdir(parents=True)
    (tmp_path / "store" / "a00017732" / "content.txt").write_text("{}", encoding="utf-8")
    found = list(disks.look(_settings(tmp_path)))
    assert {each.level for each in found if "20 МБ" not in each.russian} == {Level.GOOD}
    assert [path.name for path in (tmp_path / "store").rglob("*")] == ["a00017732", "content.txt"]


def test_a_store_that_can_not_be_written_to_is_bad(tmp_path: Path) -> None:
    (tmp_path / "store" / "a00017732").mkdir(parents=True)
    (tmp_path / "store" / "a00017732" / ".dealer_bot").write_text("in the way", encoding="utf-8")
    found = [each for each in disks.look(_settings(tmp_path)) if each.level is Level.BAD]
    assert len(found) == 1
    assert "нельзя писать" in found[0].russian


def test_a_store_with_closed_orders_alone_is_worth_a_word(tmp_path: Path) -> None:
    (tmp_path / "store" / "a00017732 closed").mkdir(parents=True)
    assert Level.WORTH in {each.level for each in disks.look(_settings(tmp_path))}


def test_the_files_of_an_api_server_of_ones_own_are_looked_for(tmp_path: Path) -> None:
    own = {"TELEGRAM_API_LOCAL": "yes", "TELEGRAM_API_URL": "http://127.0.0.1:8081"}
    files = tmp_path / "api"
    found = [each.russian for each in disks.look(_settings(tmp_path, TELEGRAM_API_FILES=str(files), **own))]
    assert any("TELEGRAM_API_FILES" in each and "не открывается" in each for each in found)
    files.mkdir()
    found = [each.russian for each in disks.look(_settings(tmp_path, TELEGRAM_API_FILES=str(files), **own))]
    assert f"файлы сервера Bot API: {files}" in found
    assert not any("20 МБ" in each for each in found)
    assert any("20 МБ" in each.russian for each in disks.look(_settings(tmp_path)))


def test_a_share_that_never_answers_is_named_and_not_waited_for(tmp_path: Path) -> None:
    answers = threading.Event()

    def look_at() -> list[Finding]:
        answers.wait(60)
        return []

    (found,) = disks.in_time(look_at, tmp_path, 0.05)
    answers.set()
    assert found.level is Level.BAD and "не отвечает" in found.russian


def test_a_place_for_the_database_that_is_a_file_is_bad(tmp_path: Path) -> None:
    (tmp_path / "store" / "a1").mkdir(parents=True)
    (tmp_path / "b").write_text("not a folder", encoding="utf-8")
    found = [each for each in disks.look(_settings(tmp_path)) if each.level is Level.BAD]
    assert len(found) == 1
    assert "база данных" in found[0].russian


def test_a_place_for_the_database_that_is_a_folder_is_bad(tmp_path: Path) -> None:
    (tmp_path / "store" / "a1").mkdir(parents=True)
    (tmp_path / "b" / "b.sqlite3").mkdir(parents=True)
    found = [each for each in disks.look(_settings(tmp_path)) if each.level is Level.BAD]
    assert [("DATABASE_URL" in each.russian, "DATABASE_URL" in each.english) for each in found] == [(True, True)]


def test_of_env_only_what_is_nearly_a_setting_is_shown(tmp_path: Path) -> None:
    words_of_others = "COMPOSE_PROJECT_NAME=x\nTELEGRAM_API_ID=1\nTELEGRAM_API_HASH=x\n"
    (tmp_path / ".env").write_text(f"BRANCH_FOTO=/mnt/orders\nsend_rate=5\n{words_of_others}", encoding="utf-8")
    settings = _settings(tmp_path, ADMIN_IDS="1", ORGANIZATION_NAME="x", PRIVACY_URL="https://x.test")
    texts = [each.russian for each in words.look(settings)]
    assert [text.partition(" нет")[0] for text in texts] == [".env: настройки BRANCH_FOTO", ".env: настройки send_rate"]
    assert "BRANCH_PHOTO" in texts[0] and "SEND_RATE" in texts[1]


def test_an_admin_is_missed_until_there_is_one(dealership: Dealership) -> None:
    def is_missed() -> bool:
        return any("администратора ещё нет" in each.russian for each in words.look(dealership.settings))

    assert is_missed()
    assert (
        dealership.types("users", "add", "--phone", "+375291112233", "--name", "Олег", "--role", "employee").code == 0
    )
    assert is_missed()
    assert dealership.types("users", "set", "+375291112233", "--role", "admin").code == 0
    assert not is_missed()


def test_a_misspelt_setting_is_shown_with_what_was_probably_meant(tmp_path: Path) -> None:
    settings = _settings(tmp_path, config="BRANCH_FOTO = 'x'", ADMIN_IDS="1", ORGANIZATION_NAME="x", PRIVACY_URL="")
    texts = [each.russian for each in words.look(settings)]
    assert len(texts) == 2
    assert "BRANCH_FOTO" in texts[0]
    assert "BRANCH_PHOTO" in texts[0]
    assert "PRIVACY_URL" in texts[1]


def _about(what: str, settings: Settings) -> Finding:
    return next(found for found in programs.look(settings) if what in found.russian)


def test_a_tesseract_that_is_not_there_is_worth_a_word(tmp_path: Path) -> None:
    found = _about("tesseract", _settings(tmp_path, BRANCH_TESSERACT=str(tmp_path / "tesseract.exe")))
    assert found.level is Level.WORTH


def test_a_tesseract_without_russian_is_worth_a_word(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (2):'; echo eng; echo osd\n", encoding="utf-8")
    program.chmod(0o755)
    found = _about("tesseract", _settings(tmp_path, BRANCH_TESSERACT=str(program)))
    assert found.level is Level.WORTH
    assert "rus" in found.russian


@pytest.mark.parametrize("answer", [json.dumps({"hello": "world"}), "[]", '{"result": true}', "<html>", ""])
async def test_an_answer_that_is_no_telegram_is_bad(tmp_path: Path, answer: str) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text=answer)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found = await token.look(_settings(tmp_path, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=site.name))
    await runner.cleanup()
    assert found.level is Level.BAD
    assert aiohttp.__name__ not in found.russian
    assert "TELEGRAM_API_URL" in found.russian


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (None, "не читается: файла нет"),
        ('ATTENTION_WORDS = ["плох" "грязь"]', "пропущена запятая"),
        ("ATTENTION_WORDS = [", "строка 1"),
    ],
)
def test_a_list_of_attention_words_that_can_not_be_read_is_worth_a_word(
    tmp_path: Path, written: str | None, why: str
) -> None:
    settings = _settings(tmp_path)
    if written is not None:
        settings.attention_words.parent.mkdir()
        settings.attention_words.write_text(written, encoding="utf-8")
    (found,) = check.attention_words(settings)
    assert found.level is Level.WORTH and why in found.russian
    settings.attention_words.parent.mkdir(exist_ok=True)
    settings.attention_words.write_text('ATTENTION_WORDS = ["плох"]', encoding="cp1251")
    assert list(check.attention_words(settings)) == []


def test_check_names_everything_wrong_with_the_settings(
    dealership: Dealership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVICE_STAGE", "Hidden")
    monkeypatch.setenv("ADMIN_IDS", "Анна")
    said = dealership.types("check")
    assert said.code == 1
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["ADMIN_IDS", "SERVICE_STAGE"]


def test_check_ends_with_one_when_something_necessary_is_missing(
    dealership: Dealership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    dealership.order("a00017732", "{}")
    said = dealership.types("check")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert TOKEN not in said.out + said.err
