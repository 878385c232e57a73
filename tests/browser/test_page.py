"""The page in a real browser: what the server shows is seen, and what is done on it reaches the server."""

import hashlib
import json

from dealer_bot.demo.samples import FOLDER as SAMPLES
from tests.browser.chromium import Page
from tests.browser.conftest import Stand

FORGED = '<img src=x onerror="window.stolen=1">.txt'
TEXT_OF_CHAT = "document.querySelector('.chat').innerText"


def button(label: str) -> str:
    """The element with exactly this label."""
    return (
        "[...document.querySelectorAll('button, a')].find(b => "
        f"(b.getAttribute('aria-label') ?? b.textContent).trim() === {json.dumps(label)})"
    )


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


async def test_samples_go_as_an_album_and_come_as_a_mosaic(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await page.clicks(button("Прикрепить"))
    chosen = ("on_the_lift.jpg", "dent_in_the_door.jpg", "around_the_lift.mp4")
    for name in chosen:
        await page.clicks(button(name))
    await page.clicks(button("Взять выбранное (3)"))
    await page.types("Скол на крыле")
    await page.presses("Enter")
    await page.sees("document.querySelectorAll('.own .mosaic button').length === 3")
    sent = [message for message in await stand.peter.chat() if message.album]
    assert [message.sha256 for message in sent] == [_sha256(name) for name in chosen]
    assert (len({message.album for message in sent}), sent[0].text) == (1, "Скол на крыле")
    await page.sees("[...document.querySelectorAll('.own .mosaic img')].every(i => i.complete && i.naturalWidth > 100)")
    await page.clicks("document.querySelector('.own .mosaic button')")
    await page.sees("document.querySelector('dialog.viewer img')?.naturalWidth > 100")


def _sha256(name: str) -> str:
    return hashlib.sha256((SAMPLES / name).read_bytes()).hexdigest()


async def test_a_forged_file_name_is_only_a_name(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    await stand.peter.sends_file(FORGED, b"<script>window.stolen = 1</script>", "text/html")
    await stand.says("Файл <script>window.stolen=1</script>")
    await page.sees(f"document.querySelector('.file b')?.textContent === {json.dumps(FORGED)}")
    address = await page.runs("document.querySelector('a.file').href")
    async with stand.http.get(address) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
    assert await page.runs("window.stolen") is None


async def test_the_store_is_seen_as_it_changes_and_an_order_is_closed_by_its_name(stand: Stand, page: Page) -> None:
    await page.sees("document.querySelector('.order')?.innerText.includes('7711 КХ-7')")
    stage = stand.store / "a00018001" / "Body"
    stage.mkdir()
    (stage / "шов.jpg").write_bytes((SAMPLES / "dent_in_the_door.jpg").read_bytes())
    await page.sees("document.querySelector('.thumb img')?.naturalWidth > 100")
    await page.clicks(button("Закрыть заказ-наряд: переименовать папку"))
    await page.sees("document.querySelector('.order').innerText.includes('a00018001 closed')")
    assert [path.name for path in stand.store.iterdir()] == ["a00018001 closed"]


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
