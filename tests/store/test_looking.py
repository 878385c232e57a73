"""One look lists the root once and opens nothing that it wasn't asked for."""

import sys
from pathlib import Path

import pytest

from dealer_bot.store.birth import birth_ms
from dealer_bot.store.errors import StoreUnavailable
from dealer_bot.store.looking import is_folder, list_folders, look_into


def put(root: Path, name: str, card: bytes | None = b"{}") -> Path:
    folder = root / name
    folder.mkdir()
    if card is not None:
        (folder / "content.txt").write_bytes(card)
    return folder


def test_every_folder_is_named_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, "a1")
    put(tmp_path, "a2", None)
    (tmp_path / "readme.txt").write_text("no folder")
    assert sorted(list_folders(str(tmp_path)).names) == ["a1", "a2"]


def test_a_symlink_among_the_folders_is_refused(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside")
    root = tmp_path / "root"
    root.mkdir()
    (root / "a1").symlink_to(outside, target_is_directory=True)
    seen = list_folders(str(root))
    assert (seen.names, seen.refused) == ([], ["a1"])
    assert not is_folder(str(root / "a1"))
    assert is_folder(str(outside))


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_root_that_cannot_be_listed_is_unavailable(tmp_path: Path, kind: str) -> None:
    root = tmp_path / kind
    if kind == "file":
        root.write_text("")
    with pytest.raises(StoreUnavailable):
        list_folders(str(root))


def test_a_known_card_is_not_looked_for_again_unless_the_look_is_thorough(tmp_path: Path) -> None:
    folder = put(tmp_path, "a1")
    known = look_into(str(folder))
    (folder / "Content.txt").write_bytes(b"{}")  # a second candidate, the first untouched
    assert look_into(str(folder), known) is known
    thorough = look_into(str(folder))
    assert thorough is not None
    assert thorough.problem == "two_candidates"


def test_a_folder_that_left_during_the_look_is_left_to_the_next_one(tmp_path: Path) -> None:
    assert look_into(str(tmp_path / "gone")) is None


@pytest.mark.skipif(sys.platform != "linux", reason="kept by other systems in other ways")
def test_adding_files_does_not_move_the_day_a_folder_was_born(tmp_path: Path) -> None:
    folder = put(tmp_path, "a1")
    born = birth_ms(str(folder))
    (folder / "Body").mkdir()
    (folder / "content.txt").write_bytes(b"{ }")
    renamed = folder.rename(tmp_path / "a1 closed")
    assert birth_ms(str(renamed)) == born
    if born is None:
        pytest.skip("this file system doesn't keep the time of birth")
    assert abs(born - folder.parent.stat().st_mtime * 1000) < 60_000


def test_nothing_has_no_birth(tmp_path: Path) -> None:
    assert birth_ms(str(tmp_path / "none")) is None
