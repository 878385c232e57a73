"""The ways of the spine, as people walk them: each is played again and again while the bot lives and dies.

    flow = FLOWS["a photo"](dealership)
    await flow.prelude()            # everybody is in place, the bot is at rest and then stopped
    await flow.plays()              # may begin with the bot down: people wait for its answers
    await dealership.settles()
    assert violations(dealership.evidence()) == []

What must be true afterwards is noted in the dealership as it is played.
"""

import os
from abc import ABC, abstractmethod

from dealer_bot.sandbox import PersonClient, SeenMessage
from tests.e2e.dealership import Dealership, barcode_of
from tests.evidence import Handed
from tests.rig.cast import ORDER, PATIENCE_S, PETERS, Cast, add_spares

IN_PIECES = 6 * 1024 * 1024
"""More bytes than are fetched, or copied, in one piece."""
OTHER = "a00017741"
VERAS = "+375291112210"
CARD = f"Заказ-наряд {OTHER}"
ONCE_MORE = ("не прочиталось за отведённое время", "Не получилось посмотреть фото")
SPARES = 1_000 if os.environ.get("SOAK") else 100
"""How often a flow that uses up an order each time can be played."""


class Flow(ABC):
    """Every play is complete in itself: it ends where the next one may begin."""

    reader: PersonClient
    """Who is to get what is handed in; known once it has been played."""

    def __init__(self, house: Dealership) -> None:
        self.house, self.cast = house, Cast(house)

    async def prelude(self) -> None:
        """Once, before the first play."""
        await self.cast.moves_in()
        self.reader = self.cast.peter
        await self.prepares()
        await self.house.settles()
        assert (await self.house.stops())[0] == 0

    async def prepares(self) -> None:
        """What this way needs besides, while the bot runs."""
        return

    @abstractmethod
    async def plays(self) -> None:
        """What people do. It begins with something handed in at once, and goes on as the bot answers."""


class Connecting(Flow):
    """A client nobody has seen yet proves his phone."""

    async def prepares(self) -> None:
        await add_spares(self.house, SPARES)

    async def plays(self) -> None:
        number, phone = self.cast.next_spare()
        self.reader = await self.cast.newcomer("Ольга", phone, number)
        await self.cast.connects(self.reader)


class Choosing(Flow):
    """An employee looks for an order by a fragment, which must never reach a client, and enters a stage.

    Her pinned line is gone, so that it has to be sent and pinned anew.
    """

    async def prepares(self) -> None:
        self.house.add_order(OTHER, PETERS)
        await self.house.knows_all_orders()

    async def plays(self) -> None:
        anna, now_in = self.cast.anna, self.house.places[self.cast.anna.id]
        number, stage = (ORDER, "Body") if now_in != (ORDER, "Body") else (OTHER, "Acceptance")
        pinned = await anna.pinned()
        assert len(pinned) <= 1, "a life that died has left its line pinned"
        for line in pinned:
            await anna.deletes(line.id)
        asked = await anna.says("/order")
        fragment = await anna.says("А000177")  # its first letter is Cyrillic: nothing else in a chat is spelt so
        self.house.secret(anna, "А000177")
        found = await anna.sees("Нашлось 2", PATIENCE_S, after=fragment.id)
        await anna.presses(number, on=found.id)
        card = await anna.sees(f"Заказ-наряд {number}", PATIENCE_S, after=asked.id)
        await self.cast.goes_to(number, stage, card.id)
        await anna.sees_pinned(number, PATIENCE_S)


class ChoosingByPicture(Flow):
    """An employee photographs the barcode of an order, which goes to nobody, and finds the other one by its day."""

    async def prepares(self) -> None:
        self.house.add_order(OTHER, PETERS)
        await self.house.knows_all_orders()

    async def plays(self) -> None:
        anna = self.cast.anna
        await anna.says("/order")
        card = await self._reads(anna, barcode_of(OTHER))
        await self.cast.goes_to(OTHER, "Body", card.id)
        asked = await anna.says("/order")
        offered = await anna.sees_button("По дате", PATIENCE_S, after=asked.id)
        await anna.presses("По дате", on=offered.id)
        month = await anna.sees_button("²", PATIENCE_S, after=offered.id)
        await anna.presses("²", on=month.id)
        await anna.waits(lambda each: each.id == month.id and each.button(ORDER) is not None, "a day", PATIENCE_S)
        await anna.presses(ORDER, on=month.id)
        card = await anna.sees(f"Заказ-наряд {ORDER}", PATIENCE_S, after=month.id)
        await self.cast.goes_to(ORDER, "Acceptance", card.id)

    async def _reads(self, anna: PersonClient, barcode: str) -> SeenMessage:
        """The card; a busy machine may not have read it in time, or Telegram not given it: she is asked for another."""
        while True:
            shot = await self.house.shows(anna, barcode)
            told = await anna.waits(
                lambda each, shot=shot: each.id > shot and any(told in each.text for told in (CARD, *ONCE_MORE)),  # type: ignore[misc]
                "what was read",
                PATIENCE_S,
            )
            for each in told:
                if CARD in each.text:
                    return each


