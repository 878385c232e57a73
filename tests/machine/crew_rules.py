"""What employees do: into an order and out, shoot, write, mend, press whatever button lies in the chat."""

from collections.abc import Callable
from typing import ClassVar

from hypothesis import strategies as st

from dealer_bot.bot.callbacks import (
    DropHeld,
    EnterStage,
    PauseReceiving,
    PlaceHeld,
    PlaceWaiting,
    Resume,
    ResumeReceiving,
    ShowOrder,
    Speak,
    TakeWaiting,
    WrongCar,
)
from dealer_bot.bot.states import Finding
from dealer_bot.domain.stages import Stage
from tests.machine.ground import Grounded, nth, one_of, step
from tests.machine.town import NUMBERS
from tests.machine.truth import SERVICE, STAGES, Account, Piece, Visit

STAGE_OF = {Stage(name, "").code: name for name in ("Acceptance", "Damage", "Body", "Issue", SERVICE)}
PATIENCE_MS = 15_000
"""As long as a card may take that Telegram delays twice."""

QUESTIONS = (PlaceHeld.__prefix__, DropHeld.__prefix__, PlaceWaiting.__prefix__)
ANSWER = """
    SELECT order_id, stage, (SELECT h.settled_at IS NOT NULL FROM holds h WHERE h.id = hold_id) FROM messages WHERE {}
"""
PLACE = "SELECT l.order_id, l.stage FROM places l JOIN people p ON p.id = l.person_id WHERE p.address = ?"

stages = st.sampled_from(STAGES)
kinds = st.sampled_from(("photo", "photo", "video", "document", "text"))


