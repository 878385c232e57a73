"""Settings as somebody has written them."""

from pathlib import Path

import pytest

from dealer_bot.settings import Settings, SettingsError, load


def written(folder: Path, config: str | bytes = "", dotenv: str = "", **environ: str) -> Settings:
    (folder / "config.py").write_bytes(config.encode() if isinstance(config, str) else config)
    (folder / ".env").write_text(dotenv, encoding="utf-8")
    return load(folder / "config.py", environ)


def problems_of(folder: Path, config: str | bytes = "", dotenv: str = "", **environ: str) -> dict[str, str]:
    with pytest.raises(SettingsError) as refused:
        written(folder, config, dotenv, **environ)
    return {problem.name: str(problem) for problem in refused.value.problems}
