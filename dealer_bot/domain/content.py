"""content.txt: written by people and by 1C, read only as far as it is certain."""

import re
from datetime import date
from typing import NamedTuple

from dealer_bot.domain.literal import Malformed, TwoValues, pairs_of
from dealer_bot.domain.lookalikes import fold
from dealer_bot.domain.numbers import number_key
from dealer_bot.domain.phones import Phone, PhoneProblem, phone_of_field
from dealer_bot.domain.plain_text import Undecodable, decoded, is_plausible, is_showable
from dealer_bot.domain.plates import is_whole_plate
from dealer_bot.domain.usual_cards import read_usual_card

LIMIT = 64 * 1024
"""Bytes: a card is a few hundred; more is some other file."""

USUAL_NAME = "content.txt"
NO_CONTENT = "no_content"
TWO_CANDIDATES = "two_candidates"
_MILD = frozenset({"date_invalid", "barcode_invalid", "plate_invalid", "vehicle_invalid", "client_name_invalid"})
_NAMES = frozenset(map(fold, ("content.txt", "content.txt.txt", "contete.txt", "contete.txt.txt")))
"""Also as the dealership's own instructions spell it, with a letter left out."""
_DAY = re.compile(r"(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?:[T ]\d{1,2}:.*)?", re.ASCII)
_LONGEST = {"barcode": 128, "plate_number": 40, "vehicle": 200, "client_name": 200}


class Content(NamedTuple):
    """What a card says for certain. `phone` is E.164, `date` ISO; `problems` are keys, first the worst."""

    number_in_file: str | None = None
    barcode: str | None = None
    phone: str | None = None
    plate_raw: str | None = None
    vehicle: str | None = None
    client_name: str | None = None
    date: str | None = None
    problems: tuple[str, ...] = ()

    @property
    def reason(self) -> str | None:
        """Why nothing may be sent by this card; None: it may."""
        return next((problem for problem in self.problems if problem not in _MILD), None) if self.problems else None


def is_content_name(name: str) -> bool:
    """Whether a file of this name is the card: any case, look-alike letters, `content.txt.txt`."""
    return name == USUAL_NAME or fold(name.strip()) in _NAMES


def parse_content(data: bytes, folder_number: str, region: str) -> Content:
    """Read a card; never raises. A field that isn't certain is None, and `problems` says why."""
    if len(data) > LIMIT:
        return Content(problems=("too_big",))
    if (usual := read_usual_card(data, folder_number, region)) is not None:
        return Content(*usual)
    if not data.strip(b" \t\r\n\0"):
        return Content(problems=("empty",))
    try:
        values = _by_key(pairs_of(decoded(data)))
    except Undecodable:
        return Content(problems=("encoding",))
    except TwoValues:
        return Content(problems=("duplicate_key",))
    except (Malformed, ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return Content(problems=("malformed",))
    return _Card(values).read(folder_number, region)


def iso_day(text: str) -> str | None:
    """`2026-11-21` of an ISO or dd.mm.yyyy date, with or without a time after it; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return read.isoformat() if 1990 <= read.year <= 2100 else None


def _by_key(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values: dict[str, object] = {}
    for raw_key, value in pairs:
        key = _KEYS.get(raw_key) or _KEYS.get(fold(raw_key.strip()))
        if key is None:
            continue
        if values.get(key, value) != value:
            raise TwoValues(key)
        values[key] = value
    return values


_FIELDS = ("order", "barcode", "phone", "plate_number", "vehicle", "client_name", "date")
_KEYS = {key: key for key in _FIELDS} | {fold(key): key for key in _FIELDS}


class _Card:
    """One reading: takes the fields one by one and collects what was wrong."""

    __slots__ = ("problems", "values")

    def __init__(self, values: dict[str, object]) -> None:
        self.values, self.problems = values, list[str]()

    def read(self, folder_number: str, region: str) -> Content:
        number = self.number(folder_number)
        phone = self.phone(region)
        barcode, plate = self.text("barcode"), self.text("plate_number")
        vehicle, client_name = self.text("vehicle"), self.text("client_name")
        day = self.day()
        if not self.problems:
            return Content(number, barcode, phone, plate, vehicle, client_name, day)
        certain = _MILD.issuperset(self.problems)
        problems = tuple(sorted(self.problems, key=_MILD.__contains__))
        return Content(number, barcode, phone if certain else None, plate, vehicle, client_name, day, problems)

    def number(self, folder_number: str) -> str | None:
        value = self.values.get("order")
        if value is None or value == "":
            return None
        if not isinstance(value, str) or number_key(value) != number_key(folder_number):
            self.problems.append("order_mismatch")
        return value.strip() if isinstance(value, str) and is_plausible(value) else None

    def phone(self, region: str) -> str | None:
        value = self.values.get("phone")
        read = phone_of_field("" if value is None else value, region)
        if isinstance(read, Phone):
            return read.e164
        assert isinstance(read, PhoneProblem)
        self.problems.append(read.value)
        return None

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None or value == "":
            return None
        if not isinstance(value, str) or not self.is_believable(key, value) or len(value) > _LONGEST[key]:
            self.problems.append("plate_invalid" if key == "plate_number" else f"{key}_invalid")
            return None
        return " ".join(value.split()) or None

    def is_believable(self, key: str, value: str) -> bool:
        """A whole plate is one whatever its letters also spell: РІ is a Cyrillic в that was decoded wrongly."""
        return is_plausible(value) or (key == "plate_number" and is_showable(value) and is_whole_plate(value))

    def day(self) -> str | None:
        value = self.values.get("date")
        if value is None or value == "":
            return None
        day = iso_day(value) if isinstance(value, str) else None
        if day is None:
            self.problems.append("date_invalid")
        return day
