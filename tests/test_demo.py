"""The demo as a process: it plays to its end, and whatever becomes of it, leaves no program behind."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dealer_bot.demo.house import House
from dealer_bot.demo.words import Tongue
from dealer_bot.settings import PROJECT_DIR, load

STARTED = re.compile(r"процесс (\d+)")
GONE_S = 30
SEEN = (
    "Анна  сотрудник  не подключён",
    "a00017699  2026-11-16",
    "Номер …88-08 подтверждён",
    "⟨a00017732 · 0124 МН-1⟩",
    "Выберите стадию:",
    "«Автоцентр Север» · a00017732 · 0124 МН-1 · Приёмка",
    "сохранено 6 из 6, клиенту доставлено 6.",
    "_Анна_0006.mp4",
    "байт в байт around_the_lift.mp4",
    "✉️ a00017732 · 0124 МН-1",
    "Передано: Анна, a00017732",
    "из них в чат «Пётр»: 0",
    "Клиент не подключён",
    "Ольга",
    "заблокировал бота",
    "└── Service",
    "$ python -m dealer_bot log a00017732",
    "(внутреннее)",
    "коды выхода: bot 0, server 0",
)


@contextmanager
def demo(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`python -m dealer_bot demo --terminal`, with its temporary folders under `folder`."""
    environ = os.environ | {"LANGUAGE": "ru", "TMPDIR": str(folder), "PYTHONIOENCODING": "utf-8"}
    command = (sys.executable, "-m", "dealer_bot", "demo", "--terminal")
    with subprocess.Popen(command, cwd=PROJECT_DIR, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def children_of(process: subprocess.Popen[str]) -> list[int]:
    """The server and the bot, as soon as both have been started."""
    found: list[int] = []
    assert process.stdout is not None
    for line in process.stdout:
        found += map(int, STARTED.findall(line))
        if len(found) == 2:
            return found
    raise AssertionError("the demo ended before its programs ran")


def runs(pid: int) -> bool:
    """Whether there is such a process and it is no zombie."""
    told = subprocess.run(("ps", "-o", "stat=", "-p", str(pid)), capture_output=True, text=True, check=False).stdout
    return bool(told.strip()) and not told.strip().startswith("Z")


def are_gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + GONE_S
    while any(map(runs, pids)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not any(map(runs, pids))


def test_no_mail_leaves_the_demo_of_a_dealership_that_has_set_its_own(tmp_path: Path) -> None:
    config = tmp_path / "config.py"
    config.write_text("SMTP_HOST = 'mail.example.com'\nSMTP_FROM = 'bot@example.com'\nSMTP_TO = 'boss@example.com'\n")
    played = House(tmp_path, Tongue("ru"))
    played.url = "http://127.0.0.1:8081"
    assert load(config, environ=played.environ()).disk_min_gb == 0  # nothing else is told by mail


def test_the_main_job_is_played_to_its_end_and_nothing_stays_behind(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0, printed
    assert [line for line in SEEN if line not in printed] == []
    assert "\033" not in printed
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("blow", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_the_programs_end_with_the_demo_however_it_ends(tmp_path: Path, blow: signal.Signals, status: int) -> None:
    with demo(tmp_path) as process:
        children = children_of(process)
        process.send_signal(blow)
        process.communicate(timeout=60)
    assert process.returncode == status
    assert are_gone(children)


def test_a_bot_that_dies_is_told_at_once_and_the_demo_fails(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        server, bot = children_of(process)
        os.kill(bot, signal.SIGKILL)
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "bot: процесс завершился, код -9" in printed
    assert are_gone([server])
