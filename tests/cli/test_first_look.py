"""A first start reads the store beside its imports, and whatever was read by their end counts."""

import json
import time
from pathlib import Path

import pytest

from database import known_orders, orders
from database.connection import Database
from database.exclusive import Exclusive
from dealer_bot.cli.first_look import looking_meanwhile
from dealer_bot.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for n in range(3):
        folder = tmp_path / "store" / f"a{n}"
        folder.mkdir(parents=True)
        (folder / "content.txt").write_text(json.dumps({"order": f"a{n}", "phone": "+375298888808"}), "utf-8")
    monkeypatch.setenv("BRANCH_PHOTO", str(tmp_path / "store"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.sqlite3")
    monkeypatch.setenv("SPOOL_DIR", str(tmp_path / "spool"))
    return load()


def _known(settings: Settings) -> int:
    database = Database(settings.database_url)
    database.open()
    try:
        return sum(database.read_now(orders.counts).values())
    finally:
        database.close()


def _until_known(settings: Settings, number: int) -> None:
    deadline = time.monotonic() + 30
    while _known(settings) < number:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_first_start_finds_the_orders_while_it_imports_and_leaves_the_lock_free(settings: Settings) -> None:
    with looking_meanwhile(settings):
        _until_known(settings, 3)
    with Exclusive(settings.database_path):
        assert _known(settings) == 3


def test_a_look_that_is_not_done_by_the_end_of_the_imports_is_given_up(settings: Settings) -> None:
    with looking_meanwhile(settings):
        pass
    with Exclusive(settings.database_path):
        assert _known(settings) <= 3


def test_a_later_start_begins_no_process(settings: Settings) -> None:
    database = Database(settings.database_url)
    database.open()
    database.write_now(known_orders.remember_root, str(settings.branch_photo), 0)
    database.close()
    before = _children()
    with looking_meanwhile(settings):
        assert _children() == before
    assert _known(settings) == 0


def _children() -> set[str]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}


def test_a_store_that_is_away_keeps_no_start_from_going_on(settings: Settings) -> None:
    (settings.branch_photo).rename(settings.branch_photo.with_name("away"))
    with looking_meanwhile(settings):
        pass
    assert _known(settings) == 0
