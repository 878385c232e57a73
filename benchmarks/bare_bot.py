"""What ours is measured against: aiogram as its own examples use it. Saves a photo, sends it on, remembers nothing."""

import asyncio
import json
import os
from pathlib import Path

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def pass_on(message: Message, bot: Bot, clients: dict[str, int], folder: Path) -> None:
    assert message.photo and message.from_user
    photo = message.photo[-1]
    await bot.download(photo, folder / f"{photo.file_unique_id}.jpg")
    await bot.send_photo(clients[str(message.from_user.id)], photo.file_id, caption=message.caption)


def main() -> None:
    """BOT_TOKEN, TELEGRAM_API_URL; CLIENTS: whose photos go to whom, as JSON; FOLDER: where they are saved."""
    api = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=api))
    dispatcher = Dispatcher(clients=json.loads(os.environ["CLIENTS"]), folder=Path(os.environ["FOLDER"]))
    dispatcher.message.register(pass_on, F.photo)
    asyncio.run(dispatcher.start_polling(bot))
