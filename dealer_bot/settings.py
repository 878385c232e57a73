"""Everything the dealership can set: config.py, then .env, then the environment, validated together."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dealer_bot.domain.stages import Stage
from dealer_bot.setting_basics import Wrong
from dealer_bot.setting_rules import RULES, disagreements
from dealer_bot.setting_sources import Problem, Sources, gather

PROJECT_DIR = Path(__file__).resolve().parent.parent
ATTENTION_WORDS = "database/attention_words.py"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(Exception):
    """The settings can't be used; `problems` names every wrong one and what it should be."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One valid set of settings. Paths are absolute; `_s` are seconds; `bot_token` is None until it is given."""

    bot_token: str | None = field(repr=False)
    branch_photo: Path
    stages: tuple[Stage, ...]
    service_stage: str
    client_folder: str
    closed_mark: str
    organization_name: str
    privacy_url: str
    branch_tesseract: str
    admin_ids: tuple[int, ...]
    database_url: str
    spool_dir: Path
    order_idle_s: float
    rescan_s: float
    telegram_api_url: str
    telegram_api_local: bool
    telegram_api_files: Path | None
    proxy_url: str | None = field(repr=False)
    send_rate: float
    chat_rate: float
    language: str
    timezone: ZoneInfo
    phone_region: str
    disk_min_gb: float
    digest_at: time | None
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_from: str
    smtp_to: tuple[str, ...]
    project_dir: Path = field(repr=False)
    unknown_names: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def database_path(self) -> Path:
        """The file behind `database_url`."""
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def attention_words(self) -> Path:
        """Beside config.py: the dealership edits both."""
        return self.project_dir / ATTENTION_WORDS

    @property
    def proxy_to_telegram(self) -> str | None:
        """A Bot API server on this machine is not behind the dealership's proxy."""
        return None if urlsplit(self.telegram_api_url).hostname in LOOPBACK else self.proxy_url


def load(
    config_path: Path | str | None = None,
    environ: Mapping[str, str] = os.environ,
    dotenv_path: Path | str | None = ".env",
) -> Settings:
    """The settings as they stand: environment over .env over config.py over defaults.

    Relative paths count from the folder of config.py, wherever the program is started.
    Raises SettingsError with all problems at once.
    """
    config = Path(config_path).resolve() if config_path else PROJECT_DIR / "config.py"
    sources = gather(config, environ, dotenv_path, must_exist=config_path is not None)
    values, problems = _read(sources, config.parent)
    if not sources.config_is_broken:
        problems += [Problem(name, text) for name, text in disagreements(values)]
    if problems := [*sources.problems, *problems]:
        raise SettingsError(tuple(problems))
    return Settings(**values, project_dir=config.parent, unknown_names=sources.unknown_names)


def _read(sources: Sources, base: Path) -> tuple[dict[str, Any], list[Problem]]:
    """What could be read, by field name, and what could not. A name already in trouble is left out."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    troubled = {problem.name for problem in sources.problems}
    for rule in RULES:
        if rule.name in troubled:
            continue
        found = sources.values.get(rule.name)
        try:
            values[rule.field] = rule.read(rule.default if found is None else found.value, base)
        except Wrong as wrong:
            problems.append(Problem(rule.name, str(wrong), found.where if found else ""))
    return values, problems
