"""What each setting must be. A rule reads what is written and answers with the value, or says what it should be."""

import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dealer_bot.domain.phones import is_region
from dealer_bot.domain.stages import Stage
from dealer_bot.setting_alarms import ALARM_RULES
from dealer_bot.setting_basics import Rule, Wrong, number_of, text_of

PUBLIC_API = "https://api.telegram.org"
LATER_NAMES = frozenset({"REDIS_URL", "WEBHOOK_URL", "WEBHOOK_SECRET", "HTTP_HOST", "HTTP_PORT", "LOG_FORMAT"})

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_NAME_LENGTH = 64
_LABEL_LENGTH = 48
_TELEGRAM_ID_LIMIT = 2**52
_YES = {"true", "yes", "on", "1", "да"}
_NO = {"false", "no", "off", "0", "нет", ""}


def folded(name: str) -> str:
    """How Windows and people compare names: without case, one form of each letter."""
    return unicodedata.normalize("NFC", name).casefold()


def _token(raw: object, base: Path) -> str | None:
    text = text_of(raw, base)
    if text and not _TOKEN.fullmatch(text):
        raise Wrong("нужен токен от @BotFather вида 123456789:AAE…")
    return text or None


def _path(raw: object, base: Path) -> Path:
    text = text_of(raw, base)
    if not text:
        raise Wrong("нужен путь к папке")
    return Path(os.path.abspath(base / Path(text).expanduser()))  # noqa: PTH100 - `..` goes, links stay unfollowed


def _path_or_none(raw: object, base: Path) -> Path | None:
    return _path(raw, base) if text_of(raw, base) else None


def _folder_name(raw: object, base: Path) -> str:
    name = text_of(raw, base)
    spoiled = set('<>:"/\\|?*') & set(name) or name.startswith(".") or name.endswith(".") or _RESERVED.fullmatch(name)
    if not name or name != raw or spoiled or len(name) > _NAME_LENGTH:
        raise Wrong(f'нужно имя одной папки, до {_NAME_LENGTH} знаков, без / \\ : * ? " < > | и без точки по краям')
    return name


def _stages(raw: object, base: Path) -> tuple[Stage, ...]:
    entries = _json_entries(raw) if isinstance(raw, str) else raw
    if not isinstance(entries, dict) or not entries:
        raise Wrong('нужен список {"имя подпапки": "надпись", …}, хотя бы из одной стадии')
    stages = tuple(Stage(_stage_folder(folder, base), _label(label, base)) for folder, label in entries.items())
    for what in ("folder", "label"):
        names = [folded(getattr(stage, what)) for stage in stages]
        repeated = next((name for name in names if names.count(name) > 1), None)
        if repeated is not None:
            raise Wrong(f"«{repeated}» встречается дважды: имена и надписи должны различаться не только регистром")
    return stages


