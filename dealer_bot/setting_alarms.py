"""Settings of what administrators are told by themselves: the room on the disks, the digest, the mail."""

import re
from datetime import time
from pathlib import Path

from dealer_bot.setting_basics import Rule, Wrong, number_of, text_of

_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def _gigabytes(raw: object, _: Path) -> float:
    number = number_of(raw)
    if number is None or number < 0:
        raise Wrong("нужно число гигабайт; 0: не предупреждать")
    return number


def _time(raw: object, base: Path) -> time | None:
    text = text_of(raw, base)
    found = _TIME.fullmatch(text)
    if text and not found:
        raise Wrong("нужно время вида 20:00; пусто: сводку не присылать")
    return time(int(found[1]), int(found[2])) if found else None


def _host(raw: object, base: Path) -> str:
    text = text_of(raw, base)
    if any(char.isspace() or char in "/@" for char in text) or text.count(":") == 1 or not _may_be_asked_for(text):
        raise Wrong("нужно имя почтового сервера вида smtp.example.com, без порта")
    return text


def _may_be_asked_for(host: str) -> bool:
    """A name that no resolver would take is an exception there: two dots in a row, a label that is too long."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True


def _port(raw: object, _: Path) -> int:
    number = number_of(raw)
    if number is None or number != int(number) or not 0 < number < 65536:
        raise Wrong("нужен номер порта, обычно 587 или 465")
    return int(number)


def _mails(raw: object, base: Path) -> tuple[str, ...]:
    words = [word.strip() for word in text_of(raw, base).replace(";", ",").split(",")]
    if not all(map(_MAIL.fullmatch, filter(None, words))):
        raise Wrong("нужны адреса почты через запятую")
    return tuple(dict.fromkeys(filter(None, words)))


def _mail(raw: object, base: Path) -> str:
    text = text_of(raw, base)
    if text and not _MAIL.fullmatch(text):
        raise Wrong("нужен один адрес почты")
    return text


ALARM_RULES = (
    Rule("DISK_MIN_GB", "disk_min_gb", 5, _gigabytes),
    Rule("DIGEST_AT", "digest_at", "20:00", _time),
    Rule("SMTP_HOST", "smtp_host", "", _host),
    Rule("SMTP_PORT", "smtp_port", 587, _port),
    Rule("SMTP_USER", "smtp_user", "", text_of),
    Rule("SMTP_PASSWORD", "smtp_password", "", text_of),
    Rule("SMTP_FROM", "smtp_from", "", _mail),
    Rule("SMTP_TO", "smtp_to", "", _mails),
)
