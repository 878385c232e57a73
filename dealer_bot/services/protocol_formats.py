"""A protocol as lines, as a page, and for programs: one renderer for the chat and the command line."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape
from typing import Any

from database.protocols import Record
from dealer_bot.domain.people import Role
from dealer_bot.domain.plain_text import shown

_RUSSIAN = {
    "admin": "администратор",
    "employee": "сотрудник",
    "client": "клиент",
    "care": "служба заботы",
    "delivered": "доставлено",
    "waiting": "ждёт",
    "refused": "не доставлено",
    "unknown": "неизвестно, дошло ли",
    "internal": "внутреннее",
    "edited": "исправлено",
    "taken back": "отозвано",
    "no name": "без имени",
    "photo": "фото",
    "video": "видео",
    "document": "файл",
    "animation": "анимация",
    "audio": "аудио",
    "voice": "голосовое сообщение",
    "video note": "видеосообщение",
    "sticker": "стикер",
    "location": "геопозиция",
    "venue": "место",
    "contact": "контакт",
    "text": "сообщение",
    "Protocol": "Протокол",
    "Time|Order|Who|Role|Message": "Время|Заказ-наряд|Кто|Роль|Сообщение",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its time and role as people and programs read them."""

    at: datetime
    role: str
    record: Record

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "order": self.record.order,
            "person": self.record.person,
            "role": self.role,
            "text": " ".join(filter(None, (self.record.text, self.record.thing and f"({self.record.thing})"))),
            "media": list(self.record.media),
            "state": self.record.state,
        }


def entry(record: Record, timezone: tzinfo) -> Entry:
    at = datetime.fromtimestamp(record.at / 1000, timezone)
    if record.side == "staff":
        return Entry(at, "admin" if record.author_role == Role.ADMIN else "employee", record)
    return Entry(at, record.side, record)


def line(found: Entry, language: str) -> str:
    """One entry, one line: time, order, person, role, text."""
    return shown("  ".join((*_head(found, language), " ⏎ ".join(_words(found, language).splitlines()))))


def text(entries: list[Entry], language: str) -> str:
    """A line each."""
    return "".join(f"{line(each, language)}\n" for each in entries)


def paragraph(found: Entry, language: str, *, with_order: bool) -> str:
    """One entry for a narrow screen: who and when above, what below."""
    order = f" · {found.record.order}" if with_order and found.record.order else ""
    who = found.record.person or _said("no name", language)
    head = f"{found.at:%d.%m.%Y %H:%M} · {who} ({_said(found.role, language)}){order}"
    return f"{head}\n{_words(found, language)}"


def page(entries: list[Entry], title: str, language: str) -> str:
    """A page that needs nothing but itself."""
    heads = _said("Time|Order|Who|Role|Message", language).split("|")
    rows = "\n".join(_row("td", (*_head(found, language), _words(found, language))) for found in entries)
    name = escape(f"{_said('Protocol', language)}: {title}")
    return _PAGE.format(language=language, title=name, heads=_row("th", tuple(heads)), rows=rows)


def thing_named(kind: str, language: str) -> str:
    """What kind of message it was, in a word."""
    return _said(kind.replace("_", " "), language)


def _said(word: str, language: str) -> str:
    return word if language == "en" else _RUSSIAN[word]


def _head(found: Entry, language: str) -> tuple[str, ...]:
    who = found.record.person or _said("no name", language)
    return f"{found.at:%Y-%m-%d %H:%M:%S}", found.record.order or "-", who, _said(found.role, language)


def _words(found: Entry, language: str) -> str:
    record = found.record
    marks = [_said("edited", language)] * record.is_edit + [_said("taken back", language)] * record.is_taken_back
    where = f"{record.stage}: " if record.stage and record.media else ""
    media = f"[{where}{', '.join(record.media)}]" if record.media else ""
    state = f"({', '.join([_said(record.state, language), *marks])})"
    thing = f"({thing_named(record.thing, language)})" if record.thing else ""
    return " ".join(part for part in (record.text, thing, media, state) if part)


def _row(cell: str, values: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<{cell}>{escape(value)}</{cell}>" for value in values) + "</tr>"


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 15px/1.4 sans-serif; margin: 2em; }}
table {{ border-collapse: collapse; }}
th, td {{ border-bottom: 1px solid #ccc; padding: .3em .8em; text-align: left; vertical-align: top; }}
td:last-child {{ white-space: pre-wrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<table>
{heads}
{rows}
</table>
</body>
</html>"""
