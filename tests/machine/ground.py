"""What all examples stand on, and how one step of them goes."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from dealer_bot.cli import user_changes
from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import Sandbox
from dealer_bot.services.people_changes import Newcomer
from tests.machine.inspector import Inspector
from tests.machine.town import NUMBERS, ORDER_IDLE_S, SIMS, Town
from tests.machine.truth import Account, Piece

T = TypeVar("T")
Step = Callable[..., Coroutine[Any, Any, bool | None]]
Holds = Callable[[Any], Any]

SAY = Tongue("en")
LONG_MS = 20 * 60_000
nth = st.integers(0, 5_039)
"""Which of those that could: any number, taken round and round."""


def one_of(choices: Sequence[T], which: int) -> T:
    return choices[which % len(choices)]


class Ground:
    """One loop, one server, one folder; and how often each rule did something."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.fired, self.steps = folder, Counter[str](), 0
        self._towns = count(1)
        self.loop = asyncio.new_event_loop()
        self.server = Sandbox(files=folder / "telegram")
        self.run(self.server.start())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def town(self) -> Town:
        return Town(self.server, self.folder / f"town{next(self._towns)}")

    def close(self) -> None:
        self.run(self.server.stop())
        self.run(self.loop.shutdown_default_executor())
        self.loop.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def step(if_: Holds | None = None, **drawn: Any) -> Callable[[Step], Any]:
    """A rule: what happens, then the bot comes to rest and is judged. `False` returned: nothing could happen."""

    def decorated(does: Step) -> Any:
        @wraps(does)
        def ran(self: "Grounded", **how: Any) -> None:
            self.ground.run(self.steps(does, how))

        del ran.__wrapped__  # type: ignore[attr-defined]
        made = rule(**drawn)(ran)
        return made if if_ is None else precondition(lambda self: bool(if_(self)))(made)

    return decorated


class Grounded(RuleBasedStateMachine):
    """A day begins with Anna at work, Peter connected, and his order in the store."""

    ground: ClassVar[Ground]

    def __init__(self) -> None:
        super().__init__()
        self.town = self.ground.town()
        self.truth, self.clock = self.town.truth, self.town.clock
        self.inspector = Inspector(self.town)
        self.ground.run(self.begins())

    async def begins(self) -> None:
        await self.town.life.begins()
        self.town.adds_order(NUMBERS[0], SIMS["peter"])
        await self.employs("anna", Role.EMPLOYEE)
        self.shares_contact(self.town.account("peter"))
        await self.rests()

    def teardown(self) -> None:
        self.ground.run(self._ends())

    async def _ends(self) -> None:
        """Telegram has no more whims, and there is time: what may come to its end has come to it."""
        try:
            self.ground.server.faults.clear()
            await self.town.rests(LONG_MS)
            self.judges()
        finally:
            await self.town.closes()

    async def steps(self, does: Step, how: dict[str, Any]) -> None:
        if await does(self, **how) is not False:
            self.ground.fired[does.__name__] += 1
        self.ground.steps += 1
        self.judges()

    def judges(self) -> None:
        wrongs = self.inspector.wrongs()
        assert not wrongs, "\n".join(wrongs)

    async def rests(self, within_ms: int | None = None) -> None:
        self.inspector.note()
        await (self.town.rests() if within_ms is None else self.town.rests(within_ms))
        self.inspector.note()

    # who there is

    @property
    def people(self) -> list[Account]:
        return list(self.truth.accounts.values())

    @property
    def crew(self) -> list[Account]:
        return [one for one in self.people if one.is_crew]

    @property
    def clients(self) -> list[Account]:
        return [one for one in self.people if self.is_client(one)]

    def is_client(self, account: Account) -> bool:
        return account.active and account.role is Role.CLIENT and self.truth.is_connected(account)

    # what several rules do

    def shares_contact(self, account: Account) -> None:
        self.town.does(account, "shares_contact")
        self.truth.connects(account)

    async def employs(self, who: str, role: Role) -> bool:
        account = self.town.account(who)
        newcomer = Newcomer(account.phone, who.title(), role, None)
        try:
            await self.town.life.app.database.write(user_changes.add, newcomer, SAY, self.clock.now)
        except Refused:
            return False
        if account.phone in self.truth.bound:
            self.truth.bound[account.phone].role = role
        else:
            self.truth.expected[account.phone] = role
        if not self.truth.is_connected(account):
            self.shares_contact(account)
        await self.rests()
        return True

    async def hands_in(self, account: Account, *kinds: str, reply_to: int | None = None) -> bool:
        taken = self.sends(account, *kinds, reply_to=reply_to)
        await self.rests()
        self.sees_where_it_went()
        return taken

    def sends(self, account: Account, *kinds: str, reply_to: int | None = None) -> bool:
        """Several make an album. Whether any of it may be taken."""
        taken, album = False, self.ground.server.world.next_album()
        is_read: bool | None = (
            None  # the first of an album decides for its pictures: looked at to find an order, or not
        )
        for kind in kinds:
            piece, how = self.town.piece(account, kind)
            how |= {"album": album} if len(kinds) > 1 else {}
            self.town.sends(piece, how | ({"reply_to": reply_to} if reply_to else {}))
            taken = self._may_hand_in(account, piece, along=is_read is False)
            if is_read is None and (taken or kind == "photo"):
                is_read = not taken
        return taken

    def _may_hand_in(self, account: Account, piece: Piece, along: bool) -> bool:
        if not self.is_client(account):
            return account.is_crew and self.truth.hands_in(piece, account.place, along)
        piece.stage = "Client"
        self.truth.pieces.append(piece)
        return True

    def sees_where_it_went(self) -> None:
        """Where a client's words went, and what an employee is asked about, is the bot's choice: may it be so?"""
        for piece in self.truth.pieces:
            if piece.stage == "Client" and piece.visit is None:
                order_id = self.town.row("SELECT order_id FROM messages WHERE {}", piece)[0]
                piece.visit = self.truth.visit_of_row(order_id) if order_id is not None else None
            elif piece.visit is not None and piece.stage != "Client":
                found = self.town.row(DOUBT, piece)
                if found[0] is not None:
                    waiting = self.truth.waiting_of(piece.author, to_service=True)
                    assert waiting or _is_doubtful(piece, found[0]), f"asked about {piece} for no reason: {found[0]}"
                    piece.visit, piece.waits = None, True
                piece.idle_ms = 0


DOUBT = """
    SELECT (SELECT h.kind FROM holds h WHERE h.id = hold_id AND h.settled_at IS NULL AND h.kind IN ('idle', 'switch'))
    FROM messages WHERE {}
"""
LATE_MS = 200_000
"""A step with a new start of the bot takes as long: what was sent at its beginning may be handled at its end."""


def _is_doubtful(piece: Piece, kind: str) -> bool:
    if kind == "switch":
        return piece.kind in ("video", "document")
    return piece.idle_ms > ORDER_IDLE_S * 1000 - LATE_MS
