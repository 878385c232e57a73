"""What Telegram can do to a bot that works: each trouble strikes every kind of request once, then it has passed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dealer_bot.sandbox import SandboxClient
from tests.rig.flows import IN_PIECES

SENDS = ("sendMessage", "sendPhoto", "sendVideo", "sendMediaGroup")
ALL = (*SENDS, "editMessageText", "editMessageCaption", "pinChatMessage", "answerCallbackQuery", "getFile", "download")
ANSWERED = ALL[:-1]
TOO_MANY, DOWN, AWAY = {"too_many_requests": 1}, {"server_error": 502}, {"server_error": 504}


@dataclass(frozen=True, slots=True)
class Trouble:
    """`strikes`: a fault, planned once for each of its methods. `hangs`: the connections are cut while they hang."""

    methods: tuple[str, ...]
    fault: dict[str, Any] = field(default_factory=dict)
    times: int = 1
    hangs: bool = False

    async def strikes(self, server: SandboxClient) -> None:
        for method in self.methods:
            await server.fault(method, times=self.times, **self.fault)


ANSWERS = {
    "429": Trouble(ALL, TOO_MANY),
    "502": Trouble(ALL, DOWN),
    "504 twice": Trouble(ALL, AWAY, times=2),
    "cut before": Trouble(ALL, {"cut_before": True}),
    "cut after": Trouble(ANSWERED, {"cut_after": True}),
    "hang before": Trouble(ALL, {"hang_before": True}, hangs=True),
    "hang after": Trouble(ANSWERED, {"hang_after": True}, hangs=True),
}
"""Of any call and of the file link."""

UPDATES = {
    "409 from another poll": Trouble(("getUpdates",), {"conflict": True}),
    "429 for updates": Trouble(("getUpdates",), TOO_MANY),
    "502 for updates": Trouble(("getUpdates",), DOWN),
    "updates cut before": Trouble(("getUpdates",), {"cut_before": True}),
    "updates cut after": Trouble(("getUpdates",), {"cut_after": True}),
    "updates hang after": Trouble(("getUpdates",), {"hang_after": True}, hangs=True),
}

CUTS = (0, 1, 500, 256 * 1024, IN_PIECES - 1)
DOWNLOADS = {
    **{f"a file cut at byte {k}": Trouble(("download",), {"cut_at": k}) for k in CUTS},
    **{f"a file of the wrong size, {k}": Trouble(("download",), {"short": k}) for k in CUTS[1:3]},
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


def troubles_of(fetches: bool) -> Iterator[tuple[str, Trouble]]:
    yield from ANSWERS.items()
    yield from UPDATES.items()
    if fetches:
        yield from DOWNLOADS.items()
