"""What a plate can look like, and which of its forms a row of misread symbols may have been."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp
from string import ascii_uppercase, digits

from dealer_bot.domain.plate_countries import FORMS, REGIONS, Form
from dealer_bot.domain.plates import plate_key, plate_latin
from dealer_bot.domain.readings import Row

SYMBOLS = digits + ascii_uppercase
EXTRA, HYPHEN = 0.6, 0.2
"""A symbol that belongs to no plate: a bolt, an edge; before the region it was the hyphen."""

MOST = 1.3
"""What costs more was never a plate."""

CLEAR = 0.7
"""Belief in a plate that one clear reading gives."""

LONGEST_ROW = 40
_DOUBTFUL = 0.08
_MOST_PLATES = 8
_SWAPPED = 0.3
_NEVER = 9.0
_DIGITS = dict(zip("OQDCUILTZEASGBHPJ", "00000117234568891", strict=True))
_LETTERS = {"0": "ODQ", "1": "IT", "2": "Z", "3": "E", "4": "A", "5": "S", "6": "GC", "7": "T", "8": "B", "9": "P"}
_LETTERS |= {"L": "I", "Y": "X", "V": "XY", "R": "K", "F": "P", "G": "C", "D": "O", "Q": "O", "N": "H", "W": "M"}
_LETTERS |= {"J": "I", "U": "O", "I": "LJ", "S": "C"}


@lru_cache(4096)
def fitted(text: str) -> Mapping[str, float]:
    """Plates that a read row of symbols may be, `1234AB-5` for cars, each with what it costs to believe it."""
    row = plate_key(text)
    found: dict[str, float] = {}
    for form in FORMS:
        for window, extra in _windows(row, len(form.pattern)):
            plate, cost = _read_as(window, form, MOST - form.cost - extra)
            cost += form.cost + extra
            if cost < MOST:
                shown = plate_latin(plate)
                found[shown] = min(found.get(shown, MOST), cost)
    return found


def is_row(key: str) -> bool:
    """Whether this may be a plate or a good part of one, with what stood around it."""
    return 4 <= len(key) <= LONGEST_ROW and sum(map(str.isdigit, key)) >= 2


def believed(rows: Sequence[Row]) -> dict[str, float]:
    """Plates as `1234AB-5`, the likeliest first, each with the number of readings that speak for it."""
    belief: dict[str, float] = {}
    for row in rows:
        for plate, cost in fitted(row.text).items():
            belief[plate] = belief.get(plate, 0.0) + row.times * exp(-3 * cost)
    least = max(_DOUBTFUL, max(belief.values(), default=0.0) / 20)
    best = sorted((plate for plate in belief if belief[plate] >= least), key=lambda plate: -belief[plate])
    return {plate: belief[plate] for plate in best[:_MOST_PLATES]}


def best_belief(rows: Sequence[Row]) -> float:
    """In the likeliest plate: the number of readings that speak for it."""
    return max(believed(rows).values(), default=0.0)


def _windows(row: str, length: int) -> Iterator[tuple[str, float]]:
    """Every stretch of the length, and with one symbol left out; what stands around it costs a little."""
    for start in range(len(row) - length + 1):
        around = _around(len(row) - length)
        yield row[start : start + length], around
        if start + length < len(row):
            longer = row[start : start + length + 1]
            for left_out in range(1, length):
                is_hyphen = left_out == length - 1
                yield longer[:left_out] + longer[left_out + 1 :], around + (HYPHEN if is_hyphen else EXTRA)


def _around(symbols: int) -> float:
    """What stands before and after: two letters of a country are usual, a line of text is not."""
    return 0.15 * min(symbols, 3) + 0.25 * max(0, symbols - 3)


def _read_as(window: str, form: Form, most: float) -> tuple[str, float]:
    """A plate and its cost; what costs `most` or more is not read to its end."""
    plate, cost = "", 0.0
    for symbol, kind in zip(window, form.pattern, strict=True):
        read, guess = _symbol(symbol, kind, form.letters)
        plate, cost = plate + read, cost + guess
        if cost >= most:
            return plate, _NEVER
    return plate, cost


def _symbol(symbol: str, kind: str, letters: str) -> tuple[str, float]:
    """What a symbol is where a digit, a letter or a region must stand, and how much that is a guess."""
    allowed = {"d": digits, "L": letters, "r": REGIONS}.get(kind, kind)
    if symbol in allowed:
        return symbol, 0.0
    others = _LETTERS if allowed.isalpha() else _DIGITS
    other = next((each for each in others.get(symbol, "") if each in allowed), None)
    return (other, _SWAPPED) if other else (symbol, _NEVER)
