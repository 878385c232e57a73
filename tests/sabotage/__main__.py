"""Plants each bug in a copy of the project and runs the tests that must find it. `python -m tests.sabotage [words]`.

Exit status 0: every one was found. A bug that can't be planted, or that no test finds, is told and counts as failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.sabotage import PLANTS
from tests.sabotage.plants import ROOT, Plant

LONGEST_S = 300
TESTS_FAILED = 1
"""Pytest's exit status; others mean that it could not even run them."""
PLACES = ("config.py", "pyproject.toml", "dealer_bot", "database", "tests", "storage_sample", "benchmarks", "scripts")


@dataclass(frozen=True, slots=True)
class Verdict:
    is_good: bool
    told: str
    took_s: float


class Copies:
    """One copy of the project for each worker."""

    def __init__(self, folder: Path, count: int) -> None:
        self._free: SimpleQueue[Path] = SimpleQueue()
        for number in range(count):
            self._free.put(_copied(folder / str(number)))

    @contextmanager
    def one(self) -> Iterator[Path]:
        copy = self._free.get()
        try:
            yield copy
        finally:
            self._free.put(copy)


def _copied(to: Path) -> Path:
    to.mkdir()
    left_out = shutil.ignore_patterns("__pycache__", "*.sqlite3*", "*.lock", "spool")
    for place in (ROOT / name for name in PLACES):
        if place.is_dir():
            shutil.copytree(place, to / place.name, ignore=left_out)
        elif place.exists():
            shutil.copy(place, to)
    return to


@contextmanager
def _planted(plant: Plant, copy: Path) -> Iterator[None]:
    files = {edit.file for edit in plant.edits}
    try:
        for edit in plant.edits:
            edit.apply(copy)
        yield
    finally:
        for name in files:
            shutil.copy(ROOT / name, copy / name)


def _tried(plant: Plant, copies: Copies) -> Verdict:
    started = time.monotonic()
    with copies.one() as copy:
        try:
            with _planted(plant, copy):
                good, told = _judged(_pytest(copy, plant.found_by))
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            good, told = False, f"could not be tried: {error}"
    return Verdict(good, told, time.monotonic() - started)


def _pytest(copy: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", *tests),
        cwd=copy,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},  # a file changed within a second would be taken as compiled
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )


def _judged(run: subprocess.CompletedProcess[str]) -> tuple[bool, str]:
    lines = run.stdout.strip().splitlines()
    if run.returncode == 0:
        return False, "no test found it"
    failed = next((line for line in lines if line.startswith("FAILED ")), None)
    if run.returncode != TESTS_FAILED or failed is None:
        return False, f"the tests could not run: {lines[-1] if lines else run.stderr.strip()[-300:]}"
    return True, failed.removeprefix("FAILED ").partition(" - ")[0]


def main(words: list[str]) -> int:
    chosen = [plant for plant in PLANTS if all(word in plant.name for word in words)]
    started, workers = time.monotonic(), os.cpu_count() or 2
    with tempfile.TemporaryDirectory(prefix="dealer_bot_sabotage_") as folder, ThreadPoolExecutor(workers) as pool:
        copies, good = Copies(Path(folder), workers), 0
        for plant, verdict in zip(chosen, pool.map(lambda each: _tried(each, copies), chosen), strict=True):
            good += verdict.is_good
            _say(f"{'found' if verdict.is_good else 'MISSED':6} {verdict.took_s:5.1f} s  {plant.name}: {verdict.told}")
    _say(f"{good} of {len(chosen)} planted bugs found in {time.monotonic() - started:.0f} s")
    return 0 if good == len(chosen) else 1


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
