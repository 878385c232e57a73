"""Starting: settings that are wrong stop a command, and light commands stay light."""

import subprocess
import sys
from typing import Any

import pytest

from dealer_bot.settings import PROJECT_DIR
from tests.cli.conftest import Dealership

AS_FROM_A_KEYBOARD: dict[str, Any] = {"cwd": PROJECT_DIR, "capture_output": True, "text": True, "check": False}


@pytest.mark.parametrize("argv", [("users", "list"), ("orders",), ("log", "--outside")])
def test_light_commands_import_neither_aiogram_nor_opencv(dealership: Dealership, argv: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom dealer_bot.cli.entry import main\n"
        f"assert main({argv!r}) == 0\n"
        "print([name for name in ('aiogram', 'cv2', 'aiohttp', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("argv", [("run",), ("users", "list"), ("orders",), ("log", "--outside")])
def test_wrong_settings_refuse_every_command_in_one_line(
    dealership: Dealership, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SERVICE_STAGE", "Hidden")
    monkeypatch.setenv("RESCAN_S", "soon")
    said = dealership.types(*argv)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "SERVICE_STAGE" in said.err
    assert "RESCAN_S" in said.err


def test_run_without_a_token_says_where_to_get_one(dealership: Dealership, monkeypatch: pytest.MonkeyPatch) -> None:
    if dealership.settings.bot_token is not None:
        pytest.skip("a token is set for this project")
    said = dealership.types("run")
    assert said.code == 1
    assert "@BotFather" in said.err


def test_a_database_that_is_none_is_refused_with_one_line(dealership: Dealership) -> None:
    path = dealership.settings.database_path
    path.parent.mkdir()
    path.write_bytes(b"this is a letter, not a database, and it is long enough to be read as one" * 20)
    said = dealership.types("users", "list")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "база данных" in said.err


def test_a_python_without_the_libraries_is_told_which_one_has_them() -> None:
    done = subprocess.run([sys.executable, "-S", "-m", "dealer_bot", "check"], **AS_FROM_A_KEYBOARD)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "нет библиотеки" in done.stderr
    assert " -m pip install -r " in done.stderr or "python -m dealer_bot" in done.stderr


def test_a_python_that_is_too_old_is_told_which_one_is_needed() -> None:
    """What it would not understand is not even looked at."""
    older = "import runpy, sys; sys.version_info = (3, 10, 13); runpy.run_module('dealer_bot', run_name='__main__')"
    done = subprocess.run([sys.executable, "-S", "-c", older], **AS_FROM_A_KEYBOARD)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "Python 3.11" in done.stderr


@pytest.mark.parametrize("port", ["99999", "-1", "8080x", ""])
def test_a_port_that_is_none_is_wrong_usage(dealership: Dealership, port: str) -> None:
    said = dealership.types("demo", "--port", port)
    assert (said.code, said.out) == (2, "")
    assert "Traceback" not in said.err and "65535" in said.err


def test_english_is_spoken_where_it_is_set(dealership: Dealership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    assert dealership.types("users", "list").out == "Nobody yet.\n"
