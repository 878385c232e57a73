"""A hint that something has changed in the root: it only wakes the look, and nothing depends on it."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

log = logging.getLogger(__name__)


class Watch:
    """Calls `wake` from a thread of its own when a folder appears in, leaves or is renamed in the root."""

    def __init__(self, root: Path, wake: Callable[[], None]) -> None:
        self._root, self._handler = root, _Waker(wake)
        self._observer = Observer()
        self._starter: Thread | None = None

    def start_aside(self) -> None:
        """Start without waiting: a dead share may keep the starter for good."""
        self._starter = Thread(target=self.start, name="store-watch", daemon=True)
        self._starter.start()

    def start(self) -> bool:
        """Whether the system lets us watch; without it the looks come by the clock alone."""
        try:
            self._observer.schedule(
                self._handler,
                str(self._root),
                recursive=False,
                event_filter=[DirCreatedEvent, DirMovedEvent, DirDeletedEvent],
            )
            self._observer.start()
        except (OSError, RuntimeError) as error:
            log.warning("the store can't be watched, it is looked at by the clock: %s", type(error).__name__)
            return False
        return True

    def stop(self) -> None:
        if self._starter is not None and self._starter.is_alive():
            return  # a thread stuck in a dead share can't be joined
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join(2)


class _Waker(FileSystemEventHandler):
    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        """An exception here would end the observer's thread for good."""
        try:
            self._wake()
        except Exception:
            log.warning("a wake-up was lost: %s", sys.exc_info()[0])
