"""How long people waited for an answer, and how much of it was Telegram's doing.

An answer's time runs from the moment the bot was given the update to the moment Telegram accepted the first message
that answers it, in the same chat. Not counted are the stretches in which Telegram itself kept that chat shut: after a
429 for as long as `retry_after` said, and while a call to that chat had no answer at all (one call at a time in a chat
is what keeps its order), and the time between a kill and the next life. All else counts: 5xx, cut connections, our own
waits and the queue behind them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dealer_bot.sandbox.journal import Entry
from tests.load.traffic import Question
from tests.load.weather import RETRY_AFTER_S

Stretch = tuple[float, float]
LOST = ("hung", "cut")
"""Accepted, but the bot was not told: it says the same once more."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Seconds in all, and of these the ones that are ours."""

    kind: str
    raw_s: float
    ours_s: float


@dataclass(slots=True)
class Answers:
    """The journal of the server, asked about the questions that were put to the bot; `downs`: when there was no bot."""

    entries: Sequence[Entry]
    questions: Sequence[Question]
    given: Mapping[int, float]
    downs: Sequence[Stretch] = ()

    def answered(self) -> list[Answered]:
        """Each question that has its answer, with its times."""
        shut = self._shut()
        return [
            _timed(question, self.given[question.update_id], entry, shut[question.chat])
            for questions, entries in self._talks()
            if len(entries) == len(questions)  # a kill may repeat one more: then nobody can say which is which
            for question, entry in zip(questions, entries, strict=True)
        ]

    def unanswered(self) -> list[Question]:
        return [each for questions, entries in self._talks() for each in questions[len(entries) :]]

    def _talks(self) -> Iterator[tuple[list[Question], list[Entry]]]:
        """Of one kind in one chat: the first question has the first answer."""
        asked: dict[tuple[int, str], list[Question]] = defaultdict(list)
        for question in self.questions:
            asked[question.chat, question.kind].append(question)
        said = self._said()
        for (chat, _), questions in asked.items():
            wanted = {each.words for each in questions}
            fitting = [each for each in said[chat] if any(words in str(each.params["text"]) for words in wanted)]
            yield questions, list(_once(fitting))

    def _said(self) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.accepted and entry.method.lower() == "sendmessage":
                found[int(entry.params["chat_id"])].append(entry)
        return found

    def _shut(self) -> dict[int, list[Stretch]]:
        """When Telegram kept each chat shut, in order and without overlaps."""
        pressed = {question.query_id: question.chat for question in self.questions if question.query_id}
        found: dict[int, list[Stretch]] = {question.chat: list(self.downs) for question in self.questions}
        for entry in self.entries:
            chat = entry.params.get("chat_id") or pressed.get(str(entry.params.get("callback_query_id")))
            if chat is not None and int(chat) in found and (stretch := _stretch(entry)) is not None:
                found[int(chat)].append(stretch)
        return {chat: list(_joined(sorted(stretches))) for chat, stretches in found.items()}


def _stretch(entry: Entry) -> Stretch | None:
    if entry.outcome == "hung":
        return entry.at, entry.ended_at or float("inf")
    if entry.code == 429:
        return entry.at, (entry.ended_at or entry.at) + RETRY_AFTER_S
    return None


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for start, end in stretches:
        if last is not None and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def _once(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Without the repeats of those whose answer was lost: each of these is said once more and not again."""
    repeated: set[str] = set()
    for entry in entries:
        text = str(entry.params.get("text", ""))
        if text in repeated:
            repeated.discard(text)
            continue
        yield entry
        if entry.outcome in LOST:
            repeated.add(text)


def _timed(question: Question, given_at: float, entry: Entry, shut: Sequence[Stretch]) -> Answered:
    kept = sum(max(0.0, min(end, entry.at) - max(start, given_at)) for start, end in shut)
    raw_s = entry.at - given_at
    return Answered(question.kind.partition(" ")[0], raw_s, max(0.0, raw_s - kept))


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
