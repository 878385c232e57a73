"""The calendar begins its days when the dealership does, and an order's day stays where it was."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dealer_bot.services.days import Days
from tests.services.stores import Dealership

MINSK, NEW_YORK = ZoneInfo("Europe/Minsk"), ZoneInfo("America/New_York")
DAY_MS = 24 * 3600 * 1000


def _ms(*moment: int, zone: ZoneInfo = MINSK) -> int:
    return int(datetime(*moment, tzinfo=zone).timestamp() * 1000)  # type: ignore[arg-type]


async def test_the_present_month_is_the_dealerships_at_every_opening(shop: Dealership) -> None:
    days = Days(shop.database, MINSK)
    for now, first in (
        (_ms(2026, 11, 30, 23, 59), date(2026, 11, 1)),
        (_ms(2026, 12, 1, 0, 0), date(2026, 12, 1)),  # a program that was started in November shows December
        (_ms(2027, 1, 1, 0, 0), date(2027, 1, 1)),
    ):
        assert (await days.present(now)).first == first
    assert (await Days(shop.database, NEW_YORK).present(_ms(2026, 12, 1, 0, 0))).first == date(2026, 11, 1)


async def test_a_month_counts_what_is_open_and_knows_the_nearest_others(shop: Dealership) -> None:
    shop.put("a1", date="15.09.2026")
    shop.put("a2", date="2026-09-15")
    shop.put("a3", date="2026-09-30")
    shop.put("a4", date="2026-12-31")
    shop.put("a5", date="2024-02-29")
    shop.put("a6 closed", date="2026-09-15")
    shop.put("a7", date="2026-10-01")
    await shop.rest()
    shop.rename("a7", "a7 closed")
    await shop.rest()
    shown = await Days(shop.database, MINSK).month(date(2026, 9, 9), shop.now)
    assert (shown.counts, shown.is_present) == ({15: 2, 30: 1}, False)
    assert (shown.earlier, shown.later) == (date(2024, 2, 1), date(2026, 12, 1))


async def test_the_day_of_an_order_stays_though_files_come_for_days(shop: Dealership) -> None:
    folder = shop.put("a1")
    days = Days(shop.database, MINSK)
    await shop.rest()
    born = await days.present(shop.now)
    day = shop.order("A1").day
    for n in range(5):
        stage = folder / f"Stage{n}"
        stage.mkdir()
        (stage / "photo.jpg").write_bytes(b"x" * n)
        shop.put("a1", vehicle=f"Geely {n}")
        await shop.look(DAY_MS)
        await shop.rest()
    assert (shop.order("A1").vehicle, shop.order("A1").day) == ("Geely 4", day)
    assert (await days.month(born.first, shop.now)).counts == {date.fromisoformat(day or "").day: 1}
    shop.start()
    await shop.rest()
    assert shop.order("A1").day == day
