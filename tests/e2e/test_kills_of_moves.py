"""kill -9 while a photo goes from the wrong order to the right one: it ends in one folder and in one chat."""

from collections import Counter

from dealer_bot.domain.stages import Stage
from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership

WRONG, RIGHT, PETERS, IVANS, ANNAS = "a00017732", "b2", "+375298888808", "+375297776655", "+375291112233"
POINTS = (
    "after_move:1",
    "before_turn_end:1",
    "after_shelved:1",
    "before_kept:1",
    "after_record_kept:1",
    "after_send:1",
)


async def test_a_move_that_is_killed_at_any_line_is_finished_by_the_next_life(dealership: Dealership) -> None:
    dealership.add_order(WRONG, PETERS)
    dealership.add_order(RIGHT, IVANS)
    await dealership.begins()
    anna = await dealership.staff("Анна", ANNAS)
    peter = await dealership.client("Пётр", PETERS, WRONG)
    ivan = await dealership.client("Иван", IVANS, RIGHT)
    await dealership.enters(anna, RIGHT)
    for n, point in enumerate(POINTS, 1):
        await _moves(dealership, anna, point)
        assert await _pictures(peter) == Counter(), point
        shown = await _pictures(ivan)
        assert len(shown) == n and sum(shown.values()) <= n + n, point
        assert _files(dealership, WRONG) == [] and len(_files(dealership, RIGHT)) == n, point


async def _moves(dealership: Dealership, anna: PersonClient, point: str) -> None:
    """One photo into the wrong order, and the button that brings it to the right one, pressed while the bot is down."""
    await dealership.enters(anna, WRONG)
    await dealership.shoots(anna, WRONG)
    status = await anna.sees("сохранено 1 из 1, клиенту доставлено 1.", 30)
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    ((burst_id,),) = dealership.rows("SELECT max(burst_id) FROM messages")
    ((right,),) = dealership.rows(f"SELECT id FROM orders WHERE number = '{RIGHT}'")
    await anna.presses_data(status.id, f"j1:{burst_id}:{right}:{Stage('Acceptance', '').code}")
    await dealership.begins(kill_point=point)
    await dealership.is_killed_at_its_point()
    await dealership.begins()
    await anna.sees(f"Приёмка, {RIGHT}: сохранено 1 из 1", 30, after=status.id - 1)
    await dealership.settles()


async def _pictures(client: PersonClient) -> Counter[str | None]:
    return Counter(each.sha256 for each in await client.chat() if each.from_bot and each.kind == "photo")


def _files(dealership: Dealership, number: str) -> list[str]:
    return sorted(path.name for path in dealership.store.glob(f"{number}/*/*.jpg"))
