"""Pictures are read by processes of their own: what happens to one of them happens to nobody else."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dealer_bot.domain.readings import Miss, Reading
from dealer_bot.recognition.readers import Readers
from tests.recognition.drawing import BARCODE, bars, on_paper

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")


NO_PLATES = "no such program"
"""What is tried here are processes: barcodes alone keep them busy for long enough."""


@pytest.fixture
async def readers() -> AsyncIterator[Readers]:
    some = Readers(NO_PLATES)
    yield some
    await some.close()


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.png"
    on_paper(bars()).save(path)
    return path


def _children(of: int | None = None) -> set[int]:
    """Processes that read pictures for a process, this one unless another is named."""
    parent = of or os.getpid()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_child = f"\nPPid:\t{parent}\n" in (folder / "status").read_text()
            is_reader = b"dealer_bot.recognition" in (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if is_child and is_reader:
            found.add(int(folder.name))
    return found


async def _until(what: Callable[[], bool], within_s: float = 30) -> None:
    async with asyncio.timeout(within_s):
        while not what():
            await asyncio.sleep(0.02)


async def test_a_barcode_is_read_and_what_is_no_picture_is_said(readers: Readers, sheet: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.jpg").write_text("no picture", encoding="utf-8")
    assert (await readers.read(sheet)).barcodes == (BARCODE,)
    assert await readers.read(tmp_path / "notes.jpg") == Reading(cause=Miss.UNREADABLE_FILE)


@linux_only
async def test_one_process_serves_one_picture_after_the_other(readers: Readers, sheet: Path) -> None:
    await readers.read(sheet)
    first = _children()
    await readers.read(sheet)
    assert len(first) == 1 and _children() == first


@linux_only
async def test_no_more_processes_are_begun_than_allowed(readers: Readers, sheet: Path) -> None:
    readings = await asyncio.gather(*(readers.read(sheet) for _ in range(5)))
    assert {reading.barcodes for reading in readings} == {(BARCODE,)}
    assert len(_children()) == 2


@linux_only
async def test_a_process_that_died_while_it_waited_is_replaced(readers: Readers, sheet: Path) -> None:
    await readers.read(sheet)
    (idle,) = _children()
    os.kill(idle, signal.SIGKILL)
    assert (await readers.read(sheet)).barcodes == (BARCODE,)
    assert _children() and idle not in _children()


@linux_only
async def test_a_picture_that_kills_its_process_is_unreadable_and_the_next_one_is_read(
    readers: Readers, sheet: Path, tmp_path: Path
) -> None:
    fifo = tmp_path / "endless"
    os.mkfifo(fifo)
    reading = asyncio.create_task(readers.read(fifo))
    await _until(lambda: len(_children()) == 1)
    os.kill(_children().pop(), signal.SIGSEGV)
    assert await reading == Reading(cause=Miss.UNREADABLE_FILE)
    assert (await readers.read(sheet)).barcodes == (BARCODE,)


@linux_only
async def test_a_picture_that_takes_too_long_is_given_up_and_its_process_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    readers, fifo = Readers(NO_PLATES, longest_s=0.3), tmp_path / "endless"
    os.mkfifo(fifo)
    assert await readers.read(fifo) == Reading(cause=Miss.TIMED_OUT)
    assert _children() == set()
    assert list(tmp_path.iterdir()) == [fifo]


def _most_megabytes(pid: int) -> int:
    (line,) = (each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


@linux_only
async def test_a_picture_that_swells_is_refused_before_it_takes_the_machines_memory(
    readers: Readers, sheet: Path, tmp_path: Path
) -> None:
    Image.new("RGBA", (8000, 3990), (200, 200, 200, 128)).save(tmp_path / "glass.png", compress_level=1)
    assert await readers.read(tmp_path / "glass.png") == Reading(cause=Miss.UNREADABLE_FILE)
    (process,) = _children()
    assert (await readers.read(sheet, [f"{number:037}" for number in range(25_000)])).barcodes == (BARCODE,)
    assert _children() == {process} and _most_megabytes(process) < 300


@linux_only
async def test_who_no_longer_wants_to_know_takes_the_work_with_him(readers: Readers, tmp_path: Path) -> None:
    fifo = tmp_path / "endless"
    os.mkfifo(fifo)
    reading = asyncio.create_task(readers.read(fifo))
    await _until(lambda: bool(_children()))
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert _children() == set()


async def test_where_no_process_can_be_begun_pictures_are_not_read_and_nothing_fails(
    sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(sheet.parent / "no python"))
    assert await Readers().read(sheet) == Reading(cause=Miss.NOT_INSTALLED)


async def test_without_zbar_the_other_program_reads(
    sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("libzbar.so.0", "libzbar.so"):
        (tmp_path / name).write_bytes(b"broken")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    readers = Readers(NO_PLATES)
    assert (await readers.read(sheet)).barcodes == (BARCODE,)
    await readers.close()


async def test_neither_token_nor_passwords_are_where_strangers_files_are_opened(
    readers: Readers, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BOT_TOKEN", "SMTP_PASSWORD", "PROXY_URL"):
        monkeypatch.setenv(name, "42:SECRET")
    await readers.read(sheet)
    for child in _children():
        assert b"42:SECRET" not in Path(f"/proc/{child}/environ").read_bytes()


def _is_dead(pid: int) -> bool:
    """Gone, or waiting for somebody to be told so."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


_BOT = """
import asyncio, pathlib, sys
from dealer_bot.recognition.readers import Readers
asyncio.run(Readers().read(pathlib.Path(sys.argv[1])))
"""


@linux_only
async def test_a_killed_bot_leaves_no_reader_behind(tmp_path: Path) -> None:
    fifo = tmp_path / "endless"
    os.mkfifo(fifo)
    (tmp_path / "tmp").mkdir()
    bot = subprocess.Popen([sys.executable, "-c", _BOT, str(fifo)], env=os.environ | {"TMPDIR": str(tmp_path / "tmp")})
    await _until(lambda: bool(_children(bot.pid)))
    (reader,) = _children(bot.pid)
    bot.kill()
    bot.wait()
    await _until(lambda: _is_dead(reader))
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.alone
async def test_others_are_answered_while_heavy_pictures_are_read(
    readers: Readers, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (3000, 4000), np.uint8)
    Image.fromarray(noise).save(tmp_path / "heavy.jpg", quality=90)
    worst, at = 0.0, time.monotonic()
    reading = asyncio.gather(*(readers.read(tmp_path / "heavy.jpg") for _ in range(2)))
    while not reading.done():
        await asyncio.sleep(0.005)
        worst, at = max(worst, time.monotonic() - at - 0.005), time.monotonic()
    await reading
    record_property("figure", f"longest wait of others while 12 megapixels are read twice: {worst * 1000:.0f} ms")
    assert worst < 0.2
