"""What the bot and a process that reads pictures say to each other: one line of JSON each way."""

import json
from pathlib import Path

from dealer_bot.domain.readings import Miss, Reading, Row

READY = b"ready\n"


def request_of(path: Path) -> bytes:
    return json.dumps(str(path.absolute())).encode() + b"\n"


def path_of(request: bytes) -> Path:
    return Path(json.loads(request))


def answer_of(reading: Reading, fault: str | None = None) -> bytes:
    """`fault`: what went wrong inside, for the log; no word of the picture itself."""
    cause = reading.cause.value if reading.cause else None
    rows = [(row.text, row.times) for row in reading.rows]
    answer = {"barcodes": reading.barcodes, "plates": reading.plates, "rows": rows, "cause": cause, "fault": fault}
    return json.dumps(answer).encode() + b"\n"


def reading_of(answer: bytes) -> tuple[Reading, str | None]:
    """The reading and the fault. Raises ValueError, KeyError if this is no whole answer."""
    told = json.loads(answer)
    cause = Miss(told["cause"]) if told["cause"] else None
    rows = tuple(Row(text, times) for text, times in told["rows"])
    return Reading(tuple(told["barcodes"]), tuple(told["plates"]), cause, rows), told["fault"]
