"""What people are and become: clients, staff, strangers; what they want and what the office decides."""

from hypothesis import strategies as st

from dealer_bot.bot.callbacks import PauseReceiving, ResumeReceiving, TakeWaiting
from dealer_bot.cli import user_changes
from dealer_bot.cli.outcome import Refused
from dealer_bot.domain.people import Role
from dealer_bot.services.people_changes import Changes
from tests.machine.crew_rules import CrewRules
from tests.machine.ground import SAY, nth, one_of, step
from tests.machine.town import STAFF
from tests.machine.truth import Account

roles = st.sampled_from((Role.EMPLOYEE, Role.ADMIN, Role.CLIENT, Role.CARE))


class PeopleRules(CrewRules):
    @property
    def strangers(self) -> list[Account]:
        return [one for one in self.people if not self.truth.is_connected(one)]

    @step(lambda self: self.strangers, which=nth)
    async def shares_his_contact(self, which: int) -> None:
        """Perhaps of a phone that another account has had till now."""
        self.shares_contact(one_of(self.strangers, which))
        await self.rests()

    @step(which=nth)
    async def starts(self, which: int) -> None:
        account = one_of([one for one in self.people if one.away] or self.people, which)
        self.town.does(account, "starts")
        self.truth.starts(account)
        await self.rests()

    @step(who=st.sampled_from(STAFF), role=roles)
    async def the_office_writes_somebody_down(self, who: str, role: Role) -> None:
        """Who is known already is not written down twice."""
        await self.employs(who, role)

    @step(which=nth, role=roles)
    async def the_office_changes_a_level(self, which: int, role: Role) -> bool:
        others = [one for one in self.people if one.role is not role and self.town.messages(one)]
        account = one_of(others or self.people, which)
        if not await self._changes(account, Changes(role, None, None, None)):
            return False
        account.becomes(role, account.active)
        await self.rests()
        return True

    @step(which=nth)
    async def the_office_lets_somebody_go_or_in(self, which: int) -> bool:
        gone = [one for one in self.people if not one.active]
        account = one_of(gone if gone and which % 2 else [one for one in self.people if self.town.messages(one)], which)
        active = not account.active
        if not await self._changes(account, Changes(None, None, None, active)):
            return False
        account.becomes(account.role, active)
        await self.rests()
        return True

    async def _changes(self, account: Account, changes: Changes) -> bool:
        database = self.town.life.app.database
        try:
            await database.write(user_changes.change, str(account.id), "BY", changes, SAY, self.clock.now)
        except Refused:
            return False
        return True

    @property
    def reachable(self) -> list[Account]:
        chats = self.ground.server.world.chats
        return [one for one in self.people if chats[one.id].started and not chats[one.id].blocked]

    @step(lambda self: self.reachable, which=nth)
    async def blocks_the_bot(self, which: int) -> None:
        account = one_of([one for one in self.reachable if self.is_client(one)] or self.reachable, which)
        self.ground.server.people.blocks(self.ground.server.world.people[account.id])
        account.away = True
        await self.rests()

    @step(lambda self: any(not one.paused for one in self.clients), which=nth)
    async def stops_receiving(self, which: int) -> None:
        await self._stops(one_of([one for one in self.clients if not one.paused], which))

    async def _stops(self, account: Account) -> None:
        self.town.does(account, "says", text="/stop")
        await self.rests()
        self.presses(account, PauseReceiving(really=True).pack())
        await self.rests()

    @step(lambda self: self.clients, which=nth, wanted=st.booleans())
    async def receives_again(self, which: int, wanted: bool) -> None:
        if not any(one.paused for one in self.clients):
            await self._stops(one_of(self.clients, which))
        account = one_of([one for one in self.clients if one.paused], which)
        self.presses(account, ResumeReceiving().pack())
        await self.rests()
        self.presses(account, TakeWaiting(wanted=wanted).pack())
        await self.rests()

    @step(lambda self: self.clients, which=nth, kind=st.sampled_from(("text", "photo")), reply=st.booleans())
    async def a_client_answers(self, which: int, kind: str, reply: bool) -> bool:
        account = one_of(self.clients, which)
        theirs = [message.id for message in self.town.messages(account) if message.by_bot]
        return await self.hands_in(account, kind, reply_to=one_of(theirs, which) if reply and theirs else None)
