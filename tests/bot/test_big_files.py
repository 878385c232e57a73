"""Files above 20 MB, with a Bot API server of one's own and without."""

from pathlib import Path

import pytest

from dealer_bot.bot.local_files import LocalFiles
from dealer_bot.domain.parcels import Fetched, Later
from tests.bot.world import World

TOKEN, BIG = "42:TEST", 48 * 2**20


async def test_a_bot_api_server_of_our_own_hands_out_big_films_and_is_left_clean(tmp_path: Path) -> None:
    async with World(tmp_path, TELEGRAM_API_LOCAL="1") as world:
        anna, peter = await world.employee("Анна"), await world.client()
        await world.enters(anna)
        await anna.films(size=BIG)
        await peter.sees_media("video")
        await anna.sees("сохранено 1 из 1")
        assert [each.stat().st_size for each in world.kept()] == [BIG]
        assert [each for each in (tmp_path / "telegram").rglob("*") if each.is_file()] == []


async def test_a_big_film_of_the_service_stage_is_kept_with_our_own_server(tmp_path: Path) -> None:
    async with World(tmp_path, TELEGRAM_API_LOCAL="1") as world:
        anna = await world.employee("Анна")
        await world.enters(anna, stage="Для сервисных нужд")
        await anna.films(size=BIG)
        await anna.sees("сохранено 1 из 1")
        assert [each.stat().st_size for each in world.kept("Service")] == [BIG]


async def test_a_clients_film_that_is_too_big_for_the_folder_reaches_his_master_who_is_told(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Снимите, пожалуйста, звук мотора")
    await peter.sees("звук мотора")
    await peter.films(size=BIG)
    await anna.sees_media("video")
    told = await anna.sees("файл клиента больше 20 МБ")
    await world.quiet()
    assert told.text.startswith("a00017732") and world.kept("Client") == []
    assert len([each for each in await anna.chat() if "больше 20 МБ" in each.text]) == 1


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """What the server has fetched, as we see its folder."""
    folder = tmp_path / "server" / TOKEN / "videos"
    folder.mkdir(parents=True)
    (folder / "file_7.mp4").write_bytes(b"film")
    return tmp_path / "server"


def test_a_folder_that_is_called_otherwise_here_is_found(server: Path, tmp_path: Path) -> None:
    taken = LocalFiles(TOKEN, server).take(f"/var/lib/telegram-bot-api/{TOKEN}/videos/file_7.mp4", 4, tmp_path / "1")
    assert isinstance(taken, Fetched) and (tmp_path / "1").read_bytes() == b"film"
    assert not (server / TOKEN / "videos" / "file_7.mp4").exists()


def test_a_server_on_windows_writes_the_token_without_its_colon(server: Path, tmp_path: Path) -> None:
    (server / TOKEN).rename(server / "42~TEST")
    told = "D:\\bot-api\\42~TEST\\videos\\file_7.mp4"
    assert isinstance(LocalFiles(TOKEN, server).take(told, 4, tmp_path / "1"), Fetched)


@pytest.mark.parametrize(
    "told",
    [
        "/etc/passwd",
        "",
        "videos/file_7.mp4",
        "/srv/43:OTHER/videos/file_7.mp4",
        f"/srv/{TOKEN}/../secret",
        f"/srv/{TOKEN}//file_7.mp4",
        f"/srv/{TOKEN}/link/secret",
    ],
)
def test_nothing_outside_the_bots_own_folder_is_taken(server: Path, tmp_path: Path, told: str) -> None:
    (server / "secret").write_bytes(b"film")
    (server / TOKEN / "link").symlink_to(server)
    assert LocalFiles(TOKEN, server).take(told, 4, tmp_path / "1") == Later(5.0, reason="file_path")
    assert (server / "secret").exists() and not (tmp_path / "1").exists()


def test_a_file_that_is_not_whole_is_left_to_the_next_try(server: Path, tmp_path: Path) -> None:
    taken = LocalFiles(TOKEN, server).take(f"/srv/{TOKEN}/videos/file_7.mp4", 5, tmp_path / "1")
    assert isinstance(taken, Later) and not (tmp_path / "1").exists()
    assert (server / TOKEN / "videos" / "file_7.mp4").exists()
