"""What nobody decides: Telegram has whims, the power fails, time passes."""

from typing import Any

from hypothesis import strategies as st

from dealer_bot.sandbox.faults import Fault
from tests.machine.ground import Grounded, nth, one_of, step

whims = st.sampled_from((("too_many_requests", 2), ("server_error", 502), ("cut_after", True), ("cut_before", True)))
breaks = st.sampled_from((("cut_at", 40), ("short", 50), ("not_found", True)))


class WeatherRules(Grounded):
    @step(which=nth, how=whims, skip=st.integers(0, 2))
    async def telegram_falters(self, which: int, how: tuple[str, Any], skip: int) -> None:
        account = one_of(self.clients + self.crew or self.people, which)
        self.ground.server.faults.add(Fault(how[0], how[1], chat_id=account.id, skip=skip))

    @step(how=breaks)
    async def a_download_breaks(self, how: tuple[str, Any]) -> None:
        self.ground.server.faults.add(Fault(how[0], how[1]))

    @step(seconds=st.sampled_from((15, 90, 700)))
    async def time_passes(self, seconds: int) -> None:
        await self.rests(seconds * 1000)
        self.clock.now += seconds * 1000
        await self.rests()

    @step(which=nth, kind=st.sampled_from(("none", "photo")), calm=st.booleans())
    async def the_bot_is_started_anew(self, which: int, kind: str, calm: bool) -> None:
        """What came meanwhile waits at Telegram."""
        self.inspector.note()
        if kind == "photo" and self.crew:
            self.sends(one_of(self.crew, which), kind)
        await self.town.lives_again(dies=not calm)
        self.sees_where_it_went()

    @step(lambda self: self.crew, which=nth, kind=st.sampled_from(("photo", "text")), moment=st.integers(0, 30))
    async def the_bot_dies(self, which: int, kind: str, moment: int) -> bool:
        taken = self.sends(one_of(self.crew, which), kind)
        self.inspector.note()
        await self.town.life.works_until(moment)
        await self.town.lives_again(dies=True)
        self.sees_where_it_went()
        return taken
