"""`recognise`: what is read in pictures, and which open orders it means."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.domain.matching import OFFERED
from dealer_bot.domain.plain_text import shown

if TYPE_CHECKING:
    from database.connection import Database
    from dealer_bot.domain.readings import Reading
    from dealer_bot.settings import Settings

_CAUSES = {
    "too_small": ("картинка слишком маленькая", "the picture is too small"),
    "blurred": ("картинка смазана", "the picture is blurred"),
    "dark": ("картинка слишком тёмная", "the picture is too dark"),
    "unreadable_file": ("это не картинка, или она повреждена", "no picture, or a damaged one"),
    "nothing_found": ("ничего не прочитано", "nothing was read"),
    "timed_out": ("чтение заняло слишком много времени", "reading took too long"),
    "not_installed": ("на этом компьютере не хватает программ", "programs are missing on this machine"),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Open orders by their numbers: the one that would be opened at once, and those that would be offered."""

    order: str | None
    candidates: list[str]


Find = Callable[["Reading"], Meant]


def add_to(commands: Any) -> None:
    parser = commands.add_parser("recognise", help="штрихкоды и госномера с фото")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--json", action="store_true", help="для программ: строка JSON на файл")
    parser.add_argument("--orders", action="store_true", help="какие это заказ-наряды в хранилище")
    parser.set_defaults(command=_run)


def _run(args: argparse.Namespace) -> int:
    from dealer_bot.cli.configured import settings_or_refusal

    settings = settings_or_refusal()
    say = Tongue(settings.language)
    _tell_what_is_missing(settings, say)
    present = [path for path in args.files if path.is_file()]
    if args.orders:
        _with_orders(present, args, settings, say)
    else:
        asyncio.run(_read(present, args, settings, say))
    if absent := [str(path) for path in args.files if path not in present]:
        names = ", ".join(absent)
        raise Refused(say(f"нет такого файла: {names}", f"no such file: {names}"))
    return 0


def _tell_what_is_missing(settings: "Settings", say: Tongue) -> None:
    from dealer_bot.checks import programs

    for finding in programs.readers_of_pictures(settings):
        if not finding.is_good:
            print(say(finding.russian, finding.english), file=sys.stderr)


def _with_orders(files: list[Path], args: argparse.Namespace, settings: "Settings", say: Tongue) -> None:
    from database import orders
    from dealer_bot.cli.looking import look_once
    from dealer_bot.cli.opening import opened

    with opened(settings) as database:
        look_once(database, settings)
        known = database.read_now(orders.living_barcodes)
        asyncio.run(_read(files, args, settings, say, known, lambda reading: _meant(database, reading)))


def _meant(database: "Database", reading: "Reading") -> Meant:
    from database import orders
    from dealer_bot.services import likely

    exact = [order.number for order in database.read_now(likely.of_barcodes, reading.barcodes)]
    choice = database.read_now(likely.of_reading, reading)
    near = [order.number for order in (database.read_now(orders.order_by_id, each) for each in choice.likely) if order]
    offered = list(dict.fromkeys([*exact, *near]))
    sure = exact or (near if choice.sure else [])
    return Meant(sure[0] if len(exact) <= 1 and sure else None, offered[:OFFERED])


async def _read(
    files: list[Path],
    args: argparse.Namespace,
    settings: "Settings",
    say: Tongue,
    known: Sequence[str] = (),
    find: Find | None = None,
) -> None:
    from dealer_bot.recognition.readers import Readers

    readers = Readers(settings.branch_tesseract)
    try:
        for path in files:
            reading = await readers.read(path, known)
            meant = find(reading) if find else None
            print(_as_json(path, reading, meant) if args.json else _as_text(path, reading, meant, say), flush=True)
    finally:
        await readers.close()


def _as_json(path: Path, reading: "Reading", meant: Meant | None) -> str:
    """The stable form for programs; `cause` is there when something kept from reading."""
    told: dict[str, Any] = {"file": str(path), "barcodes": reading.barcodes, "plates": reading.plates}
    if meant is not None:
        told |= {"order": meant.order, "candidates": meant.candidates}
    if reading.cause is not None:
        told["cause"] = reading.cause.value
    return json.dumps(told, ensure_ascii=False)


def _as_text(path: Path, reading: "Reading", meant: Meant | None, say: Tongue) -> str:
    words = [*reading.barcodes, *reading.plates]
    if meant is not None and meant.order:
        words.append(say(f"заказ-наряд {meant.order}", f"work order {meant.order}"))
    elif meant is not None and meant.candidates:
        names = ", ".join(meant.candidates)
        words.append(say(f"может быть: {names}", f"perhaps: {names}"))
    if reading.cause is not None:
        words.append(say(*_CAUSES[reading.cause.value]))
    return shown(f"{path}: {', '.join(words)}")
