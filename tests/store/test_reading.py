"""The card of a folder is found under any spelling and read without following anything out of the store."""

import os
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from dealer_bot.domain.content import LIMIT
from dealer_bot.domain.traces import Trace
from dealer_bot.store.reading import read_card, retrace, trace_of

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="pipes and symlinks are made differently on Windows")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "a00017732"
    made.mkdir()
    return made


@pytest.mark.parametrize("name", ["content.txt", "CONTENT.TXT", "content.txt.txt", "conтеnt.txt"])
def test_the_card_is_read_under_every_spelling(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"{}")
    trace = trace_of(str(folder))
    assert (trace.name, trace.problem) == (name, None)
    data, read = read_card(str(folder), trace)
    assert (data, read) == (b"{}", trace)


def test_two_candidates_are_told_and_none_is_chosen(folder: Path) -> None:
    (folder / "content.txt").write_bytes(b"{}")
    (folder / "content.txt.txt").write_bytes(b"{}")
    trace = trace_of(str(folder))
    assert (trace.name, trace.problem) == (None, "two_candidates")


def test_a_folder_without_a_card_says_so_until_one_is_put_there(folder: Path) -> None:
    bare = trace_of(str(folder))
    assert (bare.name, bare.problem) == (None, "no_content")
    assert retrace(str(folder), bare) is bare
    (folder / "content.txt").write_bytes(b"{}")
    os.utime(folder, ns=(bare.mtime_ns + 1, bare.mtime_ns + 1))
    assert retrace(str(folder), bare).name == "content.txt"


def test_an_unchanged_card_has_the_same_trace_and_a_changed_one_another(folder: Path) -> None:
    card = folder / "content.txt"
    card.write_bytes(b"{}")
    first = trace_of(str(folder))
    assert retrace(str(folder), first) is first
    card.write_bytes(b"{ }")
    assert retrace(str(folder), first) != first


def test_a_card_replaced_by_another_file_of_equal_size_and_time_is_noticed(folder: Path) -> None:
    card, other = folder / "content.txt", folder / "new"
    card.write_bytes(b"{1}")
    first = trace_of(str(folder))
    other.write_bytes(b"{2}")
    os.utime(other, ns=(first.mtime_ns, first.mtime_ns))
    other.replace(card)
    assert retrace(str(folder), first) != first


def test_a_card_renamed_to_another_spelling_is_found_again(folder: Path) -> None:
    (folder / "content.txt").write_bytes(b"{}")
    first = trace_of(str(folder))
    (folder / "content.txt").rename(folder / "Content.txt.TXT")
    assert retrace(str(folder), first).name == "Content.txt.TXT"


def test_no_more_than_just_over_the_limit_is_read(folder: Path) -> None:
    (folder / "content.txt").write_bytes(b"x" * (10 * 1024 * 1024))
    data, _ = read_card(str(folder), trace_of(str(folder)))
    assert len(data) == LIMIT + 1


@pytest.mark.parametrize("size", [0, 1, LIMIT - 1, LIMIT, LIMIT + 1])
def test_a_card_up_to_the_limit_is_read_whole(folder: Path, size: int) -> None:
    (folder / "content.txt").write_bytes(b"x" * size)
    data, _ = read_card(str(folder), trace_of(str(folder)))
    assert len(data) == size


def test_bytes_are_never_taken_for_a_version_that_they_are_not_of(folder: Path) -> None:
    """What is written while it is read is not read: the trace would be of one version, the bytes of the next."""
    card, written = folder / "content.txt", Event()
    card.write_bytes(b"{}")
    trace = trace_of(str(folder))

    def write_anew() -> None:
        while not written.is_set():
            with card.open("wb", buffering=0) as file:
                for _ in range(200):
                    file.write(b"x" * 50)

    writer = Thread(target=write_anew)
    writer.start()
    read = [_sizes(folder, trace) for _ in range(3000)]
    written.set()
    writer.join()
    assert [sizes for sizes in read if sizes is not None and sizes[0] != sizes[1]] == []


def _sizes(folder: Path, trace: Trace) -> tuple[int, int] | None:
    try:
        data, read = read_card(str(folder), trace)
    except OSError:
        return None
    return len(data), read.size


@posix_only
def test_a_symlink_in_the_cards_place_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("{}")
    (folder / "content.txt").symlink_to(secret)
    trace = trace_of(str(folder))
    assert trace.problem == "not_a_file"
    with pytest.raises(OSError):
        read_card(str(folder), trace)


@posix_only
def test_a_pipe_in_the_cards_place_hangs_nobody(folder: Path) -> None:
    os.mkfifo(folder / "content.txt")
    trace = trace_of(str(folder))
    assert trace.problem == "not_a_file"
    started = time.monotonic()
    data, read = read_card(str(folder), trace)
    assert (data, read.problem) == (b"", "not_a_file")
    assert time.monotonic() - started < 5


def test_a_folder_in_the_cards_place_is_no_card(folder: Path) -> None:
    (folder / "content.txt").mkdir()
    assert trace_of(str(folder)).problem == "not_a_file"
