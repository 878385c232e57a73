"""The link that gives a level, opened by those it is not for, too late, or once more."""

from database import sql
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from tests.bot.world import World

BORIS_PHONE = "+375291112244"


async def _invited(admin: PersonClient, role: str) -> str:
    """The payload of a new link."""
    asked = await admin.says("/admin")
    for label in ("Люди", "Пригласить", role):
        shown = await admin.sees_button(label, after=asked.id)
        await admin.presses(label, on=shown.id)
    link = await admin.sees("t.me", after=asked.id)
    return link.text.rsplit("start=", 1)[1].strip()


def _grow_old() -> None:
    sql.run("UPDATE invitations SET expires_at = 1")


async def test_a_link_that_is_opened_by_whoever_needs_it_not_stays_good_for_whom_it_was_made(world: World) -> None:
    oleg, anna = await world.admin(), await world.employee("Анна")
    payload = await _invited(oleg, "Сотрудник")
    for person, role in ((oleg, "администратор"), (anna, "сотрудник")):
        opened = await person.starts(payload)
        told = await person.sees(f"Ваш уровень: {role}.", after=opened.id)
        assert "осталась в силе" in told.text
    boris = await world.client("Борис", BORIS_PHONE)
    await boris.starts(payload)
    await boris.sees("Ваш уровень теперь: сотрудник")
    await world.quiet()
    assert not [each for each in await oleg.chat() if "подключился Анна" in each.text]


async def test_whoever_taps_his_own_link_once_more_is_greeted_as_what_he_is(world: World) -> None:
    oleg, boris = await world.admin(), await world.client("Борис", BORIS_PHONE)
    payload = await _invited(oleg, "Служба заботы")
    await boris.starts(payload)
    await boris.sees("Ваш уровень теперь: служба заботы")
    hired = await oleg.sees("По приглашению подключился +375 29 111-22-44")
    assert "задайте его в карточке" in hired.text
    await boris.starts(payload)
    greeted = await boris.sees("Сюда приходят обращения клиентов. Чтобы ответить")
    assert greeted.text.startswith("Здравствуйте! ")
    await world.quiet()
    assert not [each for each in await boris.chat() if "не действует" in each.text]


async def test_a_link_that_ends_between_its_opening_and_the_contact_says_so(world: World) -> None:
    oleg = await world.admin()
    boris = await world.tg.person("Борис", phone=BORIS_PHONE)
    await boris.starts(await _invited(oleg, "Сотрудник"))
    await boris.sees("Вас приглашают работать")
    await world.app.database.write(_grow_old)
    sent = await boris.shares_contact()
    await boris.sees("Эта ссылка больше не действует", after=sent.id)
    await boris.sees("Номер …22-44 подтверждён", after=sent.id)
    assert await world.rows("SELECT role FROM people ORDER BY id DESC LIMIT 1") == [(int(Role.CLIENT),)]