def _json_entries(raw: str) -> object:
    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in found]
        if len(set(names)) < len(names):
            raise Wrong("одна и та же подпапка записана дважды")
        return dict(found)

    try:
        return json.loads(raw, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        raise Wrong('нужен JSON вида {"Acceptance": "Приёмка", …}') from None


def _stage_folder(raw: object, base: Path) -> str:
    try:
        return _folder_name(raw, base)
    except Wrong as wrong:
        raise Wrong(f"подпапка «{raw}»: {wrong}") from None


def _label(raw: object, base: Path) -> str:
    label = text_of(raw, base)
    if not label or len(label) > _LABEL_LENGTH:
        raise Wrong(f"у каждой подпапки нужна надпись до {_LABEL_LENGTH} знаков")
    return label


def _closed_mark(raw: object, base: Path) -> str:
    mark = _folder_name(raw, base)
    if len(mark) < 3 or not any(letter.isalpha() for letter in mark):
        raise Wrong("нужно слово хотя бы из трёх знаков, например closed")
    return mark


def _web_page(raw: object, base: Path) -> str:
    return _url(text_of(raw, base), {"http", "https"}, "нужен адрес страницы, начиная с https://")


def _api_url(raw: object, base: Path) -> str:
    text = text_of(raw, base) or PUBLIC_API
    return _url(text, {"http", "https"}, "нужен адрес сервера Bot API вида http://127.0.0.1:8081").rstrip("/")


def _proxy(raw: object, base: Path) -> str | None:
    should = "нужен адрес вида socks5://имя:пароль@сервер:порт (можно http, socks4, socks5)"
    return _url(text_of(raw, base), {"http", "socks4", "socks5"}, should, with_port=True) or None


def _url(text: str, schemes: set[str], should: str, *, with_port: bool = False) -> str:
    if not text:
        return text
    try:
        parts = urlsplit(text)
        fits = parts.scheme in schemes and bool(parts.hostname) and (parts.port or not with_port)
    except ValueError:
        fits = False
    if not fits or " " in text:
        raise Wrong(should)
    return text


def _database(raw: object, base: Path) -> str:
    text = text_of(raw, base)
    if text.startswith(("postgresql:", "postgres:")):
        raise Wrong("PostgreSQL появится позже, пока нужно sqlite:///путь к файлу")
    path = text.removeprefix("sqlite:///")
    if path == text or not path or path.startswith(":") or path.endswith("/"):
        raise Wrong("нужно sqlite:///путь к файлу")
    return f"sqlite:///{_path(path, base).as_posix()}"


def _seconds(raw: object, _: Path) -> float:
    number = number_of(raw)
    if number is None or number <= 0:
        raise Wrong("нужно число секунд больше нуля")
    return number


def _rate(raw: object, _: Path) -> float:
    number = number_of(raw)
    if number is None or number < 0:
        raise Wrong("нужно число сообщений в секунду; 0: без ограничения")
    return number


def _yes_or_no(raw: object, _: Path) -> bool:
    word = str(raw).strip().casefold()
    if word not in _YES | _NO:
        raise Wrong("нужно True или False")
    return word in _YES


def _ids(raw: object, _: Path) -> tuple[int, ...]:
    parts = raw if isinstance(raw, list | tuple | set) else str(raw).replace(";", ",").split(",")
    words = [str(part).strip() for part in parts]
    if not all(map(_is_telegram_id, filter(None, words))):
        raise Wrong("нужны номера Telegram через запятую, только цифры")
    return tuple(dict.fromkeys(int(word) for word in words if word))


def _is_telegram_id(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 16 and 0 < int(word) < _TELEGRAM_ID_LIMIT


def _language(raw: object, base: Path) -> str:
    language = text_of(raw, base).lower()
    if language not in ("ru", "en"):
        raise Wrong("нужно ru или en")
    return language


def _timezone(raw: object, base: Path) -> ZoneInfo:
    try:
        return ZoneInfo(text_of(raw, base))
    except (ValueError, OSError, LookupError):
        raise Wrong("нужен часовой пояс вида Europe/Minsk") from None


def _region(raw: object, base: Path) -> str:
    region = text_of(raw, base).upper()
    if not is_region(region):
        raise Wrong("нужны две латинские буквы страны, например BY")
    return region


_DEFAULT_STAGES = {
    "Acceptance": "Приёмка",
    "Damage": "Повреждения",
    "Body": "Кузовной ремонт",
    "Issue": "Выдача",
    "Service": "Для сервисных нужд",
}

RULES = (
    Rule("BOT_TOKEN", "bot_token", "", _token),
    Rule("BRANCH_PHOTO", "branch_photo", "storage_sample", _path),
    Rule("TYPE_ORDER", "stages", _DEFAULT_STAGES, _stages),
    Rule("SERVICE_STAGE", "service_stage", "Service", _folder_name),
    Rule("CLIENT_FOLDER", "client_folder", "Client", _folder_name),
    Rule("CLOSED_MARK", "closed_mark", "closed", _closed_mark),
    Rule("ORGANIZATION_NAME", "organization_name", "", text_of),
    Rule("PRIVACY_URL", "privacy_url", "", _web_page),
    Rule("BRANCH_TESSERACT", "branch_tesseract", "", text_of),
    Rule("ADMIN_IDS", "admin_ids", "", _ids),
    Rule("DATABASE_URL", "database_url", "sqlite:///database/dealer_bot.sqlite3", _database),
    Rule("SPOOL_DIR", "spool_dir", "database/spool", _path),
    Rule("ORDER_IDLE", "order_idle_s", 7200, _seconds),
    Rule("RESCAN_S", "rescan_s", 30, _seconds),
    Rule("TELEGRAM_API_URL", "telegram_api_url", "", _api_url),
    Rule("TELEGRAM_API_LOCAL", "telegram_api_local", False, _yes_or_no),
    Rule("TELEGRAM_API_FILES", "telegram_api_files", "", _path_or_none),
    Rule("PROXY_URL", "proxy_url", "", _proxy),
    Rule("SEND_RATE", "send_rate", 30, _rate),
    Rule("CHAT_RATE", "chat_rate", 1, _rate),
    Rule("LANGUAGE", "language", "ru", _language),
    Rule("TIMEZONE", "timezone", "Europe/Minsk", _timezone),
    Rule("PHONE_REGION", "phone_region", "BY", _region),
    *ALARM_RULES,
)
NAMES = frozenset(rule.name for rule in RULES)


def disagreements(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Settings that are right each by itself and wrong together: (name, what it should be).

    `values` holds by field name those that could be read; what is missing is compared with nothing.
    """
    folders = [stage.folder for stage in values.get("stages", ())]
    if folders and values.get("service_stage", folders[0]) not in folders:
        yield "SERVICE_STAGE", f"должна быть одной из стадий TYPE_ORDER: {', '.join(folders)}"
    if folded(values.get("client_folder", "")) in map(folded, folders):
        yield "CLIENT_FOLDER", "должна отличаться от всех стадий TYPE_ORDER"
    if values.get("telegram_api_local") and values.get("telegram_api_url") == PUBLIC_API:
        yield "TELEGRAM_API_LOCAL", "возможно только со своим сервером в TELEGRAM_API_URL"
    if values.get("telegram_api_files") and not values.get("telegram_api_local", True):
        yield "TELEGRAM_API_FILES", "имеет смысл только вместе с TELEGRAM_API_LOCAL = True"
    if values.get("smtp_host") and not (values.get("smtp_to", "x") and values.get("smtp_from", "x")):
        yield "SMTP_HOST", "имеет смысл только вместе с SMTP_FROM и SMTP_TO"
    if "branch_photo" in values:
        yield from _inside_the_store(values, values["branch_photo"])


def _inside_the_store(values: Mapping[str, Any], store: Path) -> Iterator[tuple[str, str]]:
    database = values.get("database_url", "").removeprefix("sqlite:///")
    for name, path in (("DATABASE_URL", database), ("SPOOL_DIR", values.get("spool_dir"))):
        if path and Path(path).is_relative_to(store):
            yield name, "должно лежать вне хранилища BRANCH_PHOTO, на диске этого компьютера"
