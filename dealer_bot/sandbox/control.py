"""The HTTP API of people and tests: acts, looking at chats, faults, the journal. Loopback only, without passwords."""

import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from dealer_bot.sandbox.blobs import Blob
from dealer_bot.sandbox.control_paths import PREFIX
from dealer_bot.sandbox.faults import Fault, Faults
from dealer_bot.sandbox.journal import Journal
from dealer_bot.sandbox.people import ACTS, Impossible, People, full_name
from dealer_bot.sandbox.refusal import Refusal
from dealer_bot.sandbox.signal import Signal
from dealer_bot.sandbox.updates import dumped
from dealer_bot.sandbox.world import Message, World

Json = dict[str, Any]


LONGEST_WAIT_S = 600.0
_NO_SIGN = 10**9


@dataclass(slots=True)
class Control:
    """Everything that is not the bot's side of the server."""

    world: World
    people: People
    journal: Journal
    faults: Faults
    signal: Signal
    _ids: Any = field(default_factory=lambda: itertools.count(int(time.time()) % 100_000_000 * 10 + 1_000_000_000))

    def routes(self) -> list[web.RouteDef]:
        posts: dict[str, Callable[[Json], Any]] = {
            "people": self._person,
            "groups": self._group,
            "act": self._act,
            "album": lambda _: {"album": self.world.next_album()},
            "faults": self._fault,
            "faults/clear": lambda _: self.faults.clear(),
            "faults/release": lambda _: self.faults.release(),
            "inject": self._inject,
            "hold": lambda body: self.world.updates.hold(body["held"]),
            "time": lambda body: self.world.pass_time(body["seconds"]),
            "restrict": self._restrict,
        }
        return [
            *(web.post(f"{PREFIX}/{name}", _answering(does)) for name, does in posts.items()),
            web.put(f"{PREFIX}/blobs", self.keep_blob),
            web.get(f"{PREFIX}/view", _refusing(self.view)),
            web.get(f"{PREFIX}/media", _refusing(self.media)),
            web.get(f"{PREFIX}/press", _refusing(self.press)),
            web.get(f"{PREFIX}/quiet", _refusing(self.quiet)),
            web.get(f"{PREFIX}/people", _refusing(self.show_people)),
            web.get(f"{PREFIX}/journal", _refusing(self.show_journal)),
            web.get(f"{PREFIX}/bot", _refusing(self.show_bot)),
        ]

    async def keep_blob(self, request: web.Request) -> web.Response:
        """Bytes that later acts name by their sha256."""
        blob = Blob(await request.read())
        self.people.blobs[blob.sha256] = blob
        return _json({"sha256": blob.sha256})

    async def view(self, request: web.Request) -> web.Response:
        """What changed in a chat since a revision; waits up to `wait_s` for something to change.

        With `signs` it waits for what is no message too: typing, a block.
        """
        chat = self.world.chats[int(request.query["chat"])]
        since, signs = int(request.query.get("since", 0)), int(request.query.get("signs", _NO_SIGN))
        deadline = _deadline(request.query.get("wait_s", "0"))
        while len(chat.changes) <= since and chat.signs <= signs and await self.signal.wait_until(deadline):
            pass
        seen = [_shown(chat.messages[number], number in chat.pinned) for number in dict.fromkeys(chat.changes[since:])]
        picture = {"keyboard": chat.keyboard, "actions": chat.actions, "blocked": chat.blocked, "signs": chat.signs}
        return _json({"revision": len(chat.changes), "messages": seen, **picture})

    async def media(self, request: web.Request) -> web.Response:
        """The bytes that a message of a chat carries."""
        message = self.world.chats[int(request.query["chat"])].messages[int(request.query["message"])]
        if message.media is None or message.deleted:
            raise KeyError("media")
        return web.Response(body=b"".join(message.media.main.blob.chunks()))

    async def press(self, request: web.Request) -> web.Response:
        """The answer to a pressed button, or null after `wait_s`."""
        press = self.world.presses[request.query["id"]]
        deadline = _deadline(request.query.get("wait_s", "0"))
        while press.answer is None and await self.signal.wait_until(deadline):
            pass
        return _json(press.answer)

    async def quiet(self, request: web.Request) -> web.Response:
        """Nothing, once no request but getUpdates has run for `for_s` and no update waits; else what still goes on."""
        for_s = float(request.query["for_s"])
        deadline = _deadline(request.query["within_s"])
        while time.monotonic() < deadline:
            calm_at = self._calm_at(for_s)
            if calm_at is not None and calm_at <= time.monotonic():
                return _json([])
            # An update that is confirmed without any other request rings no bell: look again soon.
            await self.signal.wait_until(min(deadline, calm_at or time.monotonic() + 0.1))
        return _json([f"{len(self.world.updates)} updates wait", *self.journal.now_running()])

    async def show_people(self, request: web.Request) -> web.Response:
        """Everybody with an account here."""
        people = self.world.people.values()
        return _json([{"id": p.id, "phone": p.phone, "name": full_name(p.wire)} for p in people])

    async def show_journal(self, request: web.Request) -> web.Response:
        since = int(request.query.get("since", 0))
        return _json({"requests": self.journal.shown(since), "acts": self.journal.events})

    async def show_bot(self, request: web.Request) -> web.Response:
        """What the bot has told about itself: commands by scope; how many updates wait."""
        updates = self.world.updates
        told = {"commands": self.world.commands, "waiting": len(updates), "allowed": updates.allowed}
        return _json({"me": self.world.bot, **told})

    def _calm_at(self, for_s: float) -> float | None:
        if self.journal.running or len(self.world.updates):
            return None
        return self.journal.busy_at + for_s

    def _person(self, body: Json) -> Json:
        user_id = body.get("user_id") or next(self._ids)
        if user_id in self.world.people:
            raise Impossible(f"person {user_id} exists")
        person = self.people.person(
            body["name"], user_id, body.get("phone"), body.get("username"), body.get("language_code")
        )
        self.journal.act(user_id, "joins", {"name": body["name"]})
        return {"id": person.id}

    def _group(self, body: Json) -> Json:
        return {"id": self.people.group(body["title"], -1_000_000_000_000 - next(self._ids), body["members"]).id}

    def _act(self, body: Json) -> Json:
        person = self.world.people[body["person"]]
        result = ACTS[body["act"]](self.people, person, **body.get("args", {}))
        self.journal.act(person.id, body["act"], result)
        self.journal.busy_at = time.monotonic()
        return result

    def _fault(self, body: Json) -> None:
        self.faults.add(Fault(**body))

    def _inject(self, body: Json) -> Json:
        self.journal.busy_at = time.monotonic()
        position = body.get("position")
        return {"ids": [self.world.updates.inject(raw, position) for raw in body["updates"]]}

    def _restrict(self, body: Json) -> None:
        """Make a chat refuse the bot for good: an account deleted, the bot kicked."""
        refusal = body.get("refusal")
        self.world.chats[body["chat"]].refusal = Refusal(*refusal) if refusal else None


def _shown(message: Message, pinned: bool) -> Json:
    media = message.media
    return {
        "id": message.id,
        "body": message.body,
        "by_bot": message.by_bot,
        "silent": message.silent,
        "keyboard": message.keyboard,
        "deleted": message.deleted,
        "pinned": pinned,
        "reaction": message.reaction,
        "reacted": message.reacted,
        "sha256": media.main.blob.sha256 if media else None,
        "unique_id": media.main.unique_id if media else None,
    }


def _answering(does: Callable[[Json], Any]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(request: web.Request) -> web.Response:
        return _json(does(await request.json()))

    return _refusing(handler)


def _refusing(
    handler: Callable[[web.Request], Awaitable[web.Response]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def guarded(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except (Impossible, ValueError, TypeError) as error:
            return _json({"error": str(error)}, 400)
        except KeyError as error:
            return _json({"error": f"nothing known as {error}"}, 404)

    return guarded


def _deadline(wait_s: str) -> float:
    return time.monotonic() + min(float(wait_s), LONGEST_WAIT_S)


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(status=status, body=dumped(value), content_type="application/json")
