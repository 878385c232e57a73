"""The evening's digest as it arrives in an administrator's chat, in either language."""

from pathlib import Path

import pytest

from database import beats
from dealer_bot.app import clock
from dealer_bot.services.digest import BEAT
from tests.bot.world import World
from tests.noon import NOON_HERE

DAY_MS = 24 * 3_600_000
TOLD = {
    "ru": (
        "Сводка дня\n\nСнято фото, видео и файлов: 0\n",
        "Клиенты, которым сегодня ничего не пришло, заказ-нарядов: 1\na00017732 · 0124 МН-1\n",
        "Ждут ответа службы заботы: 1\n+375 29 888-88-08 · 0 мин",
    ),
    "en": (
        "The day in short\n\nPhotos, videos and files taken: 0\n",
        "Clients who got nothing today, work orders: 1\na00017732 · 0124 МН-1\n",
        "Wait for customer care: 1\n+375 29 888-88-08 · 0 min",
    ),
}


@pytest.mark.parametrize("language", TOLD)
async def test_when_its_time_has_come_the_digest_is_in_the_admins_chat_once(tmp_path: Path, language: str) -> None:
    """Its time is midnight: whatever the clock shows, it is due once the last one was told yesterday."""
    async with World(tmp_path, DIGEST_AT="00:00", LANGUAGE=language, TIMEZONE=NOON_HERE) as world:
        oleg, anna, peter = await world.admin("Oleg"), await world.employee("Anna"), await world.client("Peter")
        asked = await anna.says("/order a00017732")
        card = await anna.sees_button("Приёмка", after=asked.id)
        await anna.presses("Приёмка", on=card.id)
        await anna.sees("a00017732, Приёмка", after=card.id)
        await anna.shoots()
        await peter.sees_photo()
        await world.quiet()
        await world.hours_pass(30)
        await peter.says("/care")
        await peter.says("?")
        await world.quiet()
        await world.app.database.write(beats.beat, BEAT, clock() - DAY_MS)
        for _ in range(2):
            await world.app.stop()
            await world.start_bot()
        told = await oleg.sees(TOLD[language][0])
        assert all(part in told.text for part in TOLD[language])
        await world.quiet()
        assert len([each for each in await oleg.chat() if TOLD[language][0] in each.text]) == 1
        assert not [each for person in (anna, peter) for each in await person.chat() if TOLD[language][0] in each.text]