class CrewRules(Grounded):
    async def begins(self) -> None:
        await super().begins()
        await self.enters_order(self.town.account("anna"), NUMBERS[0], STAGES[0])

    @step()
    async def anna_shoots(self) -> bool:
        return await self.hands_in(self.town.account("anna"), "photo")

    @step(which=nth, kind=kinds)
    async def shoots_or_writes(self, which: int, kind: str) -> bool:
        """Whoever he is: most are of the crew, and some are nobody."""
        return await self.hands_in(one_of(self.crew * 2 + self.people, which), kind)

    @step(lambda self: self.crew, which=nth, kinds=st.lists(kinds.filter("text".__ne__), min_size=2, max_size=4))
    async def shoots_an_album(self, which: int, kinds: list[str]) -> bool:
        return await self.hands_in(one_of(self.crew, which), *kinds)

    @step(lambda self: self.crew, which=nth, stage=stages)
    async def enters(self, which: int, stage: str) -> bool:
        folders = [folder for folder in self.truth.folders if not folder.is_closed]
        return bool(folders) and await self.enters_order(
            one_of(self.crew, which), one_of(folders, which // 7).number, stage
        )

    async def enters_order(self, account: Account, number: str, stage: str) -> bool:
        same = [folder for folder in self.truth.folders if folder.number == number]
        if len(same) > 1 or same[0].visit.ended_at is not None:
            await self.rests()  # whether an ended order is back, or its number is another's, is told by a settled card
        self.town.does(account, "says", text=f"/order {number}")
        account.finding = True
        await self.rests(PATIENCE_MS)
        folder = self.truth.open_folder(number)
        rows = folder.visit.rows if folder is not None else set()
        cards = [(on, EnterStage.unpack(data)) for on, data in self.town.buttons(account) if data.startswith("s1:")]
        offered = [(on, pressed) for on, pressed in cards if pressed.order_id in rows]
        assert offered, f"{account.name} is shown no card of {number}"
        on, pressed = next(each for each in reversed(offered) if STAGE_OF[each[1].stage] == stage)
        self.presses(account, pressed.pack(), on)
        await self.rests()
        return account.place is not None and account.place[1] == stage

    @step(lambda self: self.crew, which=nth)
    async def leaves(self, which: int) -> None:
        await self._leaves(one_of([one for one in self.crew if one.place] or self.crew, which))

    async def _leaves(self, account: Account) -> None:
        self.town.does(account, "says", text="/stop")
        account.place, account.finding = None, False
        await self.rests()

    @step(which=nth)
    async def somebody_mends_what_he_wrote(self, which: int) -> bool:
        if not self.truth.pieces:
            return False
        piece = one_of(self.truth.pieces, which)
        _, how = self.town.piece(piece.author, "text")
        self.town.does(piece.author, "edits", message_id=piece.message_id, text=how["text"])
        piece.contents.add(how["text"])
        await self.rests()
        return True

    @step(which=nth, button=nth)
    async def an_old_button_is_pressed(self, which: int, button: int) -> bool:
        known = {one.id: self._known_buttons(one) for one in self.people}
        pressing = [one for one in self.crew * 2 + self.people if known[one.id]]
        if not pressing:
            return False
        account = one_of(pressing, which)
        message, data = one_of(known[account.id], button)
        await self._answers(account, data, message)
        return True

    def _known_buttons(self, account: Account) -> list[tuple[int, str]]:
        return [each for each in self.town.buttons(account) if each[1].partition(":")[0] in self.MEANT]

    @step(lambda self: self.crew, which=nth, button=nth)
    async def says_where_it_belongs(self, which: int, button: int) -> bool:
        if not self.asked:
            await self._leaves(one_of(self.crew, which))
            await self.hands_in(one_of(self.crew, which), "photo")
        account = one_of(self.asked, which)
        offered = [each for each in self.town.buttons(account) if each[1].startswith(QUESTIONS)]
        if not offered:
            return False
        message, data = one_of(offered[::-1], button % 5)
        await self._answers(account, data, message)
        return True

    @property
    def asked(self) -> list[Account]:
        return [one for one in self.crew if self.truth.waiting_of(one, to_service=True)]

    async def _answers(self, account: Account, data: str, message: int) -> None:
        visits = [folder.visit for folder in self.truth.folders]
        open_now = [visit for visit in visits if visit.ended_at is None and visit.is_confirmed]
        taking = {visit: self.truth.reader_of(visit) for visit in open_now}
        self.presses(account, data, message)
        await self.rests()
        self._sees_answer(account, data, taking)

    def _sees_answer(self, account: Account, data: str, taking: dict[Visit, Account | None]) -> None:
        """What waited is where the answer says, or waits on: nowhere else.

        `taking`: the visits that took it when he pressed, and whose they were: he may have it before the next look.
        """
        if not data.startswith(QUESTIONS[:2]):
            return
        for piece in self.truth.waiting_of(account, to_service=True):
            order_id, stage, is_settled = self.town.row(ANSWER, piece)
            if order_id is not None:
                visit = self._may_go(account, piece, data, order_id, stage)
                assert visit in taking, f"{piece} went to {visit}"
                piece.visit, piece.stage, piece.waits = visit, stage, False
                reader = taking[visit]
                if reader is not None and self.truth.may_receive(reader) and not piece.is_for_service:
                    self.inspector.allowed.add((self.truth.pieces.index(piece), reader.id))
                there = self.town.life.rows.execute(PLACE, (account.address,)).fetchone()
                if there == (order_id, stage):
                    looks = account.finding and self._looks_for_an_order(account)
                    account.goes_to(visit, stage, self.clock.now)
                    account.finding = looks
            elif is_settled:
                assert data.startswith(DropHeld.__prefix__) and account.is_crew, f"{piece} was dropped by {data}"
                piece.waits, piece.dropped = False, True

    def _looks_for_an_order(self, account: Account) -> bool:
        """An answer that leads into another order ends that; one about where he is does not."""
        found = self.town.life.rows.execute("SELECT state FROM fsm WHERE chat = ?", (account.id,)).fetchone()
        return found is not None and found[0] == Finding.asked.state

    def _may_go(self, account: Account, piece: Piece, data: str, order_id: int, stage: str) -> Visit:
        assert data.startswith(PlaceHeld.__prefix__) and account.is_crew, f"{piece} went somewhere by {data}"
        pressed, visit = PlaceHeld.unpack(data), self.truth.visit_of_row(order_id)
        assert (pressed.order_id, STAGE_OF[pressed.stage]) == (order_id, stage), f"{piece} went elsewhere"
        assert visit is not None, f"{piece} went to {order_id}"
        return visit

    def presses(self, account: Account, data: str, message: int | None = None) -> None:
        on = message or max(self.ground.server.world.chats[account.id].messages, default=1)
        self.town.does(account, "presses", message_id=on, data=data)
        if account.active:
            self.MEANT[data.partition(":")[0]](self, account, data)

    def _enter(self, account: Account, data: str) -> None:
        pressed = EnterStage.unpack(data)
        self.truth.enters(account, pressed.order_id, STAGE_OF[pressed.stage], pressed.seen, self.clock.now)

    def _resume(self, account: Account, data: str) -> None:
        self.truth.resumes(account, Resume.unpack(data).order_id, self.clock.now)

    def _show(self, account: Account, _: str) -> None:
        account.finding = account.finding or account.is_crew

    def _place(self, account: Account, data: str) -> None:
        pressed = PlaceWaiting.unpack(data)
        if not account.is_crew:
            return
        if not pressed.keep:
            for piece in self.truth.waiting_of(account, to_service=True):
                piece.waits, piece.dropped = False, True
        elif account.place is not None:
            visit, stage = account.place
            if visit.ended_at is None and pressed.order_id in visit.rows and STAGE_OF[pressed.stage] == stage:
                self.truth.puts_waiting(account, visit, stage)

    def _answer(self, account: Account, data: str) -> None:
        """Which of his questions this was is looked up when the bot has come to rest."""

    def _pause(self, account: Account, data: str) -> None:
        if self.is_client(account) and PauseReceiving.unpack(data).really:
            account.paused = account.asked = True

    def _receive(self, account: Account, _: str) -> None:
        if self.is_client(account):
            account.paused = False

    def _take(self, account: Account, _: str) -> None:
        if self.is_client(account):
            account.asked = account.paused

    def _speak(self, account: Account, _: str) -> None:
        """The language changes nobody's way."""

    MEANT: ClassVar[dict[str, Callable[["CrewRules", Account, str], None]]] = {
        EnterStage.__prefix__: _enter,
        Resume.__prefix__: _resume,
        ShowOrder.__prefix__: _show,
        WrongCar.__prefix__: _show,
        PlaceWaiting.__prefix__: _place,
        PauseReceiving.__prefix__: _pause,
        ResumeReceiving.__prefix__: _receive,
        TakeWaiting.__prefix__: _take,
        Speak.__prefix__: _speak,
        PlaceHeld.__prefix__: _answer,
        DropHeld.__prefix__: _answer,
    }
    """What the buttons mean that a person may find in his chat."""
