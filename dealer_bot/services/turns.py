"""The inbox as the rest sees it: what was received, what is handled next, what a turn left behind."""

from database import inbox, outbox, people, readings, screens
from database.connection import Database
from dealer_bot.domain.visits import Received, Said, Visit

FORGET_AFTER_MS = 7 * 24 * 3600 * 1000


class Turns:
    def __init__(self, database: Database, bot_id: int) -> None:
        self._db, self._bot_id = database, bot_id

    async def receive(self, updates: list[Received], now: int) -> set[str]:
        """T0: on disk before Telegram is told so. The lanes with something to handle."""
        return await self._db.write(inbox.receive, updates, now)

    async def waiting_lanes(self) -> list[str]:
        return await self._db.read(inbox.waiting_lanes)

    async def next(self, lane: str) -> Visit | None:
        return await self._db.read(inbox.next_visit, self._bot_id, lane)

    async def finish(self, visit: Visit, said: Said, now: int) -> Visit | None:
        """T2: what was said, the dialogue's state and `done`, together. The lane's next update, if there is one."""
        return await self._db.write(self._finish, visit, said, now)

    async def put_off(self, visit: Visit, due_at: int, error: str) -> Visit | None:
        return await self._db.write(self._put_off, visit, due_at, error)

    async def bury(self, visit: Visit, error: str, apology: Said, now: int) -> Visit | None:
        """Set aside what can't be handled, say so to its sender and to the admins."""
        return await self._db.write(self._bury, visit, error, apology, now)

    async def forget_old(self, now: int) -> None:
        await self._db.write(inbox.forget_payloads, now - FORGET_AFTER_MS)
        await self._db.write(readings.forget, now - FORGET_AFTER_MS)

    def _finish(self, visit: Visit, said: Said, now: int) -> Visit | None:
        if inbox.finish(visit.inbox_id):
            self._leave(visit, said, now)
        return inbox.next_visit(self._bot_id, visit.lane)

    def _put_off(self, visit: Visit, due_at: int, error: str) -> Visit | None:
        inbox.put_off(visit.inbox_id, due_at, error)
        return inbox.next_visit(self._bot_id, visit.lane)

    def _bury(self, visit: Visit, error: str, apology: Said, now: int) -> Visit | None:
        inbox.bury(visit.inbox_id, error)
        self._leave(visit, apology, now)
        outbox.alert_admins(f"d{visit.inbox_id}", "alert-dead", {"error": error, "id": str(visit.inbox_id)}, now)
        return inbox.next_visit(self._bot_id, visit.lane)

    def _leave(self, visit: Visit, said: Said, now: int) -> None:
        for n, (address, body) in enumerate(said.prompts):
            outbox.add_prompt(key=f"p{visit.inbox_id}:{n}", address=address, body=body, at=now)
        for address, slot, subject in said.screens:
            screens.want_new(address, slot, subject, now)
        if said.fsm is not None:
            chat = int(visit.lane.partition(":")[2])
            inbox.save_fsm(self._bot_id, chat, chat, *said.fsm)
        if said.told_closed is not None:
            people.update(said.told_closed, told_closed_at=now)
