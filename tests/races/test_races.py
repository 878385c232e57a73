"""A change against a send in flight: what was claimed before it may arrive, nothing that is claimed after it."""

import contextlib
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from dealer_bot.cli import user_changes
from dealer_bot.domain.people import Role
from dealer_bot.services.connecting import Connecting
from dealer_bot.services.people_changes import Changes
from tests.machine.ground import SAY, Ground
from tests.machine.town import sha256_of
from tests.races.arena import Arena

TRIALS = 10_000 if os.environ.get("SOAK") == "1" else 200
TRIALS_IN_A_TOWN = 50
EACH_AT_LEAST = TRIALS // 20
Trial = Callable[[Arena], Awaitable[None]]


def runs(ground: Ground, trial: Trial, *sides: str) -> None:
    """All trials; each side of the race has been seen often enough."""
    seen = dict.fromkeys(sides, 0)
    for seed in range(TRIALS // TRIALS_IN_A_TOWN):
        for side, count in ground.run(_a_town(ground, trial, seed)).items():
            seen[side] = seen.get(side, 0) + count
    assert {side: count for side, count in seen.items() if side in sides and count < EACH_AT_LEAST} == {}, seen


async def _a_town(ground: Ground, trial: Trial, seed: int) -> dict[str, int]:
    arena = Arena(ground, seed)
    await arena.opens()
    try:
        await arena.enters(arena.anna, "Acceptance")
        for _ in range(TRIALS_IN_A_TOWN):
            await trial(arena)
    finally:
        await arena.town.closes()
    return arena.seen


def test_a_phone_corrected_while_a_photo_is_on_its_way(ground: Ground) -> None:
    runs(ground, _phone_corrected, "the old client got it", "the new client got it")


async def _phone_corrected(arena: Arena) -> None:
    """Claimed before the bot saw it: for the old client. After: for the new one, and only after a tap on his card."""
    old, new = arena.peter, arena.ivan
    if arena.folder.visit.phone == arena.ivan.phone:
        old, new = new, old
    since, began = len(arena.ground.server.journal.entries), arena.now()
    piece = arena.shoots(arena.anna)

    async def corrected() -> None:
        arena.town.writes_card(arena.folder, new.phone)
        arena.town.life.is_store_touched = False
        await arena.looks()

    await arena.races(corrected)
    seen_at = arena.watched("order", began)[0][0]
    late = [n for n in arena.claims_of(piece, old) if n > seen_at]
    assert not late, f"claimed at {late} for the old client, the bot knew since {seen_at}"
    got = arena.arrivals(piece, old, since)
    assert got <= min(1, len(arena.claims_of(piece, old)))
    assert arena.arrivals(piece, new, since) == 0, "nobody has looked at the new client"
    await arena.enters(arena.anna, "Acceptance")
    assert arena.arrivals(piece, old, since) + arena.arrivals(piece, new, since) == 1, "once, to one of them"
    arena.seen["the old client got it" if got else "the new client got it"] += 1


def test_a_phone_that_another_account_proves_while_a_photo_is_on_its_way(ground: Ground) -> None:
    runs(ground, _phone_moved, "the old account got it", "the new account got it")


async def _phone_moved(arena: Arena) -> None:
    """Claimed before: for the old account. All else goes to the new one, by itself: the same phone, the same order."""
    old, new = sorted(
        (arena.peter, arena.town.account("peter_anew")), key=lambda each: each.address != arena.holder_of(each.phone)
    )
    since, began = len(arena.ground.server.journal.entries), arena.now()
    piece = arena.shoots(arena.anna)

    async def moved() -> None:
        now = arena.town.clock.now
        connecting = Connecting(arena.town.life.app.database, ())
        await connecting.connect(new.address, new.phone, new.name, None, 10**9 + began, now)

    arena.ground.server.world.chats[new.id].started = True
    await arena.races(moved)
    ((moved_at, _, _),) = arena.watched("binding", began)
    late = [n for n in arena.claims_of(piece, old) if n > moved_at]
    assert not late, f"claimed at {late} for the old account, the phone moved at {moved_at}"
    got = arena.arrivals(piece, old, since)
    assert got + arena.arrivals(piece, new, since) == 1, "once, to one of them"
    arena.seen["the old account got it" if got else "the new account got it"] += 1


def test_a_role_revoked_while_its_photo_is_on_its_way(ground: Ground) -> None:
    runs(ground, _role_revoked, "taken", "refused")


async def _role_revoked(arena: Arena) -> None:
    """Accepted before: it is the dealership's and goes its way. After: it is on no record, in no chat, in no folder."""
    since, began = len(arena.ground.server.journal.entries), arena.now()
    piece = arena.shoots(arena.anna, arena.random.choice(("photo", "text")))

    async def revoked() -> None:
        await _level(arena, Role.CARE)

    await arena.races(revoked)
    ((revoked_at, _, _),) = arena.watched("role", began)
    message_id = arena.message_of(piece)
    accepted = [n for n, row, _ in arena.watched("message", began) if row == message_id]
    assert accepted <= [revoked_at], f"taken at {accepted}, revoked at {revoked_at}"
    assert arena.arrivals(piece, arena.peter, since) == len(accepted)
    if piece.sha256 is not None:
        assert files(arena).count(piece.sha256) == len(accepted)
    arena.seen["taken" if accepted else "refused"] += 1
    await _level(arena, Role.EMPLOYEE)
    await arena.enters(arena.anna, "Acceptance")
    await arena.town.rests()


async def _level(arena: Arena, role: Role) -> None:
    who, changes = str(arena.anna.id), Changes(role, None, None, None)
    await arena.town.life.app.database.write(user_changes.change, who, "BY", changes, SAY, arena.town.clock.now)


def test_a_folder_closed_while_a_photo_is_on_its_way(ground: Ground) -> None:
    runs(ground, _folder_closed, "in the folder before", "kept out", "handed in too late")


async def _folder_closed(arena: Arena) -> None:
    """Not a byte into a closed folder. What was handed in before reaches its client yet, what came later waits."""
    since, began = len(arena.ground.server.journal.entries), arena.now()
    piece = arena.shoots(arena.anna)
    at_closing: list[str] = []
    begun: list[Path] = []

    async def closed() -> None:
        arena.town.closes_order(arena.folder)
        begun.extend(whole_copies(arena))
        arena.town.life.is_store_touched = False
        at_closing.extend(everything(arena))
        await arena.looks()

    await arena.races(closed)
    written = set(everything(arena)) - set(at_closing)
    assert len(written) <= len(begun), f"written into a closed folder: {written}"
    seen_at = arena.watched("order", began)[0][0]
    message_id = arena.message_of(piece)
    is_late = [n for n, row, _ in arena.watched("message", began) if row == message_id] > [seen_at]
    assert arena.arrivals(piece, arena.peter, since) == (not is_late)
    was_in = piece.sha256 in files(arena)
    arena.seen["handed in too late" if is_late else "in the folder before" if was_in else "kept out"] += 1
    arena.town.reopens(arena.folder)
    arena.town.life.is_store_touched = True
    await arena.town.rests()
    assert files(arena).count(str(piece.sha256)) == (not is_late), "open again, it takes what was its own, once"


def test_the_service_stage_chosen_while_photos_are_on_their_way(ground: Ground) -> None:
    runs(ground, _service_stage_chosen, "both sides")


async def _service_stage_chosen(arena: Arena) -> None:
    """What was shot before goes to the client, what is shot after does not, and an album follows its first item."""
    since, album = len(arena.ground.server.journal.entries), arena.ground.server.world.next_album()
    shown = [arena.shoots(arena.anna), arena.shoots(arena.anna, album=album)]
    hidden = []

    async def hides() -> None:
        arena.presses_stage(arena.anna, "Service")
        hidden.append(arena.shoots(arena.anna))
        shown.append(arena.shoots(arena.anna, album=album))
        hidden.append(arena.shoots(arena.anna))

    await arena.races(hides)
    assert [arena.arrivals(piece, arena.peter, since) for piece in shown] == [1, 1, 1]
    assert [arena.arrivals(piece, arena.peter, since) for piece in hidden] == [0, 0]
    assert all(arena.claims_of(piece, arena.peter) == [] for piece in hidden)
    kept = {(path.parent.name, sha256_of(path)) for path in stage_files(arena)}
    assert {("Acceptance", piece.sha256) for piece in shown} | {("Service", piece.sha256) for piece in hidden} <= kept
    arena.seen["both sides"] += 1
    arena.presses_stage(arena.anna, "Acceptance")
    await arena.town.rests()


def stage_files(arena: Arena) -> list[Path]:
    folder = arena.town.store / arena.folder.name
    return [path for path in sorted(folder.glob("*/*")) if path.parent.name != ".dealer_bot"]


def whole_copies(arena: Arena) -> list[Path]:
    """Each may be at its last step: the system has begun to give it its name when the folder gets another one."""
    return list((arena.town.store / arena.folder.name).glob(".dealer_bot/*.part"))


def files(arena: Arena) -> list[str]:
    return [sha256_of(path) for path in stage_files(arena)]


def everything(arena: Arena) -> list[str]:
    """Names and sizes; what the bot takes back at this moment is not there."""
    folder, found = arena.town.store / arena.folder.name, []
    for path in sorted(folder.rglob("*")):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file():
                found.append(f"{path.relative_to(folder)} {path.stat().st_size}")
    return found
