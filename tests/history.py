"""The judge of all runs: what was asked of Telegram, what lies in the folders, what the rows say; what is wrong."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from database.claims import MEDIA_WAIT_MS
from tests.evidence import Arrival, Evidence, Handed, Texts, files_in_stages
from tests.standing import at_the_end, told_of

__all__ = ["Evidence", "Handed", "listed", "under_way", "violations"]

UNFINISHED = {
    "inbox": "SELECT id, state FROM inbox WHERE state = 'new'",
    "readings": "SELECT id, state FROM readings WHERE state = 'wanted'",
    "media": "SELECT id, state FROM media WHERE state IN ('wanted', 'fetched') AND hold IS NULL",
    "outbox": "SELECT id, state || ' ' || coalesce(reason, '') FROM outbox"
    " WHERE state IN ('queued', 'sending') OR (state = 'held' AND reason = 'media')",
}
HELD = "SELECT id FROM media WHERE state = 'fetched' AND hold IS NOT NULL"
PROMPTS = "SELECT address, body FROM outbox WHERE kind = 'prompt' AND body IS NOT NULL"
LISTED = """
    SELECT coalesce(d.sha256, m.text) FROM outbox o JOIN messages m ON m.id = o.message_id
    LEFT JOIN media d ON d.id = o.media_id WHERE o.state = 'unknown'
