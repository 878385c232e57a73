"""A mail server that would take no warning is told of before there is one."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealer_bot.checks.finding import Level
from dealer_bot.cli import check
from dealer_bot.settings import Settings, load

PASSWORD = "correct-horse"


class Clerk(socketserver.StreamRequestHandler):
    """As much of a mail server as a greeting needs (RFC 5321, RFC 4954)."""

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            word = line.split()[0].upper()
            self.wfile.write(
                {b"EHLO": b"250-test\r\n250 AUTH PLAIN\r\n", b"AUTH": self._judged(line)}.get(word, b"250 ok\r\n")
            )

    def _judged(self, line: bytes) -> bytes:
        return b"235 ok\r\n" if line.split()[-1] == b"AGJvdABjb3JyZWN0LWhvcnNl" else b"535 no\r\n"


@pytest.fixture
def clerk() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clerk) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def _settings(tmp_path: Path, port: int, user: str = "", password: str = "") -> Settings:
    (tmp_path / "config.py").write_text("", encoding="utf-8")
    addresses = {"SMTP_FROM": "bot@example.com", "SMTP_TO": "a@example.com"}
    login = {"SMTP_USER": user, "SMTP_PASSWORD": password}
    return load(tmp_path / "config.py", {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), **addresses, **login})


@pytest.mark.parametrize(("user", "password"), [("", ""), ("bot", PASSWORD)])
def test_a_server_that_lets_the_bot_in_is_good(tmp_path: Path, clerk: int, user: str, password: str) -> None:
    (found,) = check.mail(_settings(tmp_path, clerk, user, password))
    assert found.level is Level.GOOD


@pytest.mark.parametrize("password", ["wrong-horse", "верный-конь"])
def test_a_refused_password_is_named_and_not_shown(tmp_path: Path, clerk: int, password: str) -> None:
    (found,) = check.mail(_settings(tmp_path, clerk, "bot", password))
    assert found.level is Level.WORTH and "SMTP_PASSWORD" in found.russian
    assert password not in found.russian + found.english


def test_a_server_that_is_not_there_is_named_with_what_to_look_at(tmp_path: Path) -> None:
    (found,) = check.mail(_settings(tmp_path, 1))
    assert found.level is Level.WORTH and "SMTP_PORT" in found.russian and "SMTP_PORT" in found.english


def test_without_a_mail_server_nothing_is_said_of_it(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("", encoding="utf-8")
    assert list(check.mail(load(tmp_path / "config.py", {}))) == []
