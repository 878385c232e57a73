"""Barcodes that may be in a picture, those of one length and build together: symbol by symbol, as numbers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from dealer_bot.domain import code128

SHORTEST = 12
"""Digits. Shorter codes have too few bars to be told apart."""

LONGEST = 48

Values = np.ndarray[Any, np.dtype[np.intp]]
Rows = np.ndarray[Any, np.dtype[np.float32]]

INK: Rows = np.array([code128.drawn(value) for value in (*code128.SYMBOLS, 103, 104, 105)], np.float32)
"""A row for each symbol: 1 where its module is black."""

_PAIRS, _DIGITS, _SWITCH = range(100), range(16, 26), range(0)
"""Values that may stand in one place of a code: between start and check, elsewhere nothing but what is there."""

_STOP: Rows = np.array(code128.STOP, np.float32)


@dataclass(frozen=True, slots=True)
class Family:
    """Codes with as many symbols as each other; `values`: a row for each, from the start to the check."""

    codes: tuple[str, ...]
    values: Values
    odd_first: bool

    @property
    def symbols(self) -> int:
        return int(self.values.shape[1])

    @property
    def modules(self) -> int:
        return self.symbols * code128.SYMBOL_MODULES + _STOP.size

    @property
    def alternatives(self) -> list[range]:
        """For each symbol the values that may stand there in codes of this length and build."""
        pairs = len(self.codes[0]) // 2
        odd = (_SWITCH, _DIGITS) if len(self.codes[0]) % 2 else ()
        inner = (*odd[::-1], *[_PAIRS] * pairs) if self.odd_first else (*[_PAIRS] * pairs, *odd)
        return [_SWITCH, *inner, code128.SYMBOLS]

    def ink_of(self, at: int) -> Rows:
        """The pattern of one code: 1 where a module is black."""
        return np.concatenate((INK[self.values[at]].ravel(), _STOP))

    def mean_ink(self) -> Rows:
        """How often each module is black: what all have in common, first of all where their symbols begin."""
        shares = [
            np.bincount(column, minlength=len(INK)).astype(np.float32) @ INK / len(self.codes)
            for column in self.values.T
        ]
        return np.concatenate((*shares, _STOP))


@lru_cache(maxsize=2)
def families_of(codes: tuple[str, ...]) -> tuple[Family, ...]:
    """Codes of digits alone, in the ways they are printed: an odd digit stands first or last. Others are left out."""
    found: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for code in dict.fromkeys(codes):
        if SHORTEST <= len(code) <= LONGEST and code.isascii() and code.isdigit():
            for odd_first in (False, True)[: 1 + len(code) % 2]:
                found[len(code), odd_first].append(code)
    return tuple(_family(each, odd_first) for (_, odd_first), each in found.items())


def _family(codes: Iterable[str], odd_first: bool) -> Family:
    kept = tuple(codes)
    return Family(kept, np.array([code128.values_of(code, odd_first=odd_first) for code in kept], np.intp), odd_first)
