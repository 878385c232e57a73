"""What is so, known without asking the bot: who has which phone, what the folders say, who may see what."""

from dataclasses import dataclass, field
from zlib import crc32

from dealer_bot.domain.people import Role

SERVICE = "Service"
STAGES = ("Acceptance", "Body", SERVICE)


@dataclass(eq=False, slots=True)
class Account:
    """A Telegram account; `phone` is of the SIM it was made with. `away`: blocked us, and has not come back since."""

    id: int
    name: str
    phone: str
    role: Role = Role.CLIENT
    active: bool = True
    paused: bool = False
    asked: bool = False
    away: bool = False
    finding: bool = False
    place: "tuple[Visit, str] | None" = None
    entered: "dict[Visit, str]" = field(default_factory=dict)
    active_at: int = 0

    def goes_to(self, visit: "Visit", stage: str, now: int) -> None:
        self.place, self.finding, self.active_at = (visit, stage), False, now
        self.entered[visit] = stage

    def becomes(self, role: Role, active: bool) -> None:
        """What he was asked is over; who shoots on, stays where he is."""
        was_crew, self.role, self.active, self.finding = self.is_crew, role, active, False
        if not (was_crew and self.is_crew):
            self.place = None

    @property
    def address(self) -> str:
        return f"tg:{self.id}"

    @property
    def is_crew(self) -> bool:
        return self.active and self.role in (Role.ADMIN, Role.EMPLOYEE)


@dataclass(eq=False, slots=True)
class Visit:
    """One car's stay. `phone` as its card says now, `seen_phone` as the bot has looked; `confirmed` by a tap."""

    number: str
    barcode: str
    phone: str | None
    seen_phone: str | None = None
    confirmed: str | None = None
    needs_tap: bool = False
    ended_at: int | None = None
    rows: set[int] = field(default_factory=set)

    @property
    def is_confirmed(self) -> bool:
        return self.seen_phone is None or self.confirmed == self.seen_phone

    @property
    def seen_code(self) -> str:
        return f"{crc32((self.seen_phone or '').encode()) & 0xFFFFFF:06x}"


@dataclass(eq=False, slots=True)
class Folder:
    """`former`: visits whose files lie in it too; it came back as another's."""

    name: str
    number: str
    visit: Visit
    former: list[Visit] = field(default_factory=list)
    is_closed: bool = False
    touched: bool = False

    @property
    def is_back_as_anothers(self) -> bool:
        """Not with the card it had, nor with another that has its phone and barcode: also if it can't be read."""
        visit = self.visit
        is_back = visit.ended_at is not None and not self.is_closed
        return is_back and self.touched and (visit.phone is None or visit.phone != visit.seen_phone)

    def earlier(self, phone: str | None) -> Visit | None:
        """The visit of this phone that lay here before, which lies here again."""
        found = next((visit for visit in self.former if phone is not None and visit.phone == phone), None)
        self.former = [visit for visit in self.former if visit is not found]
        return found


@dataclass(eq=False, slots=True)
class Piece:
    """Something handed in: `contents` are the hash of its file and each of its words, old and new."""

    author: Account
    message_id: int
    at: int
    kind: str
    sha256: str | None
    contents: set[str]
    visit: Visit | None = None
    stage: str | None = None
    waits: bool = False
    dropped: bool = False
    idle_ms: int = 0

    @property
    def is_for_service(self) -> bool:
        return self.stage == SERVICE and self.kind != "text"


