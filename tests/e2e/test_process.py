"""`python -m dealer_bot run` as a process, from the command line to the last answer."""

import json

from tests.e2e.dealership import Dealership
from tests.e2e.process import command
from tests.history import violations

ORDER, PETERS, ANNAS = "a00017732", "+375298888808", "+375291112233"


async def test_the_main_job_from_the_command_line_to_a_clean_stop(dealership: Dealership) -> None:
    dealership.add_order(ORDER, PETERS)
    await dealership.begins(forked=False)
    anna = await dealership.staff("Анна", ANNAS)
    peter = await dealership.client("Пётр", PETERS, ORDER)
    await dealership.enters(anna, ORDER)
    await dealership.shoots(anna, ORDER)
    await peter.sees_photo()
    await dealership.writes(anna, ORDER, "Нашли ещё один скол")
    await peter.sees("Нашли ещё один скол")
    await dealership.answers(peter, anna, "Делайте, пожалуйста")
    assert ORDER in (await anna.sees("Делайте, пожалуйста")).text
    await dealership.settles()

    told = json.loads(await command(dealership.environment, "log", ORDER, "--format", "json"))
    assert [(line["role"], line["state"]) for line in told] == [
        ("employee", "delivered"),
        ("employee", "delivered"),
        ("client", "delivered"),
    ]
    code, took_s = await dealership.stops()
    assert (code, took_s < 20) == (0, True)
    assert violations(dealership.evidence()) == []
