"""What administrators see of failures, folders, disks and days, and what they can do about them."""

import asyncio
from pathlib import Path
from typing import ClassVar

import pytest

from dealer_bot.app import clock
from dealer_bot.sandbox import PersonClient
from tests.bot.world import World


async def _taps(person: PersonClient, label: str) -> None:
    shown = await person.sees_button(label)
    await person.presses(label, on=shown.id)


async def _opens(oleg: PersonClient, what: str) -> None:
    await oleg.says("/admin")
    await oleg.sees("Что показать?")
    await _taps(oleg, what)


async def test_what_failed_is_listed_with_its_reason_and_sent_again(world: World) -> None:
    oleg, anna, peter = await world.admin(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendMessage", chat=peter, contains="Готово", refuse=[400, "Bad Request: wrong something"])
    await anna.says("Готово")
    await oleg.sees("Telegram не принял сообщение")
    await _opens(oleg, "Не доставлено")
    assert "Не доставлено: 1." in (await oleg.sees("Не доставлено: 1.")).text
    await _taps(oleg, "a00017732 · сообщение")
    shown = await oleg.sees("Анна → +375 29 888-88-08\nГотово")
    assert "wrong something" in shown.text
    await _taps(oleg, "Отправить ещё раз")
    await peter.sees("Готово")
    await oleg.sees("Всё доставлено: ошибок нет")
    await world.quiet()
    assert len([each for each in await peter.chat() if "Готово" in each.text]) == 1


async def test_what_was_shot_before_closing_goes_to_a_late_client_if_an_admin_says_so(world: World) -> None:
    oleg, anna = await world.admin(), await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots()
    await anna.sees("сохранено 1 из 1")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    peter = await world.client()
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"]
    await _opens(oleg, "Не доставлено")
    assert "клиент не подключён: 1" in (await oleg.sees("Ждёт клиентов")).text
    await _taps(oleg, "a00017732: отправить 1")
    await peter.sees_photo()
    await world.quiet()
    assert len([each for each in await peter.chat() if each.kind == "photo"]) == 1


async def test_an_update_that_was_set_aside_is_handled_again(world: World) -> None:
    oleg, peter = await world.admin(), await world.client()
    await peter.says("слышно?")
    await oleg.sees("слышно?")
    await world.quiet()
    await world.app.database.write(_set_aside)
    await _opens(oleg, "Не доставлено")
    await oleg.sees("Не удалось обработать входящих: 1")
    await _taps(oleg, "Обработать ещё раз (1)")
    await oleg.waits(lambda each: "Всё доставлено" in each.text and "Не удалось" not in each.text, "nothing set aside")
    await world.quiet()
    assert await world.rows("SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]
    assert len([each for each in await oleg.chat() if "слышно?" in each.text]) == 1


def _set_aside() -> None:
    from database import sql

    sql.run("UPDATE inbox SET state = 'dead' WHERE payload LIKE '%\\u0441\\u043b\\u044b\\u0448\\u043d\\u043e?%'")


async def test_folders_in_trouble_are_named_with_reasons_and_disks_with_their_room(world: World) -> None:
    oleg = await world.admin()
    world.add_order({"order": "b00000002", "phone": "", "plate_number": "4455 АВ-7"})
    await world.knows("b00000002")
    await world.until(lambda: len(world.app.room.spaces) == 3)
    await _opens(oleg, "Хранилище")
    shown = (await oleg.sees("Папок, которые не читаются: 1")).text
    assert "b00000002: не указан телефон" in shown
    assert shown.count(" ГБ") == 3 and "хранилище: " in shown


async def test_todays_figures_are_counted_and_drawn(world: World) -> None:
    oleg, anna, peter = await world.admin(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.shoots()
    await peter.sees_photo()
    await peter.says("дорого")
    await oleg.sees("«дорого»")
    await _opens(oleg, "Сегодня")
    shown = (await oleg.sees("Снято фото")).text
    assert "Снято фото, видео и файлов: 1" in shown and "Сообщений от клиентов: 1" in shown
    assert "Сообщений со словами-маркерами: 1" in shown and "Открытых заказ-нарядов: 1" in shown
    await _taps(oleg, "Недели")
    (picture,) = await oleg.sees_photo()
    assert "Больше всего за день: 1" in picture.text


class Letters(asyncio.Protocol):
    """As much of a mail server as one letter needs (RFC 5321)."""

    received: ClassVar[list[str]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._in_data, self._text = transport, False, ""
        transport.write(b"220 test\r\n")

    def data_received(self, data: bytes) -> None:
        for line in data.decode().splitlines():
            if self._in_data:
                self._take(line)
                continue
            self._in_data = line.upper() == "DATA"
            self._transport.write(b"354 go on\r\n" if self._in_data else b"250 ok\r\n")
            if line.upper() == "QUIT":
                self._transport.close()

    def _take(self, line: str) -> None:
        if line != ".":
            self._text += f"{line}\n"
            return
        self._in_data = False
        self.received.append(self._text)
        self._transport.write(b"250 ok\r\n")


@pytest.mark.parametrize("has_mail", [True, False])
async def test_a_disk_without_room_is_told_of_once_in_the_chat_and_by_mail(tmp_path: Path, has_mail: bool) -> None:
    Letters.received.clear()
    server = await asyncio.get_running_loop().create_server(Letters, "127.0.0.1", 0)
    port = str(server.sockets[0].getsockname()[1])
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": port, "SMTP_FROM": "bot@example.com", "SMTP_TO": "a@example.com"}
    async with World(tmp_path, DISK_MIN_GB="1000000", **(mail if has_mail else {})) as world:
        oleg = await world.admin()
        for _ in range(2):
            await world.app.room.step(clock())
        for disk in ("хранилище", "база данных", "накопитель"):
            await oleg.sees(f"Мало места на диске ({disk})")
        if has_mail:
            await world.until(lambda: len(Letters.received) >= 3)
        await world.quiet()
    assert len([each for each in Letters.received if "a@example.com" in each]) == (3 if has_mail else 0)
    server.close()
    await server.wait_closed()
