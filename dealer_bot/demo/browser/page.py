"""The page itself: files as they lie beside this one, and the samples that people may send."""

from pathlib import Path
from typing import Any

from aiohttp import web

from dealer_bot.demo.house import FOLDERS, LABELS, organization
from dealer_bot.demo.samples import FOLDER as SAMPLES
from dealer_bot.demo.samples import Samples
from dealer_bot.demo.words import Tongue

FOLDER = Path(__file__).resolve().parent / "page"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
}


def about(say: Tongue) -> dict[str, Any]:
    """What a page must know before anything else."""
    stages = dict(zip(FOLDERS, LABELS[say.language], strict=True))
    bot = organization(say)
    return {"language": say.language, "samples": Samples().names(), "stages": stages, "bot": bot}


def routes() -> list[web.RouteDef]:
    files = {f"/page/{path.relative_to(FOLDER).as_posix()}": path for path in FOLDER.rglob("*") if path.is_file()}
    files |= {f"/samples/{name}": SAMPLES / name for name in Samples().names()}
    files["/"] = FOLDER / "index.html"
    return [web.get(address, _gives(path)) for address, path in files.items()]


def _gives(path: Path) -> Any:
    async def give(_: web.Request) -> web.Response:
        text = path.suffix in (".html", ".css", ".js", ".svg")
        kind = TYPES[path.suffix]
        return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8" if text else None)

    return give
