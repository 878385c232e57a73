"""How far what was read is from a plate: a symbol taken for one that looks like it costs less than another one."""

LOOK_ALIKE = {
    0.05: ("0O", "1I"),
    0.1: ("0Q", "OQ", "2Z", "5S"),
    0.2: ("0D", "OD", "8B", "6G", "1L", "IL", "4A"),
    0.4: ("CG", "7T", "1T", "IT", "HN", "MN", "WM", "RK", "PR", "PF", "EF", "XY", "XV", "UO", "U0", "IJ", "3B"),
    0.6: ("0C", "OC", "17", "71", "I7", "38", "68", "56", "89", "08", "06", "35", "14", "HM", "KX", "KH", "EB", "9P"),
}
"""Symbols that tesseract takes for each other, by what it costs to believe that it did.

Under 0.25, where an order may be opened without a question, are only a letter and a digit of one shape.
"""

OTHER = 1.0
"""Any other symbol in its place."""

AT_AN_END, INSIDE = 0.12, 0.6
"""A symbol too many: a bolt, a flag, the edge; between symbols it is seldom."""

LOST_AT_AN_END, LOST_INSIDE = 0.7, 0.9

_COST = {pair: cost for cost, pairs in LOOK_ALIKE.items() for one in pairs for pair in (one, one[::-1])}


def cost_of(read: str, plate: str) -> float:
    """What it costs to believe that the plate was read as this; 0 if it stands there. Both are plate keys."""
    if read == plate:
        return 0.0
    before = [LOST_AT_AN_END * lost for lost in range(len(plate) + 1)]
    for row, symbol in enumerate(read, 1):
        lost = LOST_AT_AN_END if row == len(read) else LOST_INSIDE
        now = [row * AT_AN_END]
        for column, facing in enumerate(plate, 1):
            swapped = before[column - 1] + (0.0 if symbol == facing else _COST.get(symbol + facing, OTHER))
            extra = before[column] + (AT_AN_END if column == len(plate) else INSIDE)
            now.append(min(swapped, extra, now[-1] + lost))
        before = now
    return before[-1]
