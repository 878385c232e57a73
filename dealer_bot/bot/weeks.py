"""The picture of the last weeks, drawn by a process of its own while the message waits to be sent."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import BufferedInputFile

from dealer_bot.bot.texts import Texts
from dealer_bot.domain.parcels import Parcel

WEEKS = "weeks"
PATIENCE_S = 20.0
ROOT = Path(__file__).resolve().parents[2]


async def weeks_call(parcel: Parcel, t: Texts) -> SendPhoto | SendMessage:
    """Where it can't be drawn, the figures go without a picture."""
    days = parcel.args["days"]
    chat_id = int(parcel.address.partition(":")[2])
    most = max([0, *(max(staff, clients) for _, staff, clients in days)])
    caption = t("weeks-caption", most=most)
    picture = await _drawn(json.dumps(days).encode())
    if picture is None:
        return SendMessage(chat_id=chat_id, text=caption)
    file = BufferedInputFile(picture, filename="weeks.png")
    return SendPhoto(chat_id=chat_id, photo=file, caption=caption)


async def _drawn(days: bytes) -> bytes | None:
    drawing = (sys.executable, "-m", "dealer_bot.drawing")
    process = await asyncio.create_subprocess_exec(*drawing, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=ROOT)
    try:
        async with asyncio.timeout(PATIENCE_S):
            picture, _ = await process.communicate(days)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    return picture if process.returncode == 0 else None
