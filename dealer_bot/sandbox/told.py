"""A result that comes with a sentence."""

from typing import Any, NamedTuple


class Told(NamedTuple):
    result: Any
    description: str
