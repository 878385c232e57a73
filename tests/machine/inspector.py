"""What must be so after each step, judged by the server's journal, the folders and the rows against the truth."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dealer_bot.sandbox.journal import Entry
from tests.machine.town import Town, sha256_of
from tests.machine.truth import Account, Folder, Piece

WORDS = re.compile(r"слово\d{7}")
SHOWS = ("send", "copy", "forward", "edit")

HELD = """
    SELECT o.id, o.address, o.to_phone, o.reason, m.source_address, m.source_message_id, d.state, d.hold
    FROM outbox o JOIN messages m ON m.id = o.message_id LEFT JOIN media d ON d.id = o.media_id
    WHERE o.to_client = 1 AND o.op = 'send' AND o.state = 'held'
"""
OVERDUE = """
    SELECT o.id, o.state, o.reason FROM outbox o LEFT JOIN chats c ON c.address = o.address
    WHERE o.state = 'sending' OR (o.state = 'queued' AND max(o.due_at, coalesce(c.paused_until, 0)) <= ?)
"""
UNKEPT = """
    SELECT d.id, d.state, o.state, d.due_at FROM media d LEFT JOIN orders o ON o.id = d.order_id
    WHERE d.hold IS NULL AND d.due_at <= ?
    AND (d.state = 'wanted' OR (d.state = 'fetched' AND o.state IN ('open', 'unreadable', 'settling')))
"""
PLACED = """
    SELECT m.source_address, m.source_message_id, m.order_id, m.stage,
        (SELECT count(*) FROM outbox o WHERE o.message_id = m.id AND o.to_client = 1 AND o.op = 'send')
    FROM messages m WHERE m.side = 'staff'
"""
DUE_TWICE = """
    SELECT o.address, m.source_address, m.source_message_id, count(*) FROM outbox o JOIN messages m
    ON m.id = o.message_id WHERE o.op = 'send' GROUP BY o.address, m.id
