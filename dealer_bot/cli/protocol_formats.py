"""A protocol as lines, as a page, and for programs."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from database.protocols import Record
from dealer_bot.cli.tongue import Tongue, shown
from dealer_bot.domain.people import Role

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
            "text": self.record.text,
            "media": list(self.record.media),
            "state": self.record.state,
        }


def entry(record: Record, timezone: ZoneInfo) -> Entry:
    at = datetime.fromtimestamp(record.at / 1000, timezone)
    if record.side == "staff":
        return Entry(at, "admin" if record.author_role == Role.ADMIN else "employee", record)
    return Entry(at, record.side, record)


def line(found: Entry, say: Tongue) -> str:
    """One entry, one line: time, order, person, role, text."""
    return shown("  ".join((*_head(found, say), " ⏎ ".join(_words(found, say).splitlines()))))


def page(entries: list[Entry], title: str, say: Tongue) -> str:
    """A page that needs nothing but itself."""
    heads = say("Время|Заказ-наряд|Кто|Роль|Сообщение", "Time|Order|Who|Role|Message").split("|")
    rows = "\n".join(_row("td", (*_head(found, say), _words(found, say))) for found in entries)
    name = escape(say(f"Протокол: {title}", f"Protocol: {title}"))
    return _PAGE.format(language=say("ru", "en"), title=name, heads=_row("th", tuple(heads)), rows=rows)


def _head(found: Entry, say: Tongue) -> tuple[str, ...]:
    nameless = say("без имени", "no name")
    role = say(_RUSSIAN[found.role], found.role)
    return f"{found.at:%Y-%m-%d %H:%M:%S}", found.record.order or "-", found.record.person or nameless, role


def _words(found: Entry, say: Tongue) -> str:
    record = found.record
    marks = [say("исправлено", "edited")] * record.is_edit + [say("отозвано", "taken back")] * record.is_taken_back
    where = f"{record.stage}: " if record.stage and record.media else ""
    media = f"[{where}{', '.join(record.media)}]" if record.media else ""
    state = f"({', '.join([say(_RUSSIAN[record.state], record.state), *marks])})"
    return " ".join(part for part in (record.text, media, state) if part)


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
