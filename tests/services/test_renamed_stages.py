"""The dealership names its stages anew while people are in them: nothing becomes visible by that."""

from datetime import UTC

import pytest

from database import places, sql
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.messages import Handed
from dealer_bot.domain.stages import Stage, Stages
from dealer_bot.services.intake import Intake
from dealer_bot.services.moving import Moving
from tests.services.test_moving_races import ANNA, Arena, arena

__all__ = ["arena"]
RENAMED = Stages((Stage("Body", "Кузов"), Stage("Internal", "Для сервиса")), "Internal")


async def test_who_was_in_the_hidden_stage_is_asked_before_anything_goes_to_the_client(arena: Arena) -> None:
    await arena.database.write(places.enter, 1, 1, "Service", arena.now)
    intake = Intake(arena.database, RENAMED, UTC, 7200)
    photo = Handed(ANNA, 5, "photo", "secret", file_id="f", size=1, extension="jpg")
    assert (await intake.accept(1, photo, 5, arena.now)).hold_id is not None
    with pytest.raises(DealerError, match="text-without-order"):
        await intake.accept(1, Handed(ANNA, 6, "text", "secret"), 6, arena.now)
    assert await arena.database.read(sql.rows, "SELECT 1 FROM outbox") == []


async def test_what_was_hidden_under_the_former_name_can_not_be_moved_to_a_client(arena: Arena) -> None:
    await arena.database.write(places.enter, 1, 1, "Service", arena.now)
    burst = await arena.shoots()
    with pytest.raises(DealerError, match="hold-hidden"):
        await Moving(arena.database, RENAMED).move(1, burst, (1, RENAMED.all[0].code), 9, arena.now)
