"""What orders are found by: a line of words each, and the index over them.

A first start writes thousands of orders at once. Their words follow when all can be found; until then those after the
mark (the last order whose words are in the index) are found by their columns, and only the mark's mover writes words.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from database import beats, sql
from dealer_bot.domain.orders import LIVING
from dealer_bot.domain.search import TRIGRAM, Needle, any_of, words_of

_MARK = "order_words"
IS_LIVING = "state IN ('settling', 'open', 'unreadable')"
NEWEST = 5000
"""Orders looked through for what is too short for the index: two milliseconds."""
LAST_LETTER = "\U0010ffff"
_WORDS = "id, state, number_key, plate_key, client_name, phone"


def put_off(last_id: int) -> None:
    """The orders after this one get their words later. An older mark stays: what it puts off is not yet done."""
    sql.run("INSERT OR IGNORE INTO beats (name, at, value) VALUES (?, 0, ?)", (_MARK, str(last_id)))


def are_put_off() -> bool:
    """Whether there are orders without words, as after a start that was cut short."""
    return _mark() is not None


def write_some(count: int) -> bool:
    """Words of the next orders after the mark; whether more are left."""
    mark = _mark()
    if mark is None:
        return False
    due = sql.rows(f"SELECT {_WORDS} FROM orders WHERE id > ? ORDER BY id LIMIT ?", (mark, count))
    sql.insert_all("order_text", "rowid, words", _lines(due))
    if len(due) < count:
        sql.run("DELETE FROM beats WHERE name = ?", (_MARK,))
        return False
    sql.run("UPDATE beats SET value = ? WHERE name = ?", (str(due[-1][0]), _MARK))
    return True


def write(order_ids: Iterable[int]) -> None:
    """The words of these orders as their rows are now: none if they are not to be found."""
    mark = _mark()
    for order_id in order_ids:
        if mark is not None and order_id > mark:
            continue
        sql.run("DELETE FROM order_text WHERE rowid = ?", (order_id,))
        sql.insert_all(
            "order_text", "rowid, words", _lines(sql.rows(f"SELECT {_WORDS} FROM orders WHERE id = ?", (order_id,)))
        )


def find(needle: Needle, limit: int, offset: int) -> list[int]:
    """Ids of living orders: first those with a word that is just this, then the others, each newest first."""
    whole = _newest(needle, needle.wholes, offset + limit, 0, ())
    found = whole[offset : offset + limit]
    rest = limit - len(found)
    return found + _newest(needle, [], rest, max(0, offset - len(whole)), whole) if rest else found


def _newest(needle: Needle, wholes: list[str], limit: int, offset: int, without: Sequence[int]) -> list[int]:
    """`wholes`: one of these must stand there; none: any part will do."""
    mark = _mark()
    if mark is None:
        return _indexed(needle, wholes, limit, offset, without)
    lines = [(order_id, line) for order_id, line in _put_off_since(mark) if order_id not in without]
    due = [order_id for order_id, line in lines if _meets(needle, wholes, line)]
    found = due[offset : offset + limit]
    return found + _indexed(needle, wholes, limit - len(found), max(0, offset - len(due)), without)


def _meets(needle: Needle, wholes: list[str], line: str) -> bool:
    return any(whole in line for whole in wholes) if wholes else needle.meets(line)


def plates_with(pieces: Sequence[str]) -> list[tuple[int, str]]:
    """(id, plate key) of the living orders whose plates hold any of these pieces."""
    any_piece = " OR ".join(["instr(plate_key, ?)"] * len(pieces))
    found = sql.rows(f"SELECT id, plate_key FROM orders WHERE ({any_piece}) AND {IS_LIVING}", pieces) if pieces else []
    return [(row[0], row[1]) for row in found]


def _indexed(needle: Needle, wholes: list[str], limit: int, offset: int, without: Sequence[int]) -> list[int]:
    if wholes or not needle.is_short:
        return _matching(any_of(wholes) if wholes else needle.match, limit, offset, without)
    newest = _scanned(needle, NEWEST, offset + limit, without)
    if len(newest) == offset + limit:
        return newest[offset:]
    terms = _terms(needle)
    if terms is None:
        return _scanned(needle, -1, offset + limit, without)[offset:]
    return _matching(any_of(terms), limit, offset, without) if terms else []


def _matching(question: str, limit: int, offset: int, without: Sequence[int]) -> list[int]:
    found = sql.rows(
        f"SELECT rowid FROM order_text WHERE words MATCH ? AND rowid NOT IN ({sql.marks(without)})"
        " ORDER BY rowid DESC LIMIT ? OFFSET ?",
        (question, *without, limit, offset),
    )
    return [row[0] for row in found]


def _scanned(needle: Needle, newest: int, limit: int, without: Sequence[int]) -> list[int]:
    """For what is too short for the index, from the newest so many orders; -1: from all."""
    found = sql.rows(
        "SELECT rowid FROM (SELECT rowid, words FROM order_text ORDER BY rowid DESC LIMIT ?)"
        f" WHERE (words LIKE ? ESCAPE '!' OR words LIKE ? ESCAPE '!') AND rowid NOT IN ({sql.marks(without)}) LIMIT ?",
        (newest, *needle.likes, *without, limit),
    )
    return [row[0] for row in found]


def _terms(needle: Needle) -> list[str] | None:
    """The trigrams that begin with what was typed; None where it is too short for that, too."""
    found = []
    for spelling in needle.spellings:
        low = spelling.lower()
        if len(spelling) >= TRIGRAM:
            found.append(spelling)
        elif len(spelling) < TRIGRAM - 1 or low.upper() != spelling:
            return None
        else:
            begun = (low, low + LAST_LETTER)
            found += [row[0] for row in sql.rows("SELECT term FROM order_terms WHERE term >= ? AND term < ?", begun)]
    return list(dict.fromkeys(found))


def _put_off_since(mark: int) -> list[tuple[int, str]]:
    return _lines(sql.rows(f"SELECT {_WORDS} FROM orders WHERE id > ? ORDER BY id DESC", (mark,)))


def _lines(rows: Iterable[tuple[Any, ...]]) -> list[tuple[int, str]]:
    return [(order_id, words_of(*said)) for order_id, state, *said in rows if state in LIVING]


def _mark() -> int | None:
    kept = beats.value(_MARK)
    return int(kept) if kept is not None else None
