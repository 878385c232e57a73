"""Code 128 as work orders are printed with it: digits in pairs."""

# Widths of bars and gaps, in modules, of the values 0 to 105, then the stop.
_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 "
    "113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 "
    "212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 "
    "113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 "
    "241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 "
    "211232 2331112 "
)
_ELEMENTS = _WIDTHS.split()
_TO_C, _TO_B, _START_B, _START_C, _STOP = 99, 100, 104, 105, 106
SYMBOLS = range(103)
"""Values that may stand between start and stop."""

SYMBOL_MODULES = 11


def drawn(value: int) -> tuple[bool, ...]:
    """One symbol on paper, module by module: True is black."""
    widths = _ELEMENTS[value]
    return tuple(place % 2 == 0 for place, width in enumerate(widths) for _ in range(int(width)))


STOP = drawn(_STOP)


def modules_of(digits: str, *, odd_first: bool = False) -> tuple[bool, ...]:
    """What stands on paper, module by module: True is black. An odd digit stands alone, last or first."""
    return tuple(black for value in (*values_of(digits, odd_first=odd_first), _STOP) for black in drawn(value))


def values_of(digits: str, *, odd_first: bool = False) -> list[int]:
    """All symbols but the stop: the start, digits in pairs and the odd one, the check."""
    values = _odd_first(digits) if odd_first and len(digits) % 2 else _odd_last(digits)
    return [*values, (values[0] + sum(place * value for place, value in enumerate(values))) % len(SYMBOLS)]


def _odd_last(digits: str) -> list[int]:
    odd = [_TO_B, _alone(digits[-1])] if len(digits) % 2 else []
    return [_START_C, *_pairs(digits[: len(digits) // 2 * 2]), *odd]


def _odd_first(digits: str) -> list[int]:
    return [_START_B, _alone(digits[0]), _TO_C, *_pairs(digits[1:])]


def _pairs(digits: str) -> list[int]:
    return [int(digits[at : at + 2]) for at in range(0, len(digits), 2)]


def _alone(digit: str) -> int:
    return ord(digit) - ord(" ")
