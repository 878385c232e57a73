"""The list of attention words as people edit it: read as a literal, never executed."""

import ast

from dealer_bot.domain.attention import is_visible
from dealer_bot.domain.literal import is_one_string
from dealer_bot.domain.plain_text import Undecodable, decoded

NAME = "ATTENTION_WORDS"
LIMIT = 256 * 1024
"""Bytes: a list of a thousand words is a tenth of it."""
LONGEST = 200
MOST = 2_000


class BrokenList(Exception):
    """The file can't be taken. `why` is a key of a sentence, `line` where it is, 0 where that can't be said."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(f"{why}, line {line}")
        self.why, self.line = why, line


def words_of(data: bytes) -> tuple[str, ...]:
    """The entries, each once. UTF-8 with or without BOM, UTF-16, cp1251. Raises BrokenList."""
    if len(data) > LIMIT:
        raise BrokenList("big")
    try:
        text = decoded(data).replace("\r\n", "\n")
        tree = ast.parse(text)
    except Undecodable:
        raise BrokenList("encoding") from None
    except SyntaxError as error:
        raise BrokenList("syntax", error.lineno or 0) from None
    except (ValueError, RecursionError, MemoryError):
        raise BrokenList("syntax") from None
    return _entries(_value(tree), text)


def _value(tree: ast.Module) -> ast.expr:
    """The last one counts, as Python would have it."""
    found: ast.expr | None = None
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == NAME for target in targets):
            found = getattr(node, "value", None)
    if found is None:
        raise BrokenList("name")
    return found


def _entries(node: ast.expr, text: str) -> tuple[str, ...]:
    if not isinstance(node, ast.List | ast.Tuple | ast.Set):
        raise BrokenList("list", node.lineno)
    if len(node.elts) > MOST:
        raise BrokenList("big", node.lineno)
    return tuple(dict.fromkeys(_entry(each, text) for each in node.elts))


def _entry(node: ast.expr, text: str) -> str:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise BrokenList("word", node.lineno)
    if not is_one_string(node, text):
        raise BrokenList("comma", node.lineno)
    if not is_visible(node.value) or len(node.value) > LONGEST:
        raise BrokenList("word", node.lineno)
    return node.value
