"""What tests of chats let the bot do again and again."""


async def sends(bot, text, **more):
    return (await bot.asks("sendMessage", chat_id="1001", text=text, **more)).result["message_id"]


async def drops(bot):
    """Forget what has happened so far."""
    await bot.asks("deleteWebhook", drop_pending_updates="true")