@dataclass(slots=True)
class Truth:
    accounts: dict[str, Account] = field(default_factory=dict)
    bound: dict[str, Account] = field(default_factory=dict)
    expected: dict[str, Role] = field(default_factory=dict)
    folders: list[Folder] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def is_connected(self, account: Account) -> bool:
        return self.bound.get(account.phone) is account

    def by_id(self, account_id: int) -> Account | None:
        return next((one for one in self.accounts.values() if one.id == account_id), None)

    def open_folder(self, number: str) -> Folder | None:
        return next((one for one in self.folders if one.number == number and not one.is_closed), None)

    def closed_folder(self, number: str) -> Folder | None:
        return next((one for one in self.folders if one.number == number and one.is_closed), None)

    def visit_of_row(self, order_id: int) -> Visit | None:
        visits = [folder.visit for folder in self.folders] + [piece.visit for piece in self.pieces if piece.visit]
        return next((visit for visit in reversed(visits) if order_id in visit.rows), None)

    def may_get(self) -> set[tuple[int, int]]:
        """(piece, chat): by their places in `pieces` and the account's id; what clients may be sent now."""
        return {
            (n, client.id)
            for n, piece in enumerate(self.pieces)
            if (client := self.client_of(piece)) is not None and self.may_receive(client)
        }

    def may_receive(self, client: Account) -> bool:
        return client.active and not client.paused

    def client_of(self, piece: Piece) -> Account | None:
        """Whose chat alone may show it now."""
        visit = piece.visit
        if visit is None or piece.is_for_service or piece.dropped:
            return None
        if visit.ended_at is not None and piece.at > visit.ended_at:
            return None
        return self.reader_of(visit)

    def reader_of(self, visit: Visit) -> Account | None:
        """Its client, by its card as it is or as the bot has seen it last."""
        for phone in (visit.phone, visit.seen_phone):
            if phone is not None and visit.confirmed == phone and phone in self.bound:
                return self.bound[phone]
        return None

    def connects(self, account: Account) -> None:
        """His own contact, which ends what he was asked. Whoever had the phone before has it no more."""
        account.finding = False
        if not account.active:
            return
        former = self.bound.get(account.phone)
        if former is not None and former is not account:
            account.active = former.active or account.role is not Role.CLIENT
        elif former is None and account.phone in self.expected:
            role = self.expected.pop(account.phone)
            account.role = Role.ADMIN if self.is_last_admin(account) else role
        self.bound[account.phone] = account
        if account.active:
            account.away = False

    def is_last_admin(self, account: Account) -> bool:
        admins = [one for one in self.accounts.values() if one.role is Role.ADMIN and one.active]
        return admins == [account]

    def starts(self, account: Account) -> None:
        if account.active:
            account.finding, account.away = False, False

    def enters(self, account: Account, order_id: int, stage: str, seen: str, now: int) -> None:
        """A stage chosen on a card, which confirms the client it shows."""
        visit = self.visit_of_row(order_id)
        if not account.is_crew or visit is None or visit.ended_at is not None or seen != visit.seen_code:
            return
        account.goes_to(visit, stage, now)
        if visit.seen_phone is not None:
            visit.confirmed, visit.needs_tap = visit.seen_phone, False

    def resumes(self, account: Account, order_id: int, now: int) -> None:
        """Back into the stage one was last in there; a client that nobody has looked at is not confirmed by this."""
        visit = self.visit_of_row(order_id)
        if account.is_crew and visit is not None and visit.ended_at is None and visit.is_confirmed:
            account.goes_to(visit, account.entered.get(visit, STAGES[0]), now)

    def hands_in(self, piece: Piece, place: tuple[Visit, str] | None, along: bool) -> bool:
        """What staff shoots or writes, `along` with an album; False if it can be taken nowhere, and he is told so."""
        visit, stage = place or (None, None)
        is_open = visit is not None and visit.ended_at is None
        is_finding = piece.author.finding
        is_search = is_finding and (piece.kind == "text" or (piece.kind == "photo" and not along))
        if not piece.author.is_crew or is_search or (piece.kind == "text" and not is_open):
            return False
        piece.stage, piece.idle_ms = stage, piece.at - piece.author.active_at
        piece.author.active_at = piece.at
        piece.visit, piece.waits = (visit, False) if is_open and not is_finding else (None, True)
        self.pieces.append(piece)
        return True

    def puts_waiting(self, account: Account, visit: Visit, stage: str) -> None:
        for piece in self.waiting_of(account, to_service=stage == SERVICE):
            piece.visit, piece.stage, piece.waits = visit, stage, False

    def waiting_of(self, account: Account, *, to_service: bool) -> list[Piece]:
        waiting = [piece for piece in self.pieces if piece.author is account and piece.waits]
        return [piece for piece in waiting if to_service or not piece.is_for_service]

    def tells_visits_apart(self) -> None:
        """Folders that are back under an old number may be other visits, or ones from before the last."""
        for folder in self.folders:
            if folder.is_back_as_anothers:
                last = folder.visit
                folder.visit = folder.earlier(last.phone) or Visit(last.number, last.barcode, last.phone)
                folder.former.append(last)
                last.phone = last.seen_phone

    def has_looked(self, clock: int) -> None:
        """The bot has seen every folder as it is."""
        for folder in self.folders:
            visit = folder.visit
            if folder.is_closed:
                visit.ended_at = clock if visit.ended_at is None else visit.ended_at
            else:
                visit.seen_phone, visit.ended_at, folder.touched = visit.phone, None, False
