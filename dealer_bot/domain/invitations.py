"""Links that lead a client to the bot for one order. A link tells where he comes from; it opens nothing."""

import base64
import hashlib
import hmac
import re

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def order_token(secret: str, order_id: int) -> str:
    """The same for one order each time, so that a printed code stays good; nobody can guess another order's.

    22 letters of those that Telegram allows in a link's `start` parameter (A-Z, a-z, 0-9, _ and -; 64 at most).
    """
    return _token(secret, f"order:{order_id}")


def staff_token(secret: str, cause: int) -> str:
    """Of one invitation to work here, which an administrator has made by this update."""
    return _token(secret, f"staff:{cause}")


def _token(secret: str, what: str) -> str:
    digest = hmac.new(secret.encode(), what.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(text: str | None) -> bool:
    return text is not None and _TOKEN.fullmatch(text) is not None


def link(bot_name: str, token: str) -> str:
    return f"https://t.me/{bot_name}?start={token}"
