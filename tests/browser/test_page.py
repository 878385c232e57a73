"""The page in a real browser: what the server shows is seen, and what is done on it reaches the server."""

import aiohttp
import pytest

from dealer_bot.demo.browser.fate import REFUSALS
from dealer_bot.demo.samples import FOLDER as SAMPLES
from tests.browser.chromium import Page
from tests.browser.conftest import Stand
from tests.browser.finding import TEXT_OF_CHAT, button


async def test_a_person_starts_says_and_sees_the_answer(stand: Stand, page: Page) -> None:
    await page.clicks(button("Запустить"))
    await page.sees(f"{TEXT_OF_CHAT}.includes('/start')")
    await stand.says("Здравствуйте & <b>добро пожаловать</b>", entities=[{"type": "bold", "offset": 0, "length": 12}])
    await page.sees(f"{TEXT_OF_CHAT}.includes('Здравствуйте & <b>добро пожаловать</b>')")
    assert await page.runs("document.querySelector('.chat b').textContent") == "Здравствуйте"
    await page.clicks("document.querySelector('textarea')")
    await page.types("а масло поменяли?")
    await page.presses("Enter")
    await page.sees(f"{TEXT_OF_CHAT}.includes('а масло поменяли?')")
    assert [act["act"] for act in await stand.made.tg.acts()] == ["joins", "starts", "says"]


