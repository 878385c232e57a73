"""What an employee reads under what he shot, and whose name the client reads under it."""

from database import sql
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from tests.bot.world import World

QUIET_MS = 10_000


def _pass_quietly() -> None:
    """As if nothing had been written in the burst for ten seconds."""
    sql.run(
        "UPDATE screens SET renew_at = renew_at - ?, dirty_at = dirty_at - ?, shown_at = shown_at - ?", (QUIET_MS,) * 3
    )


async def _lines(person: PersonClient) -> list[int]:
    return [each.id for each in await person.chat() if each.from_bot and "сохранено" in each.text]


async def test_the_line_is_edited_and_comes_once_more_as_the_last_one_when_the_burst_is_over(world: World) -> None:
    anna, _ = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.shoots(b"1")
    first = await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await anna.shoots(b"2")
    assert (await anna.sees("сохранено 2 из 2, клиенту доставлено 2.")).id == first.id
    await world.quiet()
    await world.app.database.write(_pass_quietly)
    last = await anna.sees("сохранено 2 из 2, клиенту доставлено 2.", after=first.id)
    await world.quiet()
    assert await _lines(anna) == [first.id, last.id] and last.labels == ["↩️ Отозвать", "Не туда"]
    await world.app.database.write(_pass_quietly)
    await world.quiet(for_s=1.5)
    assert await _lines(anna) == [first.id, last.id]


async def test_a_client_who_was_switched_off_is_told_of_and_gets_nothing(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.change(peter, active=False)
    await anna.shoots(b"not for him now", caption="кадр")
    await anna.sees("Клиент отключён администратором: ему ничего не отправлено")
    asked = await anna.taps("Стадия")
    assert "отключён администратором" in (await anna.sees("Выберите стадию", after=asked.id)).text
    await anna.presses("Выдача")
    await anna.sees("ему ничего не уйдёт", after=asked.id)
    await world.quiet()
    assert not [each for each in await peter.chat() if "кадр" in each.text]


async def test_the_client_reads_the_name_that_the_dealership_has_written_down(world: World) -> None:
    await world.expects("Анна", "+375291112233", Role.EMPLOYEE)
    anna, peter = await world.tg.person("kotik_1999", phone="+375291112233"), await world.client()
    await anna.starts()
    await anna.shares_contact()
    await anna.sees("подтверждён")
    await world.enters(anna)
    await anna.shoots(b"signed", caption="скол")
    await anna.says("Готово завтра")
    assert (await peter.sees("скол")).text.endswith("\nАнна")
    assert (await peter.sees("Готово завтра")).text.startswith("Анна, «Автоцентр Север»")
    assert not [each for each in await peter.chat() if "kotik" in each.text]
    await world.until(lambda: bool(world.kept()))
    assert "_Анна_" in world.kept()[0].name


async def test_voices_rounds_and_files_of_the_service_stage_stay_with_their_captions(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Для сервисных нужд")
    await anna.speaks(b"voice", caption="тайна")
    await anna.sends_video_note(b"round")
    await anna.sends_file("счёт.pdf", b"bill", caption="тайна")
    await anna.sees("сохранено 3 из 3")
    await anna.says("Ждём вас")
    await peter.sees("Ждём вас")
    hidden = await anna.sees("Снимки и файлы клиенту не отправляются")
    assert "Сообщений доставлено: 1" in hidden.text
    assert sorted(each.read_bytes() for each in world.kept("Service")) == [b"bill", b"round", b"voice"]
    sent = [each for each in await peter.chat() if each.from_bot]
    assert not [each for each in sent if each.kind != "text" or "тайна" in each.text]
