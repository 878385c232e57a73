"""The store as it lies on the disk, and what a person does to it with a file manager. Synchronous: threads run it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dealer_bot.demo.browser.answering import Refused
from dealer_bot.demo.words import Tongue
from dealer_bot.domain.content import LIMIT, NO_CONTENT, USUAL_NAME, is_content_name, parse_content
from dealer_bot.domain.numbers import parse_folder
from dealer_bot.domain.plain_text import Undecodable, decoded
from dealer_bot.store.shelving import OWN

Json = dict[str, Any]

MARK = "closed"
REGION = "BY"
SHOWN_BYTES = 20_000_000


class Folders:
    """Everything is asked by names inside the store; a name that leads out of it is refused."""

    def __init__(self, root: Path, say: Tongue) -> None:
        self._root, self._say = root, say

    def tree(self) -> list[Json]:
        """Orders as folders with what is in them, the latest number first."""
        orders = [path for path in self._root.iterdir() if path.is_dir()]
        return [self._order(path) for path in sorted(orders, reverse=True)]

    def card(self, folder: str) -> Json:
        """The card of an order: the file's name, and its text if it is text."""
        path = self._card_of(self._inside(folder))
        if path is None:
            return {"name": USUAL_NAME, "text": ""}
        try:
            return {"name": path.name, "text": decoded(path.read_bytes()[:LIMIT])}
        except Undecodable:
            return {"name": path.name, "text": ""}

    def write_card(self, folder: str, text: str) -> None:
        """As an editor saves it, in UTF-8."""
        order = self._inside(folder)
        path = self._card_of(order) or order / USUAL_NAME
        if len(text.encode()) > LIMIT:
            raise Refused(self._say("Слишком длинный текст.", "The text is too long."))
        path.write_text(text, encoding="utf-8")

    def close(self, folder: str) -> str:
        return self._renamed(folder, f"{folder} {MARK}")

    def reopen(self, folder: str) -> str:
        """Without its mark, however it was written."""
        name = parse_folder(folder, MARK)
        return self._renamed(folder, name.number if name else folder)

    def add(self, number: str, phone: str, plate: str, client: str) -> str:
        """A new order with its card, as 1C makes it: a folder first, then the file."""
        if not number or len(number) > 40 or parse_folder(number, MARK) is None or Path(number).name != number:
            raise Refused(self._say("Нужен номер, например a00018001.", "A number is needed, such as a00018001."))
        order = self._root / number
        try:
            order.mkdir()
        except FileExistsError:
            raise Refused(self._say(f"{number} уже есть.", f"{number} is there already.")) from None
        card = {"order": number, "phone": phone, "plate_number": plate, "client_name": client}
        text = json.dumps({key: value for key, value in card.items() if value}, ensure_ascii=False, indent=3)
        (order / USUAL_NAME).write_text(text, encoding="utf-8")
        return number

    def file(self, folder: str, stage: str, name: str) -> bytes:
        """A file of a stage, or beside the card where no stage is named. Raises Refused if it is too big to show."""
        path = self._inside(*(folder, stage, name) if stage else (folder, name))
        if not path.is_file() or path.stat().st_size > SHOWN_BYTES:
            raise Refused(self._say("Такого файла нет.", "There is no such file."))
        return path.read_bytes()

    def _order(self, path: Path) -> Json:
        name, card = parse_folder(path.name, MARK), self._card_of(path)
        content = parse_content(_read(card), name.number if name else path.name, REGION) if card else None
        return {
            "folder": path.name,
            "number": name.number if name else path.name,
            "closed": bool(name and name.closed),
            "card": card.name if card else None,
            "plate": content.plate_raw if content else None,
            "client": content.client_name if content else None,
            "problem": (content.reason if content else NO_CONTENT),
            "files": [_file(inner) for inner in sorted(path.iterdir()) if inner.is_file() and inner != card],
            "stages": [_stage(inner) for inner in sorted(path.iterdir()) if inner.is_dir() and inner.name != OWN],
        }

    def _card_of(self, order: Path) -> Path | None:
        return next((path for path in sorted(order.iterdir()) if is_content_name(path.name) and path.is_file()), None)

    def _renamed(self, folder: str, name: str) -> str:
        target = self._root / name
        if target.exists():
            raise Refused(self._say(f"{name} уже есть.", f"{name} is there already."))
        self._inside(folder).rename(target)
        return name

    def _inside(self, *names: str) -> Path:
        """A path of the store by plain names, with no symlink on the way."""
        path = self._root
        for name in names:
            path = path / name
            if name in ("", ".", "..") or Path(name).name != name or path.is_symlink() or not path.exists():
                raise Refused(self._say(f"Нет такого в хранилище: {name}", f"Not in the store: {name}"))
        return path


def all_files(root: Path) -> Iterator[Path]:
    """Every file of every stage and of the clients' folders."""
    for order in root.iterdir():
        for stage in order.iterdir() if order.is_dir() else ():
            if stage.is_dir() and stage.name != OWN:
                yield from (path for path in stage.iterdir() if path.is_file())


def _stage(path: Path) -> Json:
    return {"name": path.name, "files": [_file(inner) for inner in sorted(path.iterdir()) if inner.is_file()]}


def _file(path: Path) -> Json:
    return {"name": path.name, "size": path.stat().st_size}


def _read(path: Path) -> bytes:
    with path.open("rb") as card:
        return card.read(LIMIT + 1)
