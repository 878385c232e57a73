"""A JSON object or a Python dict as pairs of its top level; read as data, never executed."""

import ast
import json
import re
from typing import Final

Pairs = list[tuple[str, object]]


class Malformed(Exception):
    """Neither one JSON object nor one Python dict."""


class TwoValues(Exception):
    """One key with two different values."""


class NotText:
    """A value that is there but is neither text nor a whole number. Equal to nothing else."""


NOT_TEXT: Final = NotText()


def pairs_of(text: str) -> Pairs:
    """The top-level pairs; whole numbers as text, nested and fractional values as NOT_TEXT. Raises Malformed."""
    body = text.strip("\ufeff \t\r\n")
    if not (body.startswith("{") and body.endswith("}")):
        raise Malformed
    try:
        return _from_json(body)
    except ValueError:
        pass
    try:
        return _from_json(_TRAILING_COMMA.sub(r"\1\2", body))
    except ValueError:
        return _from_python(body)


_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(\s*[}\]])', re.DOTALL)


def _not_text(_: str) -> NotText:
    return NOT_TEXT


_JSON = json.JSONDecoder(
    object_pairs_hook=tuple, parse_int=str, parse_float=_not_text, parse_constant=_not_text, strict=False
)


def _from_json(body: str) -> Pairs:
    """An object comes as a tuple of pairs, at any depth; nothing else of JSON does."""
    read, end = _JSON.raw_decode(body)
    if end != len(body):
        raise ValueError("something follows")
    return [(key, value if value is None or isinstance(value, str) else NOT_TEXT) for key, value in read]


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str) else NOT_TEXT


_ONE_STRING = re.compile(r"""[uUrR]?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")""")
_ODD_ESCAPE = re.compile(r"""\\[^\\'"abfnrtvxuUN0-7/\n]""")
_JSON_NAMES = {"true": True, "false": False, "null": None}


def _from_python(body: str) -> Pairs:
    if "\\/" in body or _ODD_ESCAPE.search(body) or "\0" in body:
        raise Malformed
    tree = ast.parse(body, mode="eval").body
    if not isinstance(tree, ast.Dict):
        raise Malformed
    return [(_key(node, body), _value(value, body)) for node, value in zip(tree.keys, tree.values, strict=True)]


def _key(node: ast.expr | None, body: str) -> str:
    read = _value(node, body) if isinstance(node, ast.Constant) else NOT_TEXT
    if not isinstance(read, str):
        raise Malformed
    return read


def _value(node: ast.expr, body: str) -> object:
    """Constants only: a name, a call or an operation makes the whole card unreadable."""
    if isinstance(node, ast.Name) and node.id in _JSON_NAMES:
        return _plain(_JSON_NAMES[node.id])
    if isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set):
        return NOT_TEXT
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return NOT_TEXT
    if not isinstance(node, ast.Constant):
        raise Malformed
    return _constant(node, body)


def _constant(node: ast.Constant, body: str) -> object:
    value = node.value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return _plain(value)
    if not is_one_string(node, body):
        raise Malformed
    return value


def is_one_string(node: ast.Constant, source: str) -> bool:
    """Not 'two' 'strings' side by side: a comma was lost, and Python would join them."""
    return _ONE_STRING.fullmatch(ast.get_source_segment(source, node) or "") is not None
