"""The judge can condemn: each thing that must not be is found, and nothing else is."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from database.connection import Database
from dealer_bot.sandbox.journal import Entry
from tests.history import Evidence, Handed, violations

SHOTS = [b"front", b"back"]
SHA = [hashlib.sha256(shot).hexdigest() for shot in SHOTS]
ANNA, PETER, IVAN = 1, 7, 8


def _sent(*sha256: str, chat: int = PETER, at: float = 1.0, text: str = "") -> Entry:
    params = {"chat_id": str(chat)} | ({"text": text} if text else {})
    return Entry(0, "sendPhoto" if sha256 else "sendMessage", at, params, accepted=True, sha256=list(sha256))


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    """Two photos and a text, all where they belong."""
    stage, own, spool = tmp_path / "store/a1/Body", tmp_path / "store/a1/.dealer_bot", tmp_path / "spool"
    for folder in (stage, own, spool):
        folder.mkdir(parents=True)
    for number, shot in enumerate(SHOTS):
        (stage / f"{number}.jpg").write_bytes(shot)
    lines = [json.dumps({"file": f"Body/{number}.jpg", "sha256": sha256}) for number, sha256 in enumerate(SHA)]
    (own / "media.jsonl").write_text("\n".join(lines))
    database = Database(f"sqlite:///{tmp_path}/bot.sqlite3")
    database.open()
    database.close()
    handed = [Handed(ANNA, "a1/Body", PETER, sha256=sha256) for sha256 in SHA]
    handed.append(Handed(ANNA, None, PETER, words="Скол"))
    entries = [_sent(SHA[0]), _sent(SHA[1]), _sent(text="Анна: Скол")]
    return Evidence(entries, tmp_path / "store", spool, tmp_path / "bot.sqlite3", handed)


def test_what_is_in_order_is_left_alone(evidence: Evidence) -> None:
    assert violations(evidence) == []


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([_sent(SHA[0]), _sent(text="Скол")], "lost on the way"),
        ([_sent(SHA[0]), _sent(SHA[1]), _sent(text="Скол"), _sent(SHA[0], chat=IVAN)], "belongs to 7"),
        ([_sent(SHA[0]), _sent(SHA[1]), _sent(text="Скол"), _sent(text="Скол", chat=IVAN)], "belongs to 7"),
        ([_sent(SHA[0]), _sent(SHA[1]), _sent(text="Скол"), _sent("other")], "nobody handed in"),
        ([_sent(SHA[1]), _sent(SHA[0]), _sent(text="Скол")], "out of order"),
        ([_sent(SHA[0]), _sent(SHA[0]), _sent(SHA[1]), _sent(text="Скол")], "without a kill"),
    ],
)
def test_what_is_wrong_in_a_chat_is_found(evidence: Evidence, entries: list[Entry], told: str) -> None:
    assert any(told in wrong for wrong in violations(replace(evidence, entries=entries)))


def test_a_photo_that_took_longer_than_a_minute_may_be_overtaken_and_a_text_may_not(evidence: Evidence) -> None:
    first, second, text = (replace(each, at=0.0) for each in evidence.handed)
    overtaken = [_sent(SHA[1]), _sent(text="Скол"), _sent(SHA[0], at=61.0)]
    assert violations(replace(evidence, handed=[first, second, text], entries=overtaken)) == []
    late_text = [_sent(SHA[0]), _sent(SHA[1]), _sent(text="Скол", at=61.0)]
    (wrong,) = violations(replace(evidence, handed=[text, first, second], entries=late_text))
    assert "out of order" in wrong


def test_one_repeat_a_kill_is_allowed_and_no_second(evidence: Evidence) -> None:
    entries = [_sent(*SHA), _sent(*SHA, at=3.0), _sent(text="Скол", at=3.0)]
    killed = replace(evidence, entries=entries, kills=[2.0])
    assert violations(killed) == []
    twice = replace(killed, entries=[*entries, _sent(SHA[0], at=3.0)])
    assert any("more than twice" in wrong for wrong in violations(twice))


def test_what_is_for_the_service_alone_may_be_in_no_chat(evidence: Evidence) -> None:
    hidden = [replace(evidence.handed[0], chat=None), *evidence.handed[1:]]
    assert any("service alone" in wrong for wrong in violations(replace(evidence, handed=hidden)))


def _cut(store: Path) -> None:
    (store / "a1/Body/0.jpg").write_bytes(SHOTS[0][:2])


def _doubled(store: Path) -> None:
    (store / "a1/Body/2.jpg").write_bytes(SHOTS[0])


def _missing(store: Path) -> None:
    (store / "a1/Body/0.jpg").unlink()


def _unfinished(store: Path) -> None:
    (store / "a1/.dealer_bot/3.jpg.part").write_bytes(b"")


def _spooled(store: Path) -> None:
    (store.parent / "spool/3").write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_cut, "not whole"),
        (_doubled, "too much"),
        (_missing, "not in a1/Body"),
        (_unfinished, "left behind"),
        (_spooled, "left behind"),
    ],
)
def test_what_is_wrong_on_the_disk_is_found(evidence: Evidence, spoil: Callable[[Path], None], told: str) -> None:
    spoil(evidence.store)
    assert any(told in wrong for wrong in violations(evidence))


@pytest.mark.parametrize(("state", "told"), [("new", "not finished"), ("dead", "dead letters")])
def test_an_update_that_nobody_handled_is_found(evidence: Evidence, state: str, told: str) -> None:
    with closing(sqlite3.connect(evidence.database)) as database, database:
        database.execute("INSERT INTO inbox (lane, state, received_at) VALUES ('tg:7', ?, 0)", (state,))
    assert any(told in wrong for wrong in violations(evidence))


def _ended(evidence: Evidence, entries: list[Entry], **changed: object) -> list[str]:
    """What the judge says of everything in order, and of these besides."""
    return violations(replace(evidence, entries=[*evidence.entries, *entries], **changed))  # type: ignore[arg-type]


def _edited(text: str, number: int) -> Entry:
    return Entry(
        0, "editMessageText", 2.0, {"chat_id": str(PETER), "message_id": str(number), "text": text}, accepted=True
    )


def _execute(evidence: Evidence, *statements: str) -> None:
    with closing(sqlite3.connect(evidence.database)) as database, database:
        for statement in statements:
            database.execute(statement)


def _with_copy(evidence: Evidence) -> Evidence:
    """A text that was written anew, of which the bot knows one copy."""
    _execute(evidence, f"INSERT INTO copies (address, telegram_message_id, message_id) VALUES ('tg:{PETER}', 50, 1)")
    newest = Handed(ANNA, None, PETER, words="Завтра", older=("Сегодня",))
    sent = replace(_sent(text="Анна: Сегодня"), message_ids=[50])
    return replace(evidence, handed=[*evidence.handed, newest], entries=[*evidence.entries, sent])


def test_an_older_version_that_still_stands_is_found(evidence: Evidence) -> None:
    written_anew = _with_copy(evidence)
    found = _ended(written_anew, [])
    assert any("an older version" in wrong for wrong in found)
    assert any("nowhere" in wrong for wrong in found)
    assert _ended(written_anew, [_edited("Анна: Завтра", 50)]) == []


def test_an_answer_without_its_order_is_found(evidence: Evidence) -> None:
    answer = Handed(PETER, None, ANNA, words="Согласен", along="a1")
    handed = [*evidence.handed, answer]
    assert any("without a1" in wrong for wrong in _ended(evidence, [_sent(chat=ANNA, text="Согласен")], handed=handed))
    assert _ended(evidence, [_sent(chat=ANNA, text="a1 · Пётр: Согласен")], handed=handed) == []


def test_what_comes_before_the_greeting_is_found(evidence: Evidence) -> None:
    greeted = Handed(PETER, None, PETER, words="подтверждён", opens=True)
    handed = [*evidence.handed, greeted]
    assert any("before" in wrong for wrong in _ended(evidence, [_sent(text="подтверждён")], handed=handed))


def test_a_phone_that_is_bound_to_nobody_is_found(evidence: Evidence) -> None:
    bound = {"+375291112233": PETER}
    assert any("is bound to" in wrong for wrong in _ended(evidence, [], bound=bound))
    _execute(
        evidence,
        f"INSERT INTO people (id, address, role, active, consent_at) VALUES (1, 'tg:{PETER}', 3, 1, 5)",
        "INSERT INTO bindings (phone, person_id, proved_at) VALUES ('+375291112233', 1, 5)",
    )
    assert _ended(evidence, [], bound=bound) == []


def test_somebody_in_another_place_than_he_went_to_is_found(evidence: Evidence) -> None:
    assert any("not in ('a1', 'Body')" in wrong for wrong in _ended(evidence, [], places={ANNA: ("a1", "Body")}))


def test_what_came_into_a_closed_folder_is_found(evidence: Evidence) -> None:
    closed = {"a1": frozenset({"Body/0.jpg"})}
    assert any("since it was closed: Body/1.jpg" in wrong for wrong in _ended(evidence, [], closed=closed))
    assert _ended(evidence, [], closed={"a1": frozenset({"Body/0.jpg", "Body/1.jpg"})}) == []


def test_a_lost_answer_excuses_one_repeat_and_a_refusal_needs_an_alert(evidence: Evidence) -> None:
    unanswered = [replace(each, outcome="cut") if SHA[0] in each.sha256 else each for each in evidence.entries]
    again = _sent(SHA[0])
    assert _ended(replace(evidence, entries=unanswered), [again]) == []
    assert any("more than twice" in wrong for wrong in _ended(replace(evidence, entries=unanswered), [again, again]))
    assert any("without a kill" in wrong for wrong in _ended(evidence, [again]))
