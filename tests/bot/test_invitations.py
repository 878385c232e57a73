"""An invitation leads a client to the bot; the phone he proves decides what he gets."""

import cv2
import numpy
from aiogram.types import Message

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from dealer_bot.sandbox.seen import SeenMessage
from tests.bot.world import ORDER, PETERS_PHONE, World

WIFES_PHONE = "+375297776655"


async def _invited(world: World, anna: PersonClient) -> tuple[SeenMessage, SeenMessage]:
    """The picture with its caption, and the text to pass on."""
    pin = await anna.sees("a00017732 · 0124 МН-1")
    await anna.presses("Приглашение", on=pin.id)
    picture = await anna.sees("Покажите клиенту этот код", after=pin.id)
    return picture, await anna.sees("о ремонте вашего автомобиля 0124 МН-1", after=pin.id)


def _token(text: str) -> str:
    return text.rpartition("?start=")[2].split()[0]


async def _decoded(world: World, picture: SeenMessage) -> str:
    photo = Message.model_validate(picture.raw).photo
    assert photo is not None
    data = await world.app.bot.download(photo[-1].file_id)
    assert data is not None
    found: str = cv2.QRCodeDetector().detectAndDecode(cv2.imdecode(numpy.frombuffer(data.read(), numpy.uint8), 0))[0]
    return found


async def test_an_invitation_is_a_code_a_link_and_a_text_to_pass_on(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    picture, text = await _invited(world, anna)
    link = picture.text.split()[-1]
    assert link.startswith(f"https://t.me/{(await world.app.bot.me()).username}?start=")
    assert await _decoded(world, picture) == link
    assert link in text.text and text.text.startswith("«Автоцентр Север»: ")
    (button,) = text.raw["reply_markup"]["inline_keyboard"][0]
    assert button["text"] == "Скопировать текст" and button["copy_text"]["text"] == text.text


async def test_a_client_who_comes_by_his_orders_link_gets_what_waits_and_nobody_else_hears_of_it(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"before he came", caption="до подключения")
    waits = await anna.sees("Клиент не подключён")
    assert waits.button("Приглашение")
    picture, _ = await _invited(world, anna)
    peter = await world.tg.person("Пётр", phone=PETERS_PHONE)
    await peter.starts(_token(picture.text))
    await peter.sees("Подтвердите, пожалуйста, номер")
    await peter.shares_contact()
    await peter.sees("до подключения")
    await world.quiet()
    assert not [each for each in await anna.chat() if "По приглашению" in each.text]


async def test_the_order_is_on_his_wifes_number_and_both_sides_are_told(world: World) -> None:
    world.write_card("a00017732", ORDER | {"phone": WIFES_PHONE})
    await world.phone_is("a00017732", WIFES_PHONE)
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"for Peter", caption="для Петра")
    picture, _ = await _invited(world, anna)
    peter = await world.tg.person("Пётр", phone=PETERS_PHONE)
    await peter.starts(_token(picture.text))
    await peter.shares_contact()
    await peter.sees("Спросите мастера, какой номер указан")
    told = await anna.sees("По приглашению a00017732 подключился +375…08, в заказ-наряде другой номер")
    assert "8888" not in told.text
    await peter.starts(_token(picture.text))
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"]
    assert len([each for each in await anna.chat() if "По приглашению" in each.text]) == 1

    world.write_card("a00017732", ORDER)
    await world.phone_is("a00017732", PETERS_PHONE)
    await anna.sees("Телефон клиента в заказ-наряде изменился")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"]
    await anna.says("/order a00017732")
    await anna.sees("…8808")
    await anna.presses("Приёмка")
    await peter.sees("для Петра")
    await world.quiet()
    assert len([each for each in await peter.chat() if "для Петра" in each.text]) == 1


async def test_who_is_connected_already_and_opens_another_orders_link_is_told_of_too(world: World) -> None:
    world.add_order({"order": "a00017741", "phone": WIFES_PHONE, "plate_number": "4455 АВ-7"})
    anna, peter = await world.employee("Анна"), await world.client()
    await world.knows("a00017741")
    await world.enters(anna, "a00017741")
    pin = await anna.sees("a00017741 · 4455")
    await anna.presses("Приглашение", on=pin.id)
    picture = await anna.sees("Покажите клиенту этот код")
    await peter.starts(_token(picture.text))
    await anna.sees("По приглашению a00017741 подключился +375…08")
    assert await world.rows("SELECT phone FROM orders WHERE number = 'a00017741'") == [(WIFES_PHONE,)]


async def test_a_link_of_a_closed_order_or_a_forged_one_is_a_plain_start(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    picture, _ = await _invited(world, anna)
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    for payload in (_token(picture.text), "A" * 22, "../../etc", "x"):
        person = await world.tg.person("Кто-то", phone=f"+37529555{len(payload):04}")
        await person.starts(payload)
        await person.sees("Подтвердите, пожалуйста, номер")
        await person.shares_contact()
        await person.sees("Открытых заказ-нарядов на него нет")
    await world.quiet()
    assert not [each for each in await anna.chat() if "По приглашению" in each.text]


async def test_the_button_of_a_closed_order_says_why_it_can_no_longer(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    pin = await anna.sees("a00017732 · 0124 МН-1")
    data = pin.button("Приглашение").data
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    press = await anna.presses_data(pin.id, data)
    assert "Заказ-наряд a00017732 закрыт" in (await press.answer()).text
    assert await world.rows("SELECT count(*) FROM invitations") == [(0,)]


async def test_somebody_who_left_the_crew_invites_nobody(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    pin = await anna.sees("a00017732 · 0124 МН-1")
    await world.change(anna, role=int(Role.CLIENT))
    press = await anna.presses_data(pin.id, pin.button("Приглашение").data)
    assert "устарела" in (await press.answer()).text
    assert await world.rows("SELECT count(*) FROM invitations") == [(0,)]


async def test_the_link_of_an_order_stays_the_same_so_that_a_printed_code_stays_good(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    first, _ = await _invited(world, anna)
    await anna.presses("Приглашение", on=(await anna.sees("a00017732 · 0124 МН-1")).id)
    again = await anna.sees("Покажите клиенту этот код", after=first.id)
    assert again.text == first.text
    assert await world.rows("SELECT count(*) FROM invitations") == [(1,)]
