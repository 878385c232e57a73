"""The client of tests and demos: speaks the server's control API from any process."""

from typing import Any

from dealer_bot.sandbox.looks import ChatLooks
from dealer_bot.sandbox.person import PersonClient
from dealer_bot.sandbox.requests import ControlRequests

Json = dict[str, Any]


class SandboxClient(ControlRequests):
    """Drives people and faults of a server at `url` (its base, without /bot…); an async context manager."""

    async def person(
        self,
        name: str,
        phone: str | None = None,
        username: str | None = None,
        user_id: int | None = None,
        language_code: str | None = "ru",
    ) -> PersonClient:
        """Somebody new with an account; has not started the bot yet."""
        body = {"name": name, "phone": phone, "username": username, "user_id": user_id, "language_code": language_code}
        created = await self.post("people", body)
        return PersonClient(self, created["id"], name, phone)

    async def people(self) -> list[PersonClient]:
        """Everybody there is, for a client that comes later or from another process."""
        return [PersonClient(self, told["id"], told["name"], told["phone"]) for told in await self.get("people")]

    async def group(self, title: str, *members: PersonClient) -> ChatLooks:
        """A group with the bot in it; people act there through `person.into(group)`."""
        created = await self.post("groups", {"title": title, "members": [member.id for member in members]})
        return ChatLooks(self, created["id"], title)

    async def refuse_chat(self, chat: ChatLooks, code: int = 403, text: str = "Forbidden: user is deactivated") -> None:
        """From now on the chat refuses the bot: an account deleted, the bot kicked."""
        await self.post("restrict", {"chat": chat.chat_id, "refusal": [code, text]})

    async def fault(
        self,
        method: str | None = None,
        *,
        chat: ChatLooks | int | None = None,
        times: int | None = 1,
        skip: int = 0,
        probability: float = 1.0,
        contains: str | None = None,
        **kind: Any,
    ) -> None:
        """Plan one fault, named by keyword: `too_many_requests=3`, `hang_after=True`, `cut_at=1000`, …

        `method` None is any method; "download" is the file link. `times` None is for ever.
        """
        ((name, value),) = kind.items()
        chat_id = chat.chat_id if isinstance(chat, ChatLooks) else chat
        where = {"method": method, "chat_id": chat_id, "contains": contains}
        how = {"times": times, "skip": skip, "probability": probability}
        await self.post("faults", {"kind": name, "value": value, **where, **how})

    async def clear_faults(self) -> None:
        await self.post("faults/clear")

    async def release_hung(self) -> None:
        """End the connections that hang."""
        await self.post("faults/release")

    async def journal(self, method: str | None = None, *, since: int = 0) -> list[Json]:
        """The bot's requests in order of arrival, all or those of one method."""
        entries: list[Json] = (await self.get("journal", since=since))["requests"]
        return [e for e in entries if method is None or e["method"].lower() == method.lower()]

    async def acts(self) -> list[Json]:
        """What people did, in order."""
        acts: list[Json] = (await self.get("journal", since=10**9))["acts"]
        return acts

    async def inject(self, *updates: Json, position: int | None = None) -> list[int]:
        """Queue raw updates, however wrong; without an `update_id` they get the next one."""
        ids: list[int] = (await self.post("inject", {"updates": list(updates), "position": position}))["ids"]
        return ids

    async def hold_updates(self) -> None:
        """From now on updates gather and are not delivered, until `let_updates_go`."""
        await self.post("hold", {"held": True})

    async def let_updates_go(self) -> None:
        await self.post("hold", {"held": False})

    async def pass_time(self, seconds: float) -> None:
        """Move the server's clock ahead."""
        await self.post("time", {"seconds": seconds})

    async def quiet(self, for_s: float = 0.3, within_s: float = 60) -> None:
        """Wait until the bot has nothing more to do; raises AssertionError if it always has."""
        if busy := await self.get("quiet", for_s=for_s, within_s=within_s):
            raise AssertionError(f"the bot is still busy after {within_s} s: {', '.join(busy)}")

    async def bot(self) -> Json:
        """What the bot has told about itself, and how many updates wait for it."""
        told: Json = await self.get("bot")
        return told