async def test_a_contact_is_asked_for_before_it_is_sent(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    key = {"text": "Подтвердить номер", "request_contact": True}
    await stand.says("Подтвердите номер", reply_markup={"keyboard": [[key]]})
    await page.clicks(button("Подтвердить номер"))
    await page.sees("document.querySelector('dialog').innerText.includes('+37888888808')")
    await page.presses("Escape")
    await page.sees("!document.querySelector('dialog')")
    assert [act["act"] for act in await stand.made.tg.acts()] == ["joins", "starts"]
    await page.clicks(button("Подтвердить номер"))
    await page.clicks("document.querySelector('dialog [type=submit]')")
    await page.sees("document.querySelector('.own .file')?.innerText.includes('+37888888808')")


async def test_an_inline_button_is_pressed_and_its_answer_is_seen(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    buttons = [[{"text": "Приёмка", "callback_data": "s1"}, {"text": "Выдача", "callback_data": "s4"}]]
    await stand.says("Выберите стадию:", reply_markup={"inline_keyboard": buttons})
    await page.clicks(button("Выдача"))
    pressed = await _next_press(stand)
    assert pressed["data"] == "s4"
    await stand.bot("answerCallbackQuery", callback_query_id=pressed["id"], text="Стадия: Выдача")
    await page.sees("document.querySelector('.toast')?.textContent === 'Стадия: Выдача'")


async def _next_press(stand: Stand) -> dict[str, str]:
    offset = 0
    while True:
        for update in await stand.bot("getUpdates", offset=offset, timeout=5):
            offset = update["update_id"] + 1
            if "callback_query" in update:
                return update["callback_query"]


async def test_the_store_is_seen_as_it_changes_and_an_order_is_closed_by_its_name(stand: Stand, page: Page) -> None:
    await page.sees("document.querySelector('.order')?.innerText.includes('7711 КХ-7')")
    stage = stand.store / "a00018001" / "Body"
    stage.mkdir()
    (stage / "шов.jpg").write_bytes((SAMPLES / "dent_in_the_door.jpg").read_bytes())
    await page.sees("document.querySelector('.thumb img')?.naturalWidth > 100")
    await page.clicks(button("Закрыть заказ-наряд: переименовать папку"))
    await page.sees("document.querySelector('.order').innerText.includes('a00018001 closed')")
    assert [path.name for path in stand.store.iterdir()] == ["a00018001 closed"]


async def test_the_network_is_cut_and_mended_from_the_page(stand: Stand, page: Page) -> None:
    address = f"{stand.made.cable.url}/bot{stand.server.token}/getMe"
    await page.clicks("document.querySelector('#tab-fate')")
    await page.clicks("document.querySelector('[data-trial=cut] button')")
    await page.sees("document.querySelector('[data-trial=cut].on')")
    with pytest.raises(aiohttp.ClientConnectionError):
        await stand.http.get(address)
    await page.clicks("document.querySelector('[data-trial=cut] button')")
    await page.sees("document.querySelector('[data-trial=cut]:not(.on)')")
    async with stand.http.get(address) as answer:
        assert answer.status == 200
    assert "Сети нет" in await page.runs("document.querySelector('.blows').innerText")


async def test_telegram_asks_to_wait_as_often_as_the_page_says(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await page.clicks("document.querySelector('#tab-fate')")
    await page.clicks("document.querySelector('[data-trial=flood] button')")
    await page.sees("document.querySelector('.blows')?.innerText.includes('429')")
    address = f"{stand.server.url}/bot{stand.server.token}/sendMessage"
    answers = []
    for number in range(REFUSALS + 1):
        async with stand.http.post(address, json={"chat_id": stand.peter.id, "text": str(number)}) as answer:
            answers.append(answer.status)
    assert answers == [429] * REFUSALS + [200]


async def test_a_blocked_bot_is_among_the_trials_until_the_client_is_back(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await page.clicks("document.querySelector('#tab-fate')")
    await page.clicks("document.querySelector('.several button')")
    await page.sees("document.querySelector('.blows')?.innerText.includes('блокирует')")
    await page.sees("document.querySelector('.wide')?.textContent === 'Разблокировать'")
    await page.clicks(button("Разблокировать"))
    await page.sees("!document.querySelector('.wide')")


async def test_a_reload_and_a_second_page_show_the_same(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await stand.says("Первое")
    second = await stand.says("Второе")
    await page.sees(f"{TEXT_OF_CHAT}.includes('Второе')")
    await page.opens(stand.show.address, 390, 800)
    await page.sees(f"{TEXT_OF_CHAT}.includes('Первое')")
    await stand.bot("deleteMessage", chat_id=stand.peter.id, message_id=second["message_id"])
    await page.sees(f"!{TEXT_OF_CHAT}.includes('Второе')")
    assert await page.runs("document.documentElement.scrollWidth") == 390


async def test_what_was_not_seen_is_counted_and_marked(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    for number in range(30):
        await stand.says(f"Строка {number}")
    await page.sees(f"{TEXT_OF_CHAT}.includes('Строка 29')")
    await page.runs("document.querySelector('.chat').scrollTop = 0")
    await page.sees("!document.querySelector('.down').classList.contains('hidden')")
    for text in ("Новое", "Ещё новое"):
        await stand.says(text)
    await page.sees("document.querySelector('.whose .badge').textContent === '2'")
    await page.sees("document.querySelector('.unread').nextSibling.innerText.includes('Новое')")
    await page.clicks("document.querySelector('.down')")
    await page.sees("document.querySelector('.whose .badge').classList.contains('hidden')")


async def test_an_invitation_is_followed_by_whoever_is_chosen(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await stand.says("Приглашение: https://t.me/sandbox_42_bot?start=abc-12")
    await page.clicks(button("https://t.me/sandbox_42_bot?start=abc-12"))
    await page.clicks(button("Открыть ссылку"))
    await page.sees(f"{TEXT_OF_CHAT}.includes('/start abc-12')")


async def test_the_page_is_used_by_keys_alone_and_in_english(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await page.clicks(button("In English"))
    await page.sees("document.querySelector('#tab-fate')?.textContent === 'Trials'")
    await page.focuses("document.querySelector('#tab-store')")
    await page.presses("ArrowRight")
    await page.presses("Enter")
    await page.sees("document.querySelector('[data-trial=cut]')?.offsetParent")
    await page.focuses("document.querySelector('textarea')")
    await page.types("/")
    await page.sees("document.querySelector('.pop')?.innerText.includes('no commands')")
    await page.presses("Escape")
    await page.sees("!document.querySelector('.pop')")


async def test_what_is_typed_while_words_are_on_their_way_is_the_next_message(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await page.focuses("document.querySelector('textarea')")
    await page.runs("""(() => {
        const real = fetch;
        window.fetch = (...asked) => new Promise((go) => { window.arrives = () => go(real(...asked)); });
    })()""")
    await page.types("Первое")
    await page.presses("Enter")
    await page.types("Второе")
    await page.runs("window.arrives()")
    await page.sees(f"{TEXT_OF_CHAT}.includes('Первое')")
    assert await page.runs("document.querySelector('textarea').value") == "Второе"


async def test_words_that_could_not_be_sent_are_in_the_field_again(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await page.focuses("document.querySelector('textarea')")
    await page.runs("void (window.fetch = async () => { throw new Error('no network'); })")
    await page.types("Когда готово?")
    await page.presses("Enter")
    await page.sees("document.querySelector('.toast')")
    await page.sees("document.querySelector('textarea').value === 'Когда готово?'")


async def test_replies_edits_reactions_and_deletions_reach_the_server(stand: Stand, page: Page) -> None:
    await stand.peter.says("Когда готово?")
    said = await stand.says("Завтра к 12")
    await page.clicks("document.querySelectorAll('.more')[1]")
    await page.clicks(button("Ответить"))
    await page.types("Спасибо")
    await page.presses("Enter")
    await page.sees("document.querySelector('.own .quote')?.innerText.includes('Завтра к 12')")
    await page.clicks("document.querySelectorAll('.more')[1]")
    await page.clicks(button("Реакция 👍"))
    await page.sees("document.querySelector('.reactions')?.innerText.includes('👍')")
    await page.clicks("document.querySelectorAll('.own .more')[0]")
    await page.clicks(button("Изменить"))
    await page.types(" Во сколько?")
    await page.presses("Enter")
    await page.sees(f"{TEXT_OF_CHAT}.includes('Когда готово? Во сколько?') && {TEXT_OF_CHAT}.includes('изменено')")
    await page.clicks("document.querySelectorAll('.own .more')[0]")
    await page.clicks(button("Удалить"))
    await page.sees(f"!{TEXT_OF_CHAT}.includes('Когда готово?')")
    await stand.bot("editMessageText", chat_id=stand.peter.id, message_id=said["message_id"], text="Завтра к 14")
    await page.sees(f"{TEXT_OF_CHAT}.includes('Завтра к 14')")


async def test_a_card_is_edited_and_an_order_is_added(stand: Stand, page: Page) -> None:
    await page.clicks("document.querySelector('.order .name')")
    await page.clicks("document.querySelector('.order .line')")
    await page.sees("document.querySelector('dialog textarea')?.value.includes('+375290000009')")
    await page.runs('document.querySelector(\'dialog textarea\').value = \'{"order": "a00018001", "phone": "нет"}\'')
    await page.clicks(button("Сохранить"))
    await page.sees("document.querySelector('.order').innerText.includes('не прочитан')")
    await page.clicks(button("Заказ-наряд"))
    await page.runs("document.querySelector('dialog [name=number]').value = 'a00018777'")
    await page.clicks(button("Добавить"))
    await page.sees("document.querySelectorAll('.order').length === 2")
    assert '"a00018777"' in (stand.store / "a00018777" / "content.txt").read_text(encoding="utf-8")


async def test_whatever_can_be_pressed_or_filled_has_a_name_for_those_who_listen(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await stand.bot("sendPhoto", chat_id=stand.peter.id, photo=await _photo(stand), caption="Скол")
    await page.sees("document.querySelector('.mosaic img')?.naturalWidth > 0")
    await page.clicks(button("Прикрепить"))
    nodes = (await page.sends("Accessibility.getFullAXTree"))["nodes"]
    asking = ("button", "textbox", "link", "tab", "combobox", "menuitem", "dialog", "image")
    seen = [node for node in nodes if not node["ignored"] and node["role"]["value"] in asking]
    assert len(seen) > 25
    assert [node for node in seen if not node.get("name", {}).get("value", "").strip()] == []


async def _photo(stand: Stand) -> str:
    await stand.peter.shoots((SAMPLES / "on_the_lift.jpg").read_bytes())
    shot = (await stand.peter.chat())[-1]
    file_id: str = shot.raw["photo"][-1]["file_id"]
    return file_id
