"""What is logged is one readable line, and no secret is in it."""

import io
import logging
import sys
import time
from collections.abc import Iterator

import pytest
from aiohttp import ClientResponseError, RequestInfo
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from dealer_bot import logs

TOKEN = "42:TEST"
REAL_TOKEN = "123456789:AAEhBOweik6ad9rasiouYbtiNDW_uh7-xyz"
log = logging.getLogger("tests.logs")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What set_up writes; everything it changed in the process is put back."""
    root, hooks = logging.getLogger(), (sys.excepthook, sys.unraisablehook)
    before, level = root.handlers[:], root.level
    root.handlers.clear()
    stream = io.StringIO()
    logs.set_up(TOKEN, stream=stream)
    yield stream
    logging.captureWarnings(False)
    sys.excepthook, sys.unraisablehook = hooks
    root.handlers[:] = before
    root.setLevel(level)


def _leave_ours_alone() -> None:
    """The test runner's own handlers raise on what ours must survive."""
    root = logging.getLogger()
    root.handlers[:] = [handler for handler in root.handlers if isinstance(handler.formatter, logs.LineFormatter)]


def _download_refused(token: str) -> ClientResponseError:
    url = URL(f"https://api.telegram.org/file/bot{token}/photos/file_1.jpg", encoded=True)
    info = RequestInfo(url, "GET", CIMultiDictProxy(CIMultiDict()), url)
    return ClientResponseError(info, (), status=404, message="Not Found")


@pytest.mark.parametrize("token", [TOKEN, REAL_TOKEN, TOKEN.replace(":", "%3A"), REAL_TOKEN.replace(":", "%3a")])
def test_a_refused_download_does_not_leak_the_token(lines: io.StringIO, token: str) -> None:
    error = _download_refused(token)
    assert token in str(error)
    try:
        raise error
    except ClientResponseError:
        log.exception("download failed: %s", error, extra={"error": error})
    written = lines.getvalue()
    assert "download failed" in written
    assert "404" in written
    assert token not in written
    assert token.split(":")[-1] not in written


def test_the_token_is_hidden_in_causes_and_contexts_of_an_error(lines: io.StringIO) -> None:
    try:
        try:
            raise _download_refused(TOKEN)
        except ClientResponseError as error:
            raise RuntimeError(f"gave up on bot{TOKEN}") from error
    except RuntimeError:
        log.exception("failed")
    assert "gave up" in lines.getvalue()
    assert TOKEN not in lines.getvalue()


@pytest.mark.parametrize(
    "phone",
    [
        "+375291112233",
        "375291112233",
        "80291112233",
        "291112233",
        "+375 29 111-22-33",
        "8 (029) 111-22-33",
        "(029) 111-22-33",
        "+375 (29) 111 22 33",
        "+37888888808",
        "%2B375291112233",
        "29.111.22.33",
        "+375\u00a029\u00a0111\u201122\u201133",
    ],
)
def test_a_phone_is_hidden_wherever_it_stands(lines: io.StringIO, phone: str) -> None:
    log.warning("no order for %s", phone, extra={"phone": phone, "raw": {"phone": phone}})
    try:
        raise KeyError(f"\n{phone}")
    except KeyError:
        log.exception("unknown %r", f"\t{phone}")
    assert phone not in lines.getvalue()
    assert lines.getvalue().count("[phone]") == 5
    assert lines.getvalue().count("\n") == 2


def test_what_is_no_phone_stays_readable(lines: io.StringIO) -> None:
    text = "a00017732 20261121-143205_Анна_0007.jpg 2026-11-21 14:32:05 0124МН-1 …88-08 tg:987654321 id=987654321"
    log.info(text, extra={"person": 987654321, "at": 1795271525000, "day": "2026-11-21", "size": 20971520})
    line = lines.getvalue().strip()
    assert text in line
    assert line.endswith("person=987654321 at=1795271525000 day=2026-11-21 size=20971520")


def test_a_proxys_password_is_hidden(lines: io.StringIO) -> None:
    log.error("no way through %s", "socks5://me:p4ss@proxy.example:1080")
    assert "p4ss" not in lines.getvalue()
    assert "proxy.example" in lines.getvalue()


@pytest.mark.parametrize("text", ["1" * 100_000, "1 " * 50_000, "://" + ":" * 100_000, "+1" * 50_000, "%25" * 30_000])
def test_a_long_text_is_cleaned_in_a_moment(text: str) -> None:
    started = time.process_time()
    logs.Redactor(TOKEN).clean(text)
    assert time.process_time() - started < 2


def test_a_record_is_one_line_with_time_level_logger_event_and_fields(lines: io.StringIO) -> None:
    log.info("photo kept", extra={"order": "a00017732", "stage": "Кузовной ремонт"})
    line = lines.getvalue()
    assert line.count("\n") == 1
    at, rest = line.split(" ", 1)
    assert len(at) == len("2026-11-21T06:51:45.123Z")
    assert at.endswith("Z")
    assert rest == 'INFO tests.logs photo kept order=a00017732 stage="Кузовной ремонт"\n'


@pytest.mark.parametrize("control", ["\n", "\r", "\x1b[2J", "\x00", "\u2028", "\u202e", "\ud800", "\x85"], ids=ascii)
def test_a_clients_text_can_not_forge_a_line(lines: io.StringIO, control: str) -> None:
    _leave_ours_alone()
    log.info(f"said {control}2026 ERROR", extra={"text": f"a{control}b"})
    assert control[0] not in lines.getvalue().rstrip("\n")
    assert lines.getvalue().count("\n") == 1


def test_arguments_that_do_not_fit_lose_neither_the_line_nor_a_phone(
    lines: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    _leave_ours_alone()
    log.info("took %d of %s", "+375291112233")
    assert "arguments don't fit" in lines.getvalue()
    assert "+375291112233" not in lines.getvalue() + capsys.readouterr().err


def test_a_value_that_can_not_be_shown_is_named_by_its_kind(lines: io.StringIO) -> None:
    class Silent:
        def __str__(self) -> str:
            raise ValueError("no words")

    log.info("met", extra={"who": Silent()})
    assert "who=[Silent]" in lines.getvalue()


def test_a_closed_stream_costs_a_line_and_nothing_else(lines: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    _leave_ours_alone()
    lines.close()
    log.info("to nobody %s", "+375291112233")
    assert capsys.readouterr().err == ""


def test_an_uncaught_error_is_logged_without_secrets(lines: io.StringIO) -> None:
    try:
        raise _download_refused(TOKEN)
    except ClientResponseError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "CRITICAL dealer_bot uncaught" in lines.getvalue()
    assert TOKEN not in lines.getvalue()


def test_warnings_come_as_lines_too(lines: io.StringIO, recwarn: pytest.WarningsRecorder) -> None:
    logging.getLogger("py.warnings").warning("%s", "deprecated +375291112233")
    assert "deprecated [phone]" in lines.getvalue()
