"""What every open page is told: the newest of each topic at once, then each change."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Json = dict[str, Any]
Note = tuple[str, Any]


class Board:
    """Topics with their newest value, and queues of those who follow them."""

    def __init__(self) -> None:
        self._newest: Json = {}
        self._followers: set[asyncio.Queue[Note]] = set()

    def put(self, topic: str, value: Any) -> None:
        """Tell it, unless everybody knows it already."""
        if self._newest.get(topic) != value:
            self._newest[topic] = value
            for follower in self._followers:
                follower.put_nowait((topic, value))

    @contextmanager
    def followed(self) -> Iterator[asyncio.Queue[Note]]:
        """A queue that begins with the newest of everything."""
        queue: asyncio.Queue[Note] = asyncio.Queue()
        for note in self._newest.items():
            queue.put_nowait(note)
        self._followers.add(queue)
        try:
            yield queue
        finally:
            self._followers.discard(queue)
