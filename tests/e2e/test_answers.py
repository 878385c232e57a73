"""Whoever asked is answered, whenever the bot was killed meanwhile, and not twice."""

import pytest

from tests.e2e.dealership import Dealership
from tests.history import violations


@pytest.mark.parametrize("point", ["after_receive:1", "before_turn_end:1", "after_finish:1", "before_send:1"])
async def test_a_question_is_answered_once_after_a_kill(dealership: Dealership, point: str) -> None:
    peter = await dealership.tg.person("Пётр", phone="+375298888808")
    asked = await peter.says("/help")
    await dealership.begins(kill_point=point)
    await dealership.is_killed_at_its_point()

    await dealership.begins()
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    answers = [message for message in await peter.chat() if message.id > asked.id and message.from_bot]
    assert len(answers) == 1 and "/start" in answers[0].text
    assert violations(dealership.evidence()) == []
