"""Pictures, films, voices and files on the page: sent as they are, seen and played as they came."""

import hashlib
import io
import json
import wave

from dealer_bot.demo.samples import FOLDER as SAMPLES
from tests.browser.chromium import Page
from tests.browser.conftest import Stand
from tests.browser.finding import button

FORGED = '<img src=x onerror="window.stolen=1">.txt'


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


async def test_a_film_and_a_voice_can_be_played(stand: Stand, page: Page) -> None:
    await stand.peter.films((SAMPLES / "around_the_lift.mp4").read_bytes())
    await stand.peter.speaks(silence(), duration=1)
    await page.clicks("document.querySelector('.mosaic .film')")
    await page.sees("document.querySelector('dialog video')?.currentTime > 0.2")
    await page.presses("Escape")
    await page.clicks(button("Слушать"))
    await page.sees("document.querySelector('.voice progress').value > 0")


def silence() -> bytes:
    """A second of it as a WAV: players look at the bytes, not at the name."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16_000))
    return file.getvalue()


async def test_a_voice_is_recorded_and_a_sticker_is_drawn(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    for entry, then in (("Голосовое: записать", "Остановить запись"), ("Стикер", None)):
        await page.clicks(button("Прикрепить"))
        await page.clicks(button(entry))
        if then:
            await page.clicks(button(then))
        await page.clicks("document.querySelector('.send:not(:disabled)')")
        await page.sees("!document.querySelector('.waiting figure')")
    await page.sees(
        "document.querySelector('.own .voice') && document.querySelector('.sticker img').naturalWidth === 512"
    )
    assert [message.kind for message in await stand.peter.chat()] == ["text", "voice", "sticker"]


async def test_a_picture_of_the_store_is_dropped_on_a_phone(stand: Stand, page: Page) -> None:
    await stand.peter.starts()
    picture = (SAMPLES / "work_order_a00017732.jpg").read_bytes()
    (stand.store / "a00018001" / "распечатка.jpg").write_bytes(picture)
    await page.clicks("document.querySelector('.order .name')")
    await page.sees("document.querySelector('.inside-order .thumb img')?.naturalWidth > 100")
    await page.runs("""(() => {
        const dragged = new DataTransfer();
        dragged.setData("text/uri-list", document.querySelector(".thumb img").src);
        for (const kind of ["dragover", "drop"]) {
            const happening = new DragEvent(kind, {dataTransfer: dragged, bubbles: true, cancelable: true});
            document.querySelector(".screen").dispatchEvent(happening);
        }
    })()""")
    await page.sees("document.querySelector('.waiting img')?.naturalWidth > 100")
    await page.clicks("document.querySelector('.send:not(:disabled)')")
    await page.sees("document.querySelector('.own .mosaic img')?.naturalWidth > 100")
    assert (await stand.peter.chat())[-1].sha256 == hashlib.sha256(picture).hexdigest()
