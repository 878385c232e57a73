"""What the bot and a process that reads pictures say to each other: one line of JSON each way."""

import json
from collections.abc import Sequence
from pathlib import Path

from dealer_bot.domain.readings import Miss, Reading, Row

READY = b"ready\n"


def request_of(path: Path, known: Sequence[str]) -> bytes:
    """`known`: the barcodes of open orders."""
    return json.dumps({"path": str(path.absolute()), "known": known}).encode() + b"\n"


def asked_in(request: bytes) -> tuple[Path, tuple[str, ...]]:
    asked = json.loads(request)
    return Path(asked["path"]), tuple(asked["known"])


def answer_of(reading: Reading, fault: str | None = None) -> bytes:
    """`fault`: what went wrong inside, for the log; no word of the picture itself."""
    cause = reading.cause.value if reading.cause else None
    rows = [(row.text, row.times) for row in reading.rows]
    answer = {"barcodes": reading.barcodes, "plates": reading.plates, "rows": rows, "alike": reading.alike}
    return json.dumps(answer | {"cause": cause, "fault": fault}).encode() + b"\n"


def reading_of(answer: bytes) -> tuple[Reading, str | None]:
    """The reading and the fault. Raises ValueError, KeyError if this is no whole answer."""
    told = json.loads(answer)
    cause = Miss(told["cause"]) if told["cause"] else None
    rows = tuple(Row(text, times) for text, times in told["rows"])
    barcodes, plates, alike = (tuple(told[name]) for name in ("barcodes", "plates", "alike"))
    return Reading(barcodes, plates, cause, rows, alike), told["fault"]
