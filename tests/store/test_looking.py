"""One look lists the root once and opens nothing that it wasn't asked for."""

import sys
from pathlib import Path

import pytest

from dealer_bot.store.birth import birth_ms
from dealer_bot.store.errors import StoreUnavailable
from dealer_bot.store.looking import is_folder, look, look_into


def put(root: Path, name: str, card: bytes | None = b"{}") -> Path:
    folder = root / name
    folder.mkdir()
    if card is not None:
        (folder / "content.txt").write_bytes(card)
    return folder


def test_every_folder_is_named_and_only_the_wanted_are_looked_into(tmp_path: Path) -> None:
    put(tmp_path, "a1")
    put(tmp_path, "a2")
    (tmp_path / "readme.txt").write_text("no folder")
    seen = look(str(tmp_path), {}, lambda name: name == "a1")
    assert sorted(seen.names) == ["a1", "a2"]
    assert list(seen.traces) == ["a1"]


def test_a_symlink_among_the_folders_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(tmp_path, "outside")
    root = tmp_path / "root"
    root.mkdir()
    (root / "a1").symlink_to(outside, target_is_directory=True)
    seen = look(str(root), {}, lambda _: True)
    assert (seen.names, seen.refused) == ([], ["a1"])
    assert not is_folder(str(root / "a1"))
    assert is_folder(str(outside))


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_root_that_cannot_be_listed_is_unavailable(tmp_path: Path, kind: str) -> None:
    root = tmp_path / kind
    if kind == "file":
        root.write_text("")
    with pytest.raises(StoreUnavailable):
        look(str(root), {}, lambda _: True)


def test_a_known_card_is_not_looked_for_again_unless_the_look_is_thorough(tmp_path: Path) -> None:
    folder = put(tmp_path, "a1")
    known = look(str(tmp_path), {}, lambda _: True).traces
    (folder / "Content.txt").write_bytes(b"{}")  # a second candidate, the first untouched
    assert look(str(tmp_path), known, lambda _: True).traces == known
    assert look(str(tmp_path), known, lambda _: True, thorough=True).traces["a1"].problem == "two_candidates"


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