class APhoto(Flow):
    """One photo, and one film that takes many pieces to fetch and to copy."""

    async def plays(self) -> None:
        await self.house.shoots(self.cast.anna, ORDER)
        await self.house.films(self.cast.anna, ORDER, "Acceptance", IN_PIECES)


class AnAlbum(Flow):
    async def plays(self) -> None:
        await self.house.shoots_album(self.cast.anna, ORDER, "Acceptance", 3)


class AText(Flow):
    async def plays(self) -> None:
        await self.house.writes(self.cast.anna, ORDER, self.cast.words("Нашли скол"))


class AnEdit(Flow):
    """One text is written anew before it has gone, another when the client has it already."""

    async def plays(self) -> None:
        for has_gone in (False, True):
            words = self.cast.words("Готово завтра")
            said = await self.house.writes(self.cast.anna, ORDER, words)
            if has_gone:
                await self.cast.peter.sees(words, PATIENCE_S)
            await self.cast.edits(self.cast.anna, said, self.cast.words("Готово сегодня"))


class AnAnswer(Flow):
    """The client answers in words and with a photo."""

    async def prepares(self) -> None:
        self.reader = self.cast.anna
        await self.house.writes(self.cast.anna, ORDER, "Сдвинем на завтра?")

    async def plays(self) -> None:
        await self.cast.answers(self.cast.words("Согласен"))
        await self.cast.answers_with_a_photo()


class ALateClient(Flow):
    """Photos, an album and a text wait for a client who has yet to come; then he comes."""

    async def prepares(self) -> None:
        await add_spares(self.house, SPARES)

    async def plays(self) -> None:
        anna, (number, phone) = self.cast.anna, self.cast.next_spare()
        self.reader = ivan = await self.cast.newcomer("Иван", phone, number)
        await self.cast.enters(number)
        await self.house.shoots(anna, number)
        await self.house.shoots_album(anna, number, "Acceptance", 2)
        words = self.cast.words("Ждём вас")
        await self.house.writes(anna, number, words)
        await anna.sees(f"{number}: сохранено 3 из 3", PATIENCE_S)
        await self.cast.connects(ivan)
        await ivan.sees(words, PATIENCE_S)


class Closing(Flow):
    """A folder is closed while its last photo is on its way; what is shot after that goes where Anna says."""

    async def prepares(self) -> None:
        await add_spares(self.house, SPARES, PETERS)

    async def plays(self) -> None:
        anna, (number, _) = self.cast.anna, self.cast.next_spare()
        self.house.expects(self.cast.peter, number)
        await self.cast.enters(number)
        taken = self._taken()
        await self.house.shoots(anna, number, or_held=True)
        await self.house.until(lambda: self._taken() > taken, PATIENCE_S)
        self.cast.closes(number)
        await anna.sees(f"{number} · закрыт", PATIENCE_S)
        late = await self.house.shoots(anna, ORDER)
        await anna.sees(f"{number} закрыт. Снимки сохранены", PATIENCE_S, after=late)
        await self.cast.enters(ORDER)
        offered = await anna.sees("Положить в", PATIENCE_S, after=late)
        await anna.presses("Положить сюда", on=offered.id)
        await anna.sees("положено 1", PATIENCE_S, after=late)

    def _taken(self) -> int:
        """How many files the bot has taken over."""
        ((count,),) = self.house.rows("SELECT count(*) FROM media")
        return int(count)


class ATalkWithCare(Flow):
    """The client turns to care, care answers by the button under his words, and he ends the talk.

    Care's pinned line is gone, so that it has to be sent and pinned anew.
    """

    async def prepares(self) -> None:
        self.vera = await self.house.staff("Вера", VERAS, "care")

    async def plays(self) -> None:
        peter = self.cast.peter
        turned = await peter.says("/care")
        for pinned in await self.vera.pinned():
            await self.vera.deletes(pinned.id)
        await peter.sees("получит служба заботы", PATIENCE_S, after=turned.id)
        question, answer = self.cast.words("Гарантия есть?"), self.cast.words("Два года")
        self.house.handed.append(Handed(peter.id, None, self.vera.id, words=question, along=ORDER))
        said = await peter.says(question)
        asked = await self.vera.sees(question, PATIENCE_S)
        await self.vera.presses("Ответить", on=asked.id)
        await self.vera.sees("уйдёт клиенту", PATIENCE_S, after=asked.id)
        await self.vera.sees_pinned("888-88-08", PATIENCE_S)
        self.house.handed.append(Handed(self.vera.id, None, peter.id, words=answer))
        await self.vera.says(answer)
        await peter.sees(answer, PATIENCE_S)
        await peter.taps("Завершить")
        await peter.sees("завершён", PATIENCE_S, after=said.id)
        await self.vera.sees("Обращение не выбрано", PATIENCE_S, after=asked.id)


FLOWS: dict[str, type[Flow]] = {
    "connecting": Connecting,
    "choosing an order": Choosing,
    "choosing by picture": ChoosingByPicture,
    "a photo": APhoto,
    "an album": AnAlbum,
    "a text": AText,
    "an edit": AnEdit,
    "an answer": AnAnswer,
    "a late client": ALateClient,
    "closing": Closing,
    "a talk with care": ATalkWithCare,
}
