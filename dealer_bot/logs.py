"""One line a record: time (UTC), level, logger, event, key=value. Neither the token nor a whole phone gets out.

Fields are given as `extra`: `log.info("photo kept", extra={"order": 17, "media": 3})`. Whole numbers among them are
taken for ids and left as they are; every text, argument and traceback goes through the Redactor.
"""

import json
import logging
import re
import sys
import threading
import traceback
import unicodedata
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_PLAIN = re.compile(r"[^\s\"=]+")

_ANY_TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%(?:25)*3[Aa])[A-Za-z0-9_-]{30,}")
_PASSWORD = re.compile(r"(?<=://)[^/\s@:]*:[^/\s@]*@")
_GAP = r"(?:[\s().\-\u2010-\u2015]|\\xa0|\\u20[0-9a-f]{2}){0,2}"  # between two digits of a phone, also inside a repr
_PHONE = re.compile(
    rf"""
    (?:\+|%2[Bb])\s?\d(?:{_GAP}\d){{6,}}                           # with +: always a phone
    | (?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))                         # without: not in the middle of a word
      (?<!tg:)(?<!id=)(?<!id[ ])                                 # nor the id of an account or an update
      (?!(?:19|20)\d\d-?\d\d-?\d\d(?!\d))                        # nor a date
      \(?\d(?:{_GAP}\d){{7,14}}(?![A-Za-z0-9_])
    """,
    re.VERBOSE,
)


class Redactor:
    """Takes tokens, passwords of proxies and phones out of a text."""

    def __init__(self, token: str | None = None) -> None:
        self._own_token = _forms_of(token) if token else None

    def clean(self, text: str) -> str:
        """The text without secrets. Rather a number too many is hidden than one too few."""
        if self._own_token is not None:
            text = self._own_token.sub("[token]", text)
        text = _ANY_TOKEN.sub("[token]", text)
        text = _PASSWORD.sub("[secret]@", text)
        return _PHONE.sub("[phone]", text)


def _forms_of(token: str) -> re.Pattern[str]:
    number, _, secret = token.partition(":")
    whole = rf"{re.escape(number)}(?::|%(?:25)*3[Aa]){re.escape(secret)}"
    return re.compile(rf"{whole}|{re.escape(secret)}" if len(secret) >= 20 else whole)


class LineFormatter(logging.Formatter):
    """A record as one line; never raises, whatever was logged."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        parts = [at, record.levelname, record.name, _one_line(self._redactor.clean(_message(record)))]
        parts += [f"{name}={self._value(value)}" for name, value in vars(record).items() if name not in _STANDARD]
        if trace := _trace(record):
            parts.append(f"trace={self._value(trace)}")
        return " ".join(parts)

    def _value(self, value: object) -> str:
        if value is None or isinstance(value, bool | int | float):
            return str(value)
        text = self._redactor.clean(_as_text(value))
        return (
            text if _PLAIN.fullmatch(text) and text.isprintable() else _one_line(json.dumps(text, ensure_ascii=False))
        )


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # arguments that don't fit: the default would print them raw
        return f"{record.msg} [arguments don't fit]"


def _as_text(value: object) -> str:
    try:
        return str(value)
    except Exception:
        return f"[{type(value).__name__}]"


def _trace(record: logging.LogRecord) -> str:
    trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
    return (trace + (record.stack_info or "")).rstrip()


def _one_line(text: str) -> str:
    """Control and invisible characters as escapes: a client's text can't forge a line of the log."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or _is_space(letter) else _escaped(letter) for letter in text)


def _is_space(letter: str) -> bool:
    return unicodedata.category(letter) == "Zs"


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


class _LineHandler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk or a closed terminal loses a line; the default would print the raw arguments."""


def set_up(token: str | None = None, level: str = "INFO", stream: TextIO | None = None) -> logging.Handler:
    """Everything that is logged, warned or uncaught goes to `stream` (stderr) as redacted lines."""
    handler = _LineHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(Redactor(token)))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("aiogram.event", "aiohttp.access"):
        logging.getLogger(name).setLevel("WARNING")
    logging.getLogger("peewee").setLevel("INFO")  # its DEBUG is SQL with people's words in it
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable
    return handler


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("dealer_bot").critical("uncaught", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and args.exc_type is not SystemExit:
        thread = args.thread.name if args.thread else ""
        info = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("dealer_bot").critical("uncaught", extra={"in_thread": thread}, exc_info=info)


def _unraisable(args: Any) -> None:
    if args.exc_value is not None:
        info = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("dealer_bot").error("unraisable", exc_info=info)
