"""What the judge looks for at the end: what stands in the chats, who is who, who is where, what was closed."""

from collections.abc import Iterator

from tests.evidence import Arrival, Evidence, files_in_stages

COPIES = "SELECT address, telegram_message_id FROM copies"
REFUSED = """
    SELECT coalesce(d.sha256, m.text) FROM outbox o JOIN messages m ON m.id = o.message_id
    LEFT JOIN media d ON d.id = o.media_id WHERE o.state = 'refused'
"""
BINDINGS = """
    SELECT b.phone, p.address FROM bindings b JOIN people p ON p.id = b.person_id
    WHERE b.ended_at IS NULL AND b.proved_at IS NOT NULL AND p.consent_at IS NOT NULL
"""
PLACES = """
    SELECT p.address, o.number, l.stage FROM places l JOIN people p ON p.id = l.person_id
    LEFT JOIN orders o ON o.id = l.order_id
"""


def told_of(evidence: Evidence) -> list[str]:
    """What Telegram refused for good: the administrators were told."""
    is_told = any("Telegram не принял сообщение" in text for text in standing(evidence).values())
    return [str(content) for (content,) in evidence.rows(REFUSED)] if is_told else []


def at_the_end(evidence: Evidence, arrivals: list[Arrival], known: set[str]) -> Iterator[str]:
    """`known`: what people were told is uncertain."""
    yield from _stale(evidence, known)
    yield from _bare(evidence, arrivals)
    yield from _too_early(evidence, arrivals)
    yield from _bindings(evidence)
    yield from _places(evidence)
    yield from _closed(evidence)


def standing(evidence: Evidence) -> dict[tuple[int, int], str]:
    """The text or caption of each of the bot's messages, as it is now."""
    texts: dict[tuple[int, int], str] = {}
    for entry in evidence.entries:
        name = entry.method.lower()
        if not entry.accepted or "chat_id" not in entry.params:
            continue
        chat, told = int(entry.params["chat_id"]), str(entry.params.get("text") or entry.params.get("caption") or "")
        if name.startswith("send") and entry.message_ids:
            texts[chat, entry.message_ids[0]] = told
        elif name in ("editmessagetext", "editmessagecaption"):
            texts[chat, int(entry.params["message_id"])] = told
        elif name == "deletemessage":
            texts.pop((chat, int(entry.params["message_id"])), None)
    return texts


def _stale(evidence: Evidence, known: set[str]) -> Iterator[str]:
    """The newest version stands in every copy the bot knows of."""
    shown = standing(evidence)
    copies = {(int(address.partition(":")[2]), number) for address, number in evidence.rows(COPIES)}
    for handed in evidence.handed:
        if not handed.older or handed.chat is None or handed.content in known:
            continue
        texts = {where: text for where, text in shown.items() if where[0] == handed.chat}
        if not any(handed.words in text for text in texts.values()):
            yield f"nowhere in chat {handed.chat}: the newest version, {handed.words}"
        for where, text in texts.items():
            if where in copies and any(words in text for words in handed.older):
                yield f"still in chat {handed.chat}: an older version of {handed.words}"


def _bare(evidence: Evidence, arrivals: list[Arrival]) -> Iterator[str]:
    """An answer comes with the number of its order."""
    along = {each.content: each.along for each in evidence.handed if each.along}
    for arrival in arrivals:
        for content in arrival.contents:
            if along.get(content, "") not in arrival.told:
                yield f"in chat {arrival.chat} without {along[content]}: {content}"


def _too_early(evidence: Evidence, arrivals: list[Arrival]) -> Iterator[str]:
    """A client is greeted before he gets what waited for him."""
    openings = {each.chat: each.content for each in evidence.handed if each.opens}
    for chat, opening in openings.items():
        first = next((arrival.contents for arrival in arrivals if arrival.chat == chat and arrival.contents), ())
        if opening not in first:
            yield f"in chat {chat} before {opening}: {first}"


def _bindings(evidence: Evidence) -> Iterator[str]:
    """A phone is bound once, to whoever proved it last, with his consent."""
    found = evidence.rows(BINDINGS)
    for phone, owner in evidence.bound.items():
        owners = [address for bound, address in found if bound == phone]
        if owners != [f"tg:{owner}"]:
            yield f"the phone of {owner} is bound to {owners}"


def _places(evidence: Evidence) -> Iterator[str]:
    """Everybody is where he went last."""
    found = {address: (number, stage) for address, number, stage in evidence.rows(PLACES)}
    for person, place in evidence.places.items():
        if found.get(f"tg:{person}") != place:
            yield f"{person} is in {found.get(f'tg:{person}')}, not in {place}"


def _closed(evidence: Evidence) -> Iterator[str]:
    """A closed folder stays as it was."""
    for folder, files in evidence.closed.items():
        for name in files_in_stages(evidence.store / folder) ^ files:
            yield f"in {folder} since it was closed: {name}"
