"""A small town around the dealership: accounts, folders, the strict server; and the bot, one life after another."""

import hashlib
import json
import os
import shutil
from itertools import count
from pathlib import Path
from typing import Any

from dealer_bot import settings
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import Sandbox
from dealer_bot.sandbox.blobs import Blob
from dealer_bot.sandbox.journal import Entry
from dealer_bot.sandbox.pictures import plain_jpeg
from dealer_bot.sandbox.world import Message
from tests.machine.life import SHORTLY_MS, Clock, Life
from tests.machine.truth import Account, Folder, Piece, Truth, Visit
from tests.quick_starts import lay_database

SIMS = {
    "chief": "+375291110001",
    "anna": "+375291110002",
    "boris": "+375291110003",
    "vera": "+375291110004",
    "peter": "+375298888808",
    "peter_anew": "+375298888808",
    "ivan": "+375297776655",
}
STAFF = ("chief", "anna", "boris", "vera")
CLIENTS = ("peter", "peter_anew", "ivan", "anna")
"""A mechanic has a car of his own."""
PHONES = tuple(dict.fromkeys(SIMS[name] for name in CLIENTS))
NUMBERS = ("a00017732", "b2", "c-3")
ORDER_IDLE_S = 1_000
UNREADABLE = '{"order": "x", "phone": "+37529'
CLOSED_AS = ("{} closed", "{}_CLOSED", "{} (closed)", "{}closed", "{}-Closed", "{}  closed.")
_ids = count(1_000_000)
_barcodes = count(280_000_000)
_shots = count(1)


