"""Asks Telegram whose token this is."""

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from dealer_bot.checks.finding import Finding, bad, good
from dealer_bot.settings import Settings

_NO_WAY = (aiohttp.ClientError, ProxyError, ProxyConnectionError, ProxyTimeoutError, OSError, ValueError)
_PATIENCE = aiohttp.ClientTimeout(total=15)


async def look(settings: Settings) -> Finding:
    """One getMe through the configured server and proxy. The token itself is in no finding."""
    if settings.bot_token is None:
        return bad(
            "нет BOT_TOKEN: получите токен у @BotFather и запишите его в .env (образец: .env.example)",
            "no BOT_TOKEN: get a token from @BotFather and write it into .env (see .env.example)",
        )
    server = settings.telegram_api_url
    try:
        status, answer = await _get_me(settings)
    except _NO_WAY as error:
        kind = type(error).__name__
        return bad(
            f"нет связи с {server}, {kind}: проверьте сеть, TELEGRAM_API_URL и PROXY_URL",
            f"no way to {server}, {kind}: check the network, TELEGRAM_API_URL and PROXY_URL",
        )
    if status in (401, 404):
        return bad(
            "BOT_TOKEN не подходит, Telegram его не знает: проверьте его или получите новый у @BotFather",
            "BOT_TOKEN is not known to Telegram: check it, or get a new one from @BotFather",
        )
    told = answer.get("result") if isinstance(answer, dict) else None
    name = told.get("username") if status == 200 and isinstance(told, dict) else None
    if not name:
        return bad(
            f"{server} отвечает {status} вместо имени бота: проверьте TELEGRAM_API_URL",
            f"{server} answers {status} and no name: check TELEGRAM_API_URL",
        )
    return good(f"бот @{name}, сервер {server}", f"bot @{name}, server {server}")


async def _get_me(settings: Settings) -> tuple[int, object]:
    proxy = settings.proxy_to_telegram
    connector = ProxyConnector.from_url(proxy) if proxy else None
    async with (
        aiohttp.ClientSession(connector=connector, timeout=_PATIENCE) as session,
        session.post(f"{settings.telegram_api_url}/bot{settings.bot_token}/getMe") as response,
    ):
        return response.status, await response.json(content_type=None)
