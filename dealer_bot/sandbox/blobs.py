"""Contents of files: real bytes, or a declared number of made-up ones that take no memory."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

_CHUNK = 64 * 1024


@dataclass(slots=True)
class Blob:
    """Bytes kept as they came."""

    data: bytes
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        self.sha256 = hashlib.sha256(self.data).hexdigest()

    @property
    def size(self) -> int:
        return len(self.data)

    def chunks(self, end: int | None = None) -> Iterator[bytes]:
        """The first `end` bytes, piece by piece."""
        stop = self.size if end is None else min(end, self.size)
        for start in range(0, stop, _CHUNK):
            yield self.data[start : min(start + _CHUNK, stop)]


class MadeUpBlob:
    """`size` bytes that are made while they are read; a seed makes them different from others."""

    def __init__(self, size: int, seed: str) -> None:
        self.size = size
        block = hashlib.sha256(seed.encode()).digest()
        self._block = block * (_CHUNK // len(block))

    @cached_property
    def sha256(self) -> str:
        whole = hashlib.sha256()
        for chunk in self.chunks():
            whole.update(chunk)
        return whole.hexdigest()

    def chunks(self, end: int | None = None) -> Iterator[bytes]:
        """The first `end` bytes, piece by piece."""
        left = self.size if end is None else min(end, self.size)
        while left > 0:
            yield self._block[:left]
            left -= _CHUNK


AnyBlob = Blob | MadeUpBlob