class Town:
    """Folders lie in `folder`; the server is shared with other towns before and after, people are not."""

    def __init__(self, server: Sandbox, folder: Path, **overrides: str) -> None:
        self.server, self.folder, self.overrides = server, folder, overrides
        self.store, self.database = folder / "store", folder / "bot.sqlite3"
        self.truth = Truth()
        self.clock = Clock(int(server.world.now() * 1000))
        self.first_entry = len(server.journal.entries)
        self.deaths, self.is_chief_known = 0, False
        self.store.mkdir(parents=True)
        lay_database(self.database)
        for name, phone in SIMS.items():
            self.truth.accounts[name] = account = Account(next(_ids), name, phone)
            server.people.person(name, account.id, phone, None, "ru")
        self.settings = self._settings()
        self.life = self._life()

    def _life(self) -> Life:
        return Life(self.server, self.settings, self.clock)

    def _settings(self) -> settings.Settings:
        given = {
            "BOT_TOKEN": self.server.token,
            "TELEGRAM_API_URL": self.server.url,
            "BRANCH_PHOTO": str(self.store),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SPOOL_DIR": str(self.folder / "spool"),
            "ADMIN_IDS": str(self.truth.accounts["chief"].id),
            "ORDER_IDLE": str(ORDER_IDLE_S),
            "SEND_RATE": "0",
            "CHAT_RATE": "0",
        }
        return settings.load(environ=given | self.overrides, dotenv_path=None)

    async def rests(self, within_ms: int = SHORTLY_MS) -> None:
        looks = self.life.is_store_touched
        await self.life.rests(within_ms)
        if looks:
            self._has_looked()

    async def lives_again(self, *, dies: bool) -> None:
        self.deaths += dies
        await (self.life.dies() if dies else self.life.stops())
        self.life = self._life()
        await self.life.begins()
        await self.rests()

    async def closes(self) -> None:
        await self.life.stops()
        self.server.faults.clear()
        self.server.world.updates.drop()
        shutil.rmtree(self.folder)

    @property
    def entries(self) -> list[Entry]:
        return self.server.journal.entries[self.first_entry :]

    # people

    def account(self, name: str) -> Account:
        return self.truth.accounts[name]

    def does(self, who: Account, act: str, **how: Any) -> dict[str, Any]:
        """Something a person does in his chat. The chief is known by his id as soon as he is heard of."""
        if who is self.account("chief") and not self.is_chief_known:
            self.is_chief_known, who.role = True, Role.ADMIN
        self.server.world.pass_time(self.clock.now / 1000 - self.server.world.now())
        if self.server.world.chats[who.id].blocked and act != "presses":
            self.server.people.unblocks(self.server.world.people[who.id])
        done: dict[str, Any] = getattr(self.server.people, act)(self.server.world.people[who.id], **how)
        return done

    def buttons(self, who: Account) -> list[tuple[int, str]]:
        """(message, data) of all inline buttons in his chat, oldest first."""
        return [
            (message.id, button["callback_data"])
            for message in self.messages(who)
            for row in (message.body.get("reply_markup") or {}).get("inline_keyboard", [])
            for button in row
            if "callback_data" in button
        ]

    def messages(self, who: Account) -> list[Message]:
        return [each for each in self.server.world.chats[who.id].messages.values() if not each.deleted]

    def piece(self, author: Account, kind: str) -> tuple[Piece, dict[str, Any]]:
        """Something new to hand in, and how the server is told of it."""
        number = next(_shots)
        words = f"слово{number:07d}"
        if kind == "text":
            return Piece(author, 0, 0, kind, None, {words}), {"text": words}
        data = plain_jpeg(f"shot {number}")
        blob = Blob(data)
        self.server.people.blobs[blob.sha256] = blob
        piece = Piece(author, 0, 0, kind, blob.sha256, {blob.sha256, words})
        return piece, {"sha256": blob.sha256, "caption": words}

    def sends(self, piece: Piece, how: dict[str, Any], **more: Any) -> None:
        act = {"text": "says", "photo": "shoots"}.get(piece.kind, "sends_file")
        if act == "sends_file":
            names = {"document": {"file_name": "scan.pdf"}, "video": {"width": 64, "height": 48, "duration": 1}}
            more |= {"kind": piece.kind, "details": names[piece.kind]}
        piece.message_id = self.does(piece.author, act, **how, **more)["id"]
        piece.at = self.clock.now

    def row(self, statement: str, piece: Piece) -> tuple[Any, ...]:
        """Of the message that this became; `{}` is where it is told which."""
        found: tuple[Any, ...] | None = self.life.rows.execute(
            statement.format("source_address = ? AND source_message_id = ?"), (piece.author.address, piece.message_id)
        ).fetchone()
        assert found is not None, f"{piece.kind} of {piece.author.name} is on no record"
        return found

    # folders

    def card(self, visit: Visit) -> str:
        content = {"order": visit.number, "barcode": visit.barcode, "phone": visit.phone, "plate_number": "0124 МН-1"}
        return json.dumps(content, ensure_ascii=False)

    def adds_order(self, number: str, phone: str) -> None:
        folder = Folder(number, number, Visit(number, str(next(_barcodes)), phone))
        (self.store / folder.name).mkdir()
        self.truth.folders.append(folder)
        self.writes_card(folder, phone)

    def writes_card(self, folder: Folder, phone: str | None) -> None:
        """As people save a file: in place. None: half of a card."""
        visit = folder.visit
        visit.needs_tap = visit.needs_tap or visit.phone != phone
        visit.phone = phone
        folder.touched = True
        path = self.store / folder.name / "content.txt"
        path.write_text(UNREADABLE if phone is None else self.card(visit), encoding="utf-8")
        self.clock.now += 1
        os.utime(path, ns=(self.clock.now * 1_000_000, self.clock.now * 1_000_000))
        self.life.is_store_touched = True

    def closes_order(self, folder: Folder) -> bool:
        taken = {one.name for one in self.truth.folders}
        free = [name for name in (each.format(folder.number) for each in CLOSED_AS) if name not in taken]
        if not free:
            return False
        self._renames(folder, free[0])
        folder.is_closed = True
        return True

    def reopens(self, folder: Folder) -> None:
        """Whose visit that is, is told by the card that the bot finds there."""
        self._renames(folder, folder.number)
        folder.is_closed = False

    def _renames(self, folder: Folder, name: str) -> None:
        (self.store / folder.name).rename(self.store / name)
        folder.name = name
        self.life.is_store_touched = True

    def _has_looked(self) -> None:
        self.truth.tells_visits_apart()
        for number in NUMBERS:
            folder = self.truth.open_folder(number)
            if folder is not None:
                row = self.life.rows.execute(
                    "SELECT id FROM orders WHERE number_key = (SELECT number_key FROM orders WHERE number = ? LIMIT 1)"
                    " AND state IN ('open', 'unreadable', 'settling')",
                    (number,),
                ).fetchone()
                if row is not None:
                    folder.visit.rows.add(row[0])
        self.truth.has_looked(self.clock.now)


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