"""


@dataclass(slots=True)
class Inspector:
    """Goes on from where it looked last: what was accepted before has been judged."""

    town: Town
    seen: int = 0
    came: Counter[tuple[int, str]] = field(default_factory=Counter)
    repeats: Counter[int] = field(default_factory=Counter)
    allowed: set[tuple[int, int]] = field(default_factory=set)
    staff: set[int] = field(default_factory=set)
    closed: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    hashes: dict[tuple[str, int, int], str] = field(default_factory=dict)

    def note(self) -> None:
        """The truth has changed: what was allowed a moment ago may still have been on its way."""
        self.allowed |= self.town.truth.may_get()
        self.staff |= {one.id for one in self.town.truth.accounts.values() if one.active and one.role.is_staff}

    def wrongs(self) -> list[str]:
        """Everything that must not be; the bot is at rest."""
        self.note()
        found = [
            *self._strangers(),
            *self._repeated(),
            *self._inbox(),
            *self._folders(),
            *self._held(),
            *self._overdue(),
            *self._places(),
            *self._taken(),
        ]
        self.seen = len(self.town.entries)
        self.allowed, self.staff = set(), set()
        self.note()
        return found

    def _accepted(self, since: int) -> Iterator[tuple[Entry, Account, set[str]]]:
        for entry in self.town.entries[since:]:
            if not entry.accepted or not entry.method.lower().startswith(SHOWS) or "chat_id" not in entry.params:
                continue
            account = self.town.truth.by_id(int(entry.params["chat_id"]))
            if account is not None:
                told = " ".join(str(entry.params.get(name, "")) for name in ("text", "caption", "media"))
                yield entry, account, {*entry.sha256, *WORDS.findall(told)}

    def _strangers(self) -> Iterator[str]:
        """Clients see only what is theirs; staff see what clients wrote while they are staff; everyone his own."""
        pieces = {content: n for n, piece in enumerate(self.town.truth.pieces) for content in piece.contents}
        for entry, account, contents in self._accepted(self.seen):
            for content in contents:
                number = pieces.get(content)
                piece = self.town.truth.pieces[number] if number is not None else None
                if piece is not None and piece.author is account and content.startswith("слово"):
                    continue
                if piece is None or number is None:
                    if entry.method.lower() != "sendmessage":
                        yield f"{account.name} got {content} by {entry.method}, which was never taken"
                elif piece.stage == "Client":
                    if account.id not in self.staff:
                        yield f"{account.name}, who is no staff, got a client's {content}"
                elif (number, account.id) not in self.allowed:
                    yield f"{account.name} got {piece.kind} {content} of {_about(piece)} by {entry.method}"

    def _repeated(self) -> Iterator[str]:
        """Nothing twice, but once for each answer that was lost."""
        doubtful: Counter[int] = Counter()
        for entry in self.town.entries:
            if entry.accepted and entry.outcome != "accepted" and "chat_id" in entry.params:
                doubtful[int(entry.params["chat_id"])] += 1
        due = self._due()
        for entry, account, contents in self._accepted(self.seen):
            if entry.method.lower().startswith("edit") or not contents:
                continue
            again = [each for each in contents if self.came[account.id, each] >= max(1, due[account.id, each])]
            self.came.update((account.id, each) for each in contents)
            self.repeats[account.id] += bool(again)
            if self.repeats[account.id] > doubtful[account.id] + self.town.deaths:
                yield f"{account.name} got {again} again"

    def _due(self) -> Counter[tuple[int, str]]:
        """How many deliveries of the same thing to one chat were asked for."""
        pieces = {(piece.author.address, piece.message_id): piece for piece in self.town.truth.pieces}
        due: Counter[tuple[int, str]] = Counter()
        for address, source, message_id, count in self.town.life.rows.execute(DUE_TWICE):
            piece = pieces.get((source, message_id))
            if piece is not None and address is not None:
                due.update({(int(address[3:]), content): count for content in piece.contents})
        return due

    def _inbox(self) -> Iterator[str]:
        for number, state, error in self.town.life.rows.execute(
            "SELECT id, state, error FROM inbox WHERE state <> 'done'"
        ):
            yield f"update {number} is {state}: {error}"

    def _folders(self) -> Iterator[str]:
        """Whole files, where they were handed in, and nowhere else; nothing in a closed folder moves."""
        belongs = self._belongs()
        for folder in self.town.truth.folders:
            files = [path for path in sorted((self.town.store / folder.name).rglob("*")) if path.is_file()]
            listed = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
            if folder.is_closed:
                before = self.closed.setdefault(folder.name, listed)
                if before != listed:
                    yield f"something was written into {folder.name}: {set(listed) ^ set(before)}"
            else:
                self.closed = {name: was for name, was in self.closed.items() if not name.startswith(folder.number)}
            yield from self._stages(folder, files, belongs[folder.name])
        present = {path.name for path in self.town.store.iterdir()}
        if strange := present - {folder.name for folder in self.town.truth.folders}:
            yield f"folders that nobody made: {strange}"

    def _belongs(self) -> dict[str, set[tuple[str, str]]]:
        """By folder: (stage, hash) of what may stand there."""
        belongs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for folder in self.town.truth.folders:
            for piece in self.town.truth.pieces:
                if piece.sha256 and piece.stage and piece.visit in (folder.visit, *folder.former):
                    belongs[folder.name].add((piece.stage, piece.sha256))
        return belongs

    def _stages(self, folder: Folder, files: list[Path], belongs: set[tuple[str, str]]) -> Iterator[str]:
        found: Counter[tuple[str, str]] = Counter()
        for path in files:
            stage = path.parent.name
            if stage in (folder.name, ".dealer_bot"):
                continue
            found[stage, self._hash(path)] += 1
        for stage, sha256 in found:
            if (stage, sha256) not in belongs:
                yield f"in {folder.name}/{stage}: {sha256}, which was not handed in there, or is not whole"
            elif found[stage, sha256] > 1:
                yield f"twice in {folder.name}/{stage}: {sha256}"

    def _hash(self, path: Path) -> str:
        told = path.stat()
        key = (path.name, told.st_mtime_ns, told.st_ino)
        if key not in self.hashes:
            self.hashes[key] = sha256_of(path)
        return self.hashes[key]

    def _held(self) -> Iterator[str]:
        """What is held is held for a reason that is true."""
        pieces = {(piece.author.address, piece.message_id): piece for piece in self.town.truth.pieces}
        for row in self.town.life.rows.execute(HELD).fetchall():
            number, _, to_phone, reason, source, message_id, media_state, hold = row
            piece = pieces.get((source, message_id))
            if piece is None:
                yield f"delivery {number} is of what was never taken"
            elif not self._is_true(reason, piece, to_phone, row[1], media_state, hold):
                yield f"delivery {number} of {_about(piece)} is held for no reason: {reason}"

    def _is_true(
        self,
        reason: str,
        piece: Piece,
        to_phone: str | None,
        address: str | None,
        media_state: str | None,
        hold: str | None,
    ) -> bool:
        visit, truth = piece.visit, self.town.truth
        client = truth.bound.get(to_phone or "")
        reader = next((one for one in truth.accounts.values() if one.address == address), None)
        if visit is None:
            return False
        if reason == "media":
            return media_state == "wanted"
        if reason in ("unreadable", "phone_changed"):
            return visit.needs_tap or visit.phone is None or visit.confirmed != visit.phone
        if reason == "not_connected":
            return client is None or visit.ended_at is not None or visit.needs_tap or visit.phone != to_phone
        if reason == "stopped":
            return reader is not None and (reader.paused or reader.asked)
        if reason == "blocked":
            return reader is not None and reader.away
        if reason == "inactive":
            return reader is not None and not reader.active
        return reason == "closed" and visit.ended_at is not None

    def _overdue(self) -> Iterator[str]:
        now = self.town.clock.now
        for number, state, reason in self.town.life.rows.execute(OVERDUE, (now,)).fetchall():
            yield f"delivery {number} is {state} ({reason}) while the bot rests"
        for number, state, order_state, _ in self.town.life.rows.execute(UNKEPT, (now,)).fetchall():
            yield f"file {number} is {state} while the bot rests, its order is {order_state}"

    def _places(self) -> Iterator[str]:
        rows = dict[str, tuple[int, str]]()
        for address, order_id, stage in self.town.life.rows.execute(
            "SELECT p.address, l.order_id, l.stage FROM places l JOIN people p ON p.id = l.person_id"
            " WHERE l.order_id > 0"
        ):
            rows[address] = (order_id, stage)
        for account in self.town.truth.accounts.values():
            there = rows.get(account.address)
            if (there is None) != (account.place is None):
                yield f"{account.name} is in {there}, he went to {account.place}"
            elif there is not None and account.place is not None:
                visit, stage = account.place
                if there[1] != stage or there[0] not in visit.rows:
                    yield f"{account.name} is in {there}, he went to {visit.number} {visit.rows}, {stage}"

    def _taken(self) -> Iterator[str]:
        """Each thing handed in is on record where it was handed in, with a way to its client; nothing else is."""
        pieces = {(p.author.address, p.message_id): p for p in self.town.truth.pieces if p.stage != "Client"}
        for source, message_id, order_id, stage, ways in self.town.life.rows.execute(PLACED).fetchall():
            piece = pieces.pop((source, message_id), None)
            if piece is None:
                author = self.town.truth.by_id(int(source[3:]))
                yield f"message {message_id} was taken, though its author may hand nothing in: {author}"
            elif piece.visit is None:
                if order_id is not None or ways:
                    yield f"{_about(piece)} waits for an order, and went to {order_id} {stage}"
            elif order_id not in piece.visit.rows or stage != piece.stage:
                yield f"{_about(piece)} went to {order_id} {stage}, not to {piece.visit.rows}"
            elif not ways and not piece.is_for_service:
                yield f"{_about(piece)} has no way to the client"
        for piece in pieces.values():
            yield f"{_about(piece)} by {piece.author.name} is on no record"


def _about(piece: Piece) -> str:
    where = f"{piece.visit.number}/{piece.stage}" if piece.visit else f"no order ({piece.stage})"
    return f"{piece.kind} {min(piece.contents)[:12]} in {where}"
