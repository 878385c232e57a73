"""The watch only wakes; it may die and nothing is lost."""

import threading
from pathlib import Path

from dealer_bot.store.watching import Watch


def test_a_new_folder_and_a_renamed_one_wake_the_look(tmp_path: Path) -> None:
    woken = threading.Event()
    watch = Watch(tmp_path, woken.set)
    assert watch.start()
    try:
        (tmp_path / "a1").mkdir()
        assert woken.wait(5)
        woken.clear()
        (tmp_path / "a1").rename(tmp_path / "a1 closed")
        assert woken.wait(5)
    finally:
        watch.stop()


def test_an_error_of_the_woken_does_not_end_the_watch(tmp_path: Path) -> None:
    calls, woken = [0], threading.Event()

    def wake() -> None:
        calls[0] += 1
        if calls[0] == 1:
            raise ValueError("once")
        woken.set()

    watch = Watch(tmp_path, wake)
    watch.start()
    try:
        (tmp_path / "a1").mkdir()
        (tmp_path / "a2").mkdir()
        assert woken.wait(5)
    finally:
        watch.stop()


def test_what_cannot_be_watched_is_said_and_hurts_nothing(tmp_path: Path) -> None:
    watch = Watch(tmp_path / "missing", lambda: None)
    assert not watch.start()
    watch.stop()
