"""A token that Telegram revokes in the middle of the work: the bot says so and goes, and nothing is lost."""

from tests.e2e.dealership import Dealership
from tests.history import violations

ORDER, PETERS, ANNAS = "a00017732", "+375298888808", "+375291112233"


async def test_a_revoked_token_ends_the_bot_with_a_clear_word_and_the_next_one_goes_on(dealership: Dealership) -> None:
    dealership.add_order(ORDER, PETERS)
    await dealership.begins()
    anna = await dealership.staff("Анна", ANNAS)
    peter = await dealership.client("Пётр", PETERS, ORDER)
    await dealership.enters(anna, ORDER)
    await dealership.settles()
    await dealership.tg.fault(None, times=None, unauthorized=True)
    await dealership.tg.fault("download", times=None, trickle=10)
    for number in range(3):
        await dealership.shoots(anna, ORDER)
        await dealership.writes(anna, ORDER, f"Скол № {number}.")
    assert await dealership.ends() == 1
    said = dealership.log.read_text(encoding="utf-8")
    assert "Telegram refused BOT_TOKEN" in said and "Traceback" not in said

    await dealership.tg.clear_faults()
    await dealership.begins()
    await peter.sees("Скол № 2.")
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
