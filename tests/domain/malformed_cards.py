"""Cards as tired people, editors and programs break them: the same hundred thousand for the same seed."""

import json
import random
import re
from collections.abc import Callable, Iterator

FOLDER = "a00017732"
E164 = re.compile(r"\+[0-9]{6,}")
Pairs = list[tuple[str, object]]

_ODD_VALUES = (
    None,
    True,
    3.5,
    375291234567.0,
    10**30,
    -1,
    [],
    {},
    [["x"]],
    {"a": 1},
    "",
    " ",
    "\0",
    "\ud83d",
    "x" * 300,
)
_JUNK = (
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"{",
    b"}",
    b"[",
    b'"',
    b"'",
    b",",
    b":",
    b"\\",
    b"\\u",
    b"-",
    b"\x98",
    b"\xd0",
    b"#",
    b"(",
)
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp866", "koi8-r", "utf-32")


def cards(count: int, seed: int) -> Iterator[tuple[bytes, str]]:
    """Bytes of a card and the one phone that was put into it."""
    chance = random.Random(seed)
    for _ in range(count):
        phone = f"+37529{chance.randrange(1_000_000, 10_000_000)}"
        yield _card(chance, phone), phone


def phones_in(data: bytes) -> set[str]:
    """Every E.164 that any reading of the bytes shows."""
    texts = [data.decode(encoding, errors="ignore") for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")]
    return {found for text in texts for found in E164.findall(re.sub(r"[ ()-]", "", text))}


def _card(chance: random.Random, phone: str) -> bytes:
    pairs = _pairs(chance, phone)
    text = chance.choice((_json, _python, _commas, _by_hand))(chance, pairs)
    encoding = chance.choice(_ENCODINGS)
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") and chance.random() < 0.1 else "replace")
    for _ in range(chance.choice((0, 0, 1, 1, 2, 5))):
        data = chance.choice(_BREAKS)(chance, data)
    return data


def _pairs(chance: random.Random, phone: str) -> Pairs:
    pairs: Pairs = [("order", FOLDER), ("phone", phone), ("plate_number", "0124 МН-1"), ("client_name", "Пётр")]
    pairs.append(("barcode", chance.choice(("2800074366278382442612315631864110402", 2800074366278382442))))
    chance.shuffle(pairs)
    for _ in range(chance.choice((0, 0, 1, 2))):
        at = chance.randrange(len(pairs))
        key, value = pairs[at]
        pairs[at] = chance.choice(
            (
                (key, chance.choice(_ODD_VALUES)),
                (key.upper(), value),
                (key[:-1], value),
                (f" {key} ", value),
                (key, f"{value} "),
                (key, [value]),
                (key, f"{value}{chance.choice(('.0', ' доб. 12', ', ', 'x', '+', ';'))}"),
            )
        )
    if chance.random() < 0.2:
        pairs.append(chance.choice(pairs))
    return pairs


def _json(chance: random.Random, pairs: Pairs) -> str:
    items = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=chance.random() < 0.2)}" for key, value in pairs)
    return "{" + chance.choice((", ", ",\n  ", ",")).join(items) + "}"


def _python(_: random.Random, pairs: Pairs) -> str:
    return "{" + ", ".join(f"{key!r}: {value!r}" for key, value in pairs) + "}"


def _commas(chance: random.Random, pairs: Pairs) -> str:
    return _json(chance, pairs)[:-1] + chance.choice((",}", ", }", ",,}", ",\n}", ",}}", ",", ",} # конец"))


def _by_hand(chance: random.Random, pairs: Pairs) -> str:
    lines = (f"{key}{chance.choice((': ', ' = ', ' '))}{value}" for key, value in pairs)
    return chance.choice(("{%s}", "%s", "[%s]", "content = {%s}")) % chance.choice(("\n", ", ")).join(lines)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _lost(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(1, 8) :]


def _junk(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_JUNK) * chance.choice((1, 1, 1, 3, 40)) + data[at:]


def _byte(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _twice(_: random.Random, data: bytes) -> bytes:
    return data + data


def _nested(chance: random.Random, data: bytes) -> bytes:
    depth = chance.choice((1, 2, 300))
    return b'{"a":' * depth + data + b"}" * depth


_BREAKS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _cut,
    _lost,
    _junk,
    _junk,
    _byte,
    _byte,
    _twice,
    _nested,
)
