"""A person's phone: what he does with it, and all that the bot then shows on it, printed as it is seen."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from dealer_bot.demo.expecting import PATIENCE_S, NotSeen
from dealer_bot.demo.samples import Samples
from dealer_bot.demo.screen import Audience
from dealer_bot.demo.words import Tongue
from dealer_bot.sandbox import PersonClient, Photo, SeenMessage

CALM_S = 0.2

Look = tuple[str, str, tuple[str, ...], bool]
NOTHING: Look = ("", "", (), False)


@dataclass(frozen=True, slots=True)
class _News:
    """Something that is waited for, and its name for people."""

    fits: Callable[[SeenMessage], bool]
    what: str
    count: int


class Handset:
    def __init__(self, person: PersonClient, screen: Audience, say: Tongue, samples: Samples) -> None:
        self.person, self._screen, self._say, self._samples = person, screen, say, samples
        self._shown: dict[int, Look] = {}

    @property
    def name(self) -> str:
        return self.person.name

    async def starts(self) -> None:
        await self._does("/start")
        await self.person.starts()

    async def shares_contact(self) -> None:
        await self._does(self._say("(свой контакт)", "(own contact)") + f" {self.person.phone}")
        await self.person.shares_contact()

    async def says(self, text: str) -> None:
        await self._does(text)
        await self.person.says(text)

    async def taps(self, label: str) -> None:
        """A key of the keyboard below the chat."""
        await self._does(f"[{label}]")
        with _impossible_is_not_seen():
            await self.person.taps(label)

    async def presses(self, label: str) -> None:
        """An inline button; the bot must answer the press. Raises NotSeen."""
        await self._does(f"⟨{label}⟩")
        with _impossible_is_not_seen():
            answer = await (await self.person.presses(label)).answer(PATIENCE_S)
        if answer.text:
            self._screen.bot_shows(self.name, answer.text)

    async def shoots(self, picture: str, caption: str = "") -> None:
        await self._does(self._media("photo", picture, caption))
        await self.person.shoots(self._samples.read(picture), caption)

    async def shoots_album(self, pictures: Sequence[str], caption: str = "") -> None:
        await self._does(self._say("альбом", "album") + f" ({', '.join(pictures)}) {caption}".rstrip())
        await self.person.sends_album([Photo(self._samples.read(name)) for name in pictures], caption)

    async def films(self, film: str, caption: str = "") -> None:
        await self._does(self._media("video", film, caption))
        await self.person.films(self._samples.read(film), caption, duration=3)

    async def blocks(self) -> None:
        await self._does(self._say("(блокирует бота)", "(blocks the bot)"))
        await self.person.blocks()

    async def comes_back(self) -> None:
        await self._does(self._say("(снимает блокировку)", "(unblocks the bot)"))
        await self.person.unblocks()
        await self.starts()

    async def sees(self, *words: str, pinned: int = 0, **kinds: int) -> None:
        """Wait for news of the bot, then print all of it. Raises NotSeen.

        The news hold a message with all these words, and as many of each kind as asked: `photo=5, video=1`.
        """
        try:
            for news in self._asked(words, pinned, kinds):
                await self._waits(news)
            await self._comes_to_rest()
        finally:
            await self.shows()

    def _asked(self, words: Sequence[str], pinned: int, kinds: dict[str, int]) -> Iterator[_News]:
        for kind, count in kinds.items():
            yield _News(self._is_intact(kind), self._say.kind(kind), count)
        if pinned:
            yield _News(lambda m: m.pinned, self._say("закреплено", "pinned"), pinned)
        if words or not (kinds or pinned):
            quoted = ", ".join(f"«{word}»" for word in words) or self._say("сообщение бота", "a message of the bot")
            yield _News(lambda m: all(word in m.text for word in words), quoted, 1)

    def _is_intact(self, kind: str) -> Callable[[SeenMessage], bool]:
        """Media of this kind that are, byte for byte, what somebody of the demo has sent."""
        return lambda message: message.kind == kind and self._samples.name_of(message.sha256) is not None

    async def _waits(self, news: _News) -> None:
        try:
            await self.person.waits(lambda m: self._is_new(m) and news.fits(m), news.what, PATIENCE_S, news.count)
        except AssertionError:
            missing = self._say("За {} с не пришло: {}, {} ({})", "Not seen within {} s: {}, {} ({})")
            raise NotSeen(missing.format(f"{PATIENCE_S:.0f}", self.name, news.what, news.count)) from None

    async def _comes_to_rest(self) -> None:
        """What belongs together is printed together."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with contextlib.suppress(AssertionError):
                await self.person.sees_nothing_new(CALM_S)
                return

    async def shows(self) -> list[SeenMessage]:
        """Print what the bot has sent or changed since the last time."""
        news = [message for message in await self.person.chat() if self._is_new(message)]
        for message in news:
            self._print(message)
            self._shown[message.id] = _look(message)
        return news

    def _is_new(self, message: SeenMessage) -> bool:
        return message.from_bot and message.kind != "pinned_message" and self._shown.get(message.id) != _look(message)

    def _print(self, message: SeenMessage) -> None:
        """A message that was changed shows only what is new in it."""
        _, text, labels, _ = self._shown.get(message.id, NOTHING)
        marks = [self._say("закреплено", "pinned")] if message.pinned else []
        marks += [self._say("изменилось", "changed")] if message.id in self._shown else []
        lines = [f"({', '.join(marks)})"] if marks else []
        if message.sha256 and message.id not in self._shown:
            sound = self._say("без звука", "silently") if message.silent else ""
            lines.append(self._media(message.kind, self._samples.name_of(message.sha256) or "?", sound))
        lines += [line for line in message.text.splitlines() if line not in text.splitlines()]
        keys = "" if tuple(message.labels) == labels and labels else _keys(message)
        self._screen.bot_shows(self.name, "\n".join(lines), keys)

    def _media(self, kind: str, name: str, caption: str = "") -> str:
        return f"{self._say.kind(kind)} ({name}) {caption}".rstrip()

    async def _does(self, text: str) -> None:
        await self._screen.acts(self.name, text)


@contextmanager
def _impossible_is_not_seen() -> Iterator[None]:
    """No such button, or no answer to it: the server says so by an AssertionError."""
    try:
        yield
    except AssertionError as error:
        raise NotSeen(str(error)) from None


def _keys(message: SeenMessage) -> str:
    rows = [" ".join(f"⟨{button.text}⟩" for button in row) for row in message.buttons]
    rows += [" ".join(f"[{label}]" for label in row) for row in message.keyboard]
    return "\n".join(rows)


def _look(message: SeenMessage) -> Look:
    """What makes a message another one for whoever reads it."""
    return message.kind, message.text, tuple(message.labels), message.pinned