"""


def violations(evidence: Evidence, *, unanswered: int | Mapping[int, int] = 0, dead: int = 0) -> list[str]:
    """Everything that must not be. `unanswered`: how many answers in each chat were lost without a kill.

    `dead`: how many updates nobody could have handled.
    """
    arrivals = list(_arrivals(evidence))
    spare = defaultdict[int, int](lambda: unanswered if isinstance(unanswered, int) else 0)
    spare |= unanswered if isinstance(unanswered, Mapping) else {}
    return [
        *_strangers(evidence, arrivals),
        *_lost(evidence, arrivals),
        *_repeats(evidence, arrivals, spare),
        *_disorder(evidence, arrivals),
        *_folders(evidence),
        *_journals(evidence.store),
        *_leftovers(evidence),
        *at_the_end(evidence, arrivals, {*listed(evidence), *told_of(evidence)}),
        *_dead_letters(evidence, dead),
        *(f"not finished: {each}" for each in under_way(evidence)),
    ]


def listed(evidence: Evidence) -> list[str]:
    """What neither arrived for certain nor was repeated again: people have been told of it."""
    return [str(row[0]) for row in evidence.rows(LISTED)]


def under_way(evidence: Evidence) -> list[str]:
    """Rows that wait for nothing but the bot."""
    if not evidence.database.exists():
        return []
    return [
        f"{table} {number}: {state}"
        for table, statement in UNFINISHED.items()
        for number, state in evidence.rows(statement)
    ]


def _arrivals(evidence: Evidence) -> Iterator[Arrival]:
    texts = Texts(evidence.handed)
    for entry in evidence.entries:
        if not entry.accepted or not entry.method.lower().startswith(("send", "copy", "forward")):
            continue
        if entry.method.lower() == "sendchataction":
            continue
        told = str(entry.params.get("text") or entry.params.get("caption") or "")
        chat = int(entry.params["chat_id"])
        is_answered = entry.outcome not in ("hung", "cut")
        contents = tuple(entry.sha256) or texts.within(told)
        yield Arrival(chat, evidence.life_of(entry), contents, told, is_answered, entry.at)


def _strangers(evidence: Evidence, arrivals: list[Arrival]) -> Iterator[str]:
    """A client sees only what is his; what is for the service alone is seen by nobody."""
    whose = {each.content: each for each in evidence.handed}
    for arrival in arrivals:
        for content in arrival.contents:
            handed = whose.get(content)
            if handed is None:
                yield f"in chat {arrival.chat}: {content}, which nobody handed in"
            elif handed.chat is None:
                yield f"in chat {arrival.chat}: {content}, which is for the service alone"
            elif arrival.chat not in (handed.chat, handed.also):
                yield f"in chat {arrival.chat}: {content}, which belongs to {handed.chat}"


def _lost(evidence: Evidence, arrivals: list[Arrival]) -> Iterator[str]:
    arrived = {content for arrival in arrivals for content in arrival.contents}
    known = arrived | set(listed(evidence)) | set(told_of(evidence))
    for handed in evidence.handed:
        if handed.chat is not None and handed.content not in known:
            yield f"lost on the way to chat {handed.chat}: {handed.content}"


def _repeats(evidence: Evidence, arrivals: list[Arrival], unanswered: Mapping[int, int]) -> Iterator[str]:
    """What was handed in comes a second time only after a kill or a lost answer, and never a third time."""
    came: dict[tuple[int, str], list[Arrival]] = {}
    for arrival in arrivals:
        for name in arrival.contents:
            before = came.setdefault((arrival.chat, name), [])
            if len(before) > 1:
                yield f"more than twice in chat {arrival.chat}: {name}"
            elif before and before[0].is_answered and before[0].life == arrival.life and not unanswered[arrival.chat]:
                yield f"repeated in chat {arrival.chat} without a kill: {name}"
            before.append(arrival)
    yield from _own_repeats(evidence, arrivals, unanswered)


def _own_repeats(evidence: Evidence, arrivals: list[Arrival], unanswered: Mapping[int, int]) -> Iterator[str]:
    """What the bot says of itself: at most one repeat a kill, or a lost answer, in each chat."""
    due = _prompts_due(evidence)
    came: Counter[tuple[int, str]] = Counter()
    repeats: Counter[int] = Counter()
    lost: Counter[int] = Counter()
    for arrival in arrivals:
        own = (arrival.chat, arrival.own_words)
        came[own] += 1
        repeats[arrival.chat] += own in due and came[own] > due[own]
        if repeats[arrival.chat] > arrival.life + lost[arrival.chat] + unanswered[arrival.chat]:
            yield f"{repeats[arrival.chat]} repeats in chat {arrival.chat} after {arrival.life} kills: {own[1]}"
        lost[arrival.chat] += not arrival.is_answered


def _prompts_due(evidence: Evidence) -> dict[tuple[int, str], int]:
    """How often the bot meant to say the same words of its own in a chat."""
    said = ((int(address.partition(":")[2]), json.loads(body)[1]) for address, body in evidence.rows(PROMPTS))
    return Counter((chat, str(fields.get("text", ""))) for chat, fields in said)


def _disorder(evidence: Evidence, arrivals: list[Arrival]) -> Iterator[str]:
    """What one person handed in about one order comes to a chat in that order, however often it comes.

    A file holds back what came after it for a minute: one that took longer may be overtaken.
    """
    place = {each.content: (n, each) for n, each in enumerate(evidence.handed)}
    came: dict[tuple[int, str], float] = {}
    for arrival in arrivals:
        for content in arrival.contents:
            came.setdefault((arrival.chat, content), arrival.at)
    last: dict[tuple[int, int, str], int] = {}
    for (chat, content), at in came.items():
        if content not in place:
            continue
        number, handed = place[content]
        talk = (chat, handed.author, handed.order)
        is_overdue = handed.sha256 and at - handed.at > MEDIA_WAIT_MS / 1000
        if number < last.get(talk, -1) and not is_overdue:
            yield f"out of order in chat {chat}: {content}"
        last[talk] = max(number, last.get(talk, -1))


def _folders(evidence: Evidence) -> Iterator[str]:
    """Each file once, whole, in its own folder."""
    files = [each for each in evidence.handed if each.folder and each.sha256]
    expected = Counter((each.folder, each.sha256) for each in files)
    held = Counter((each.folder, each.sha256) for each in files if each.or_held)
    found = Counter((str(path.parent.relative_to(evidence.store)), _sha256(path)) for path in _files(evidence.store))
    for folder, sha256 in (expected - found - held).elements():
        yield f"not in {folder}: {sha256}"
    for folder, sha256 in (found - expected).elements():
        yield f"too much, or not whole, in {folder}: {sha256}"


def _files(store: Path) -> list[Path]:
    """What lies in the stages of all orders."""
    return [order / name for order in sorted(store.iterdir()) for name in sorted(files_in_stages(order))]


def _sha256(path: Path) -> str:
    """A rig judges hundreds of plays in one store: what was not touched since is not read again."""
    seen = path.stat()
    return _sha256_then(path, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


@lru_cache(maxsize=10_000)
def _sha256_then(path: Path, *_: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _journals(store: Path) -> Iterator[str]:
    """The folder explains itself: media.jsonl names each file with its hash."""
    for order in sorted(store.iterdir()):
        files = {name: _sha256(order / name) for name in files_in_stages(order)}
        journal = order / ".dealer_bot" / "media.jsonl"
        lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
        told = {line["file"]: line["sha256"] for line in map(json.loads, lines)}
        if told != files:
            yield f"media.jsonl of {order.name} tells of {len(told)} files, there are {len(files)}"


def _dead_letters(evidence: Evidence, expected: int) -> Iterator[str]:
    found = evidence.rows("SELECT id, error FROM inbox WHERE state = 'dead'")
    if len(found) != expected:
        yield f"{len(found)} dead letters, not {expected}: {found[:5]}"


def _leftovers(evidence: Evidence) -> Iterator[str]:
    """Nothing unfinished stays behind; what waits for an order to be opened again is not unfinished."""
    unfinished = [path for path in evidence.store.glob("*/.dealer_bot/*") if path.name != "media.jsonl"]
    held = {str(row[0]) for row in evidence.rows(HELD)}
    spooled = [path for path in evidence.spool.iterdir() if path.name not in held] if evidence.spool.exists() else []
    yield from (f"left behind: {path.parent.name}/{path.name}" for path in (*unfinished, *spooled))
