"""What the office and its programs do to the store: folders come, change, are closed, come back."""

from hypothesis import strategies as st

from tests.machine.ground import Grounded, nth, one_of, step
from tests.machine.town import NUMBERS, PHONES
from tests.machine.truth import Folder

phones = st.sampled_from(PHONES)
at_once = st.sampled_from((True, True, False))
"""Or only after what happens next: the bot looks every two seconds."""


class FolderRules(Grounded):
    @property
    def open_folders(self) -> list[Folder]:
        return [folder for folder in self.truth.folders if not folder.is_closed]

    @property
    def free_numbers(self) -> list[str]:
        return [number for number in NUMBERS if self.truth.open_folder(number) is None]

    @property
    def to_reopen(self) -> list[Folder]:
        return [folder for folder in self.truth.folders if folder.is_closed and folder.number in self.free_numbers]

    @step(which=nth, phone=phones, now=at_once)
    async def an_order_appears(self, which: int, phone: str, now: bool) -> bool:
        """Its number may be one of last year's, whose folder is still there, marked as closed."""
        if not self.free_numbers and not self.town.closes_order(one_of(self.open_folders, which)):
            return False
        number = one_of(self.free_numbers, which)
        await self._sees_closed(number)
        self.town.adds_order(number, phone)
        await self._looks(now)
        return True

    @step(lambda self: self.open_folders, which=nth, phone=phones, now=at_once)
    async def a_card_is_written_anew(self, which: int, phone: str, now: bool) -> None:
        """With another phone, or the same, or at last one that can be read."""
        self.town.writes_card(one_of(self.open_folders, which), phone)
        await self._looks(now)

    @step(lambda self: self.open_folders, which=nth, now=at_once)
    async def a_card_becomes_unreadable(self, which: int, now: bool) -> None:
        self.town.writes_card(one_of(self.open_folders, which), None)
        await self._looks(now)

    @step(which=nth, now=at_once)
    async def an_order_is_closed(self, which: int, now: bool) -> bool:
        if not self.open_folders:
            number = one_of(self.free_numbers, which)
            await self._sees_closed(number)
            self.town.adds_order(number, PHONES[0])
            await self.rests()
        if not self.town.closes_order(one_of(self.open_folders, which)):
            return False
        await self._looks(now)
        return True

    @step(which=nth, now=at_once)
    async def an_order_is_opened_again(self, which: int, now: bool) -> bool:
        if not self.to_reopen and not (self.open_folders and self.town.closes_order(one_of(self.open_folders, which))):
            return False
        folder = one_of(self.to_reopen, which)
        await self._sees_closed(folder.number)
        self.town.reopens(folder)
        await self._looks(now)
        return True

    async def _sees_closed(self, number: str) -> None:
        """Two folders do not change places between two looks."""
        if any(one.number == number and one.visit.ended_at is None for one in self.truth.folders if one.is_closed):
            await self.rests()

    async def _looks(self, now: bool) -> None:
        self.inspector.note()
        if now:
            await self.rests()
