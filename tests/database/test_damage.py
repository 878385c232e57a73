"""Flipped bits and cut files: found out at the start, or one value is another and nothing else."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from database import beats, people
from database.condition import flaw_of
from database.connection import Database

FLIPS = 1000


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "t.sqlite3"
    made = Database(f"sqlite:///{path}")
    made.open()
    for number in range(50):
        person = made.write_now(lambda n=number: people.add(address=f"tg:{n}", name=f"Имя {n}"))
        made.write_now(people.bind, person.id, f"+37529{1_000_000 + number}", 1, 1)
    made.close()
    return path


def _content(path: Path) -> list[tuple[object, ...]]:
    """Every value of every table; sqlite3.Error if it can't be read."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        names = [row[0].decode() for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: list[tuple[object, ...]] = []
        for name in sorted(names):
            if not name.startswith("order_text"):
                found += [(name, *row) for row in connection.execute(f'SELECT * FROM "{name}" NOT INDEXED')]
        return found


def test_a_flipped_bit_is_found_out_or_changes_one_row(whole: Path, tmp_path: Path) -> None:
    chance, data, before = random.Random(20261121), whole.read_bytes(), _content(whole)
    damaged, found_out = tmp_path / "t.sqlite3", 0
    used = len(data) // 4096
    for _ in range(FLIPS):
        bit = chance.randrange(used * 4096 * 8)
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        damaged.write_bytes(bytes(flipped))
        for beside in tmp_path.glob("t.sqlite3-*"):
            beside.unlink()
        if flaw_of(damaged) is not None:
            found_out += 1
            continue
        after = _content(damaged)
        assert len(set(before) ^ set(after)) <= 2, bit
    assert found_out > 0


@pytest.mark.parametrize("part", [0, 1, 100, 512, 4095, 4096, 5000, 100_000])
def test_a_file_cut_short_is_found_out(whole: Path, tmp_path: Path, part: int) -> None:
    (tmp_path / "t.sqlite3").write_bytes(whole.read_bytes()[:part])
    assert (flaw_of(tmp_path / "t.sqlite3") is not None) or part == 0


def test_a_log_cut_short_loses_its_end_and_nothing_before_it(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path}/t.sqlite3")
    made.open()
    for number in range(20):
        made.write_now(beats.beat, f"n{number:02}", number)
    base, log = (tmp_path / "t.sqlite3").read_bytes(), (tmp_path / "t.sqlite3-wal").read_bytes()
    made.close()
    (tmp_path / "cut").mkdir()
    path = tmp_path / "cut" / "t.sqlite3"
    for size in range(0, len(log), 3000):
        path.write_bytes(base)
        path.with_name("t.sqlite3-shm").unlink(missing_ok=True)
        path.with_name("t.sqlite3-wal").write_bytes(log[:size])
        assert flaw_of(path) is None
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'beats'").fetchone()[0]
            names = [row[0] for row in connection.execute("SELECT name FROM beats ORDER BY name")] if tables else []
        assert names == [f"n{number:02}" for number in range(len(names))]
