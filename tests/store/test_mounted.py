"""A folder on another machine's disk is known as such, also before it is made and behind a link."""

from pathlib import Path

import pytest

from dealer_bot.store.mounted import network_kind


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    (tmp_path / "mounts").write_text(f"/dev/vda1 / ext4 rw 0 0\n//server/s {tmp_path}/share cifs rw 0 0\n")
    return tmp_path / "mounts"


def test_a_file_that_is_not_there_yet_is_judged_by_its_folder(tmp_path: Path, table: Path) -> None:
    assert network_kind(tmp_path / "share" / "base" / "bot.sqlite3", table) == "cifs"
    assert network_kind(tmp_path / "base" / "bot.sqlite3", table) is None


def test_a_link_to_a_share_is_the_share(tmp_path: Path, table: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "share")
    assert network_kind(tmp_path / "link" / "bot.sqlite3", table) == "cifs"


def test_where_the_system_does_not_tell_a_disk_counts_as_local(tmp_path: Path) -> None:
    assert network_kind(tmp_path, tmp_path / "no table") is None


def test_the_disk_of_these_tests_is_local(tmp_path: Path) -> None:
    assert network_kind(tmp_path) is None
