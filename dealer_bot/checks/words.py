"""Settings that are valid, and probably not what was meant."""

from collections.abc import Iterator
from difflib import get_close_matches

from database.condition import has_admin
from dealer_bot.checks.finding import Finding, worth
from dealer_bot.setting_rules import NAMES
from dealer_bot.settings import Settings

_ALIKE, _CLOSELY_ALIKE = 0.7, 0.85


def look(settings: Settings) -> Iterator[Finding]:
    if not (settings.project_dir / "config.py").is_file():
        yield worth("config.py не найден: действуют значения по умолчанию", "there is no config.py: defaults hold")
    for name, file in settings.unknown_names:
        near = get_close_matches(name.upper(), NAMES, 1, _ALIKE if file == "config.py" else _CLOSELY_ALIKE)
        if not near and file != "config.py":
            continue  # .env is shared with other programs
        russian, english = (f"; может быть, {near[0]}?", f"; perhaps {near[0]}?") if near else ("", "")
        yield worth(f"{file}: настройки {name} нет{russian}", f"{file}: there is no setting {name}{english}")
    if not settings.organization_name:
        yield worth(
            "ORGANIZATION_NAME пусто: клиент не увидит, кто ему пишет",
            "ORGANIZATION_NAME is empty: a client won't see who writes",
        )
    if not settings.privacy_url:
        yield worth(
            "PRIVACY_URL пусто: клиент не увидит, как отозвать согласие",
            "PRIVACY_URL is empty: a client won't see how to withdraw his consent",
        )
    if not settings.admin_ids and not has_admin(settings.database_path):
        yield worth(
            "администратора ещё нет: впишите его в ADMIN_IDS или python -m dealer_bot users add --role admin …",
            "there is no admin yet: write one into ADMIN_IDS, or python -m dealer_bot users add --role admin …",
        )
