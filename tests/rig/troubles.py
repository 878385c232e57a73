"""What Telegram can do to a bot that works: each trouble strikes every kind of request once, then it has passed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from dealer_bot.sandbox import SandboxClient
from tests.rig.flows import IN_PIECES

SENDS = ("sendMessage", "sendPhoto", "sendVideo", "sendMediaGroup")
ALL = (*SENDS, "editMessageText", "editMessageCaption", "pinChatMessage", "answerCallbackQuery", "getFile", "download")
ANSWERED = ALL[:-1]
POLL = ("getUpdates",)
TOO_MANY, DOWN, AWAY = {"too_many_requests": 1}, {"server_error": 502}, {"server_error": 504}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault, planned for each of its methods on its own."""

    methods: tuple[str, ...]
    fault: dict[str, Any] = field(default_factory=dict)
    times: int = 1

    async def strikes(self, server: SandboxClient) -> None:
        for method in self.methods:
            await server.fault(method, times=self.times, **self.fault)


ANSWERS = {
    "429": Trouble(ALL, TOO_MANY),
    "502": Trouble(ALL, DOWN),
    "cut before": Trouble(ALL, {"cut_before": True}),
    "cut after": Trouble(ANSWERED, {"cut_after": True}),
    "hang after": Trouble(ANSWERED, {"hang_after": True}),
    "hang before": Trouble(ALL, {"hang_before": True}),
    "504 twice": Trouble(ALL, AWAY, times=2),
}
"""Of any call and of the file link."""

UPDATES = {
    "409 from another poll": Trouble(POLL, {"conflict": True}),
    "updates cut after": Trouble(POLL, {"cut_after": True}),
    "429 for updates": Trouble(POLL, TOO_MANY),
    "502 for updates": Trouble(POLL, DOWN),
    "updates cut before": Trouble(POLL, {"cut_before": True}),
    "updates hang after": Trouble(POLL, {"hang_after": True}),
}
FIRST_ANSWERS, FIRST_UPDATES, FIRST_DOWNLOADS = 5, 2, 2
"""How many of them every run tries on every way; the soak tries all. On a text, the shortest way, all are tried."""

CUTS = (1, 0, 500, 256 * 1024, IN_PIECES - 1)
DOWNLOADS = {
    "a file of the wrong size": Trouble(("download",), {"short": 1}),
    **{f"a file cut at byte {k}": Trouble(("download",), {"cut_at": k}) for k in CUTS},
    "a file that is not there yet": Trouble(("download",), {"not_found": True}),
}

REFUSALS = {
    "a photo": "sendPhoto",
    "an album": "sendMediaGroup",
    "a text": "sendMessage",
    "an edit": "editMessageText",
    "an answer": "sendMessage",
    "a late client": "sendPhoto",
    "closing": "sendPhoto",
}
"""The call that brings its reader what was handed in, where nobody waits for its answer to go on."""


WITHOUT_FILES = ("connecting", "choosing an order", "a text", "an edit", "a talk with care")
SHORTEST, OF_FILES = "a text", "a photo"


def troubles_of(way: str) -> Iterator[tuple[str, Trouble]]:
    is_all = bool(os.environ.get("SOAK"))
    yield from islice(ANSWERS.items(), None if is_all or way == SHORTEST else FIRST_ANSWERS)
    yield from islice(UPDATES.items(), None if is_all or way == SHORTEST else FIRST_UPDATES)
    if way not in WITHOUT_FILES:
        yield from islice(DOWNLOADS.items(), None if is_all or way == OF_FILES else FIRST_DOWNLOADS)
