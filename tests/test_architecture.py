"""The diagram of the house as a test: rooms, arrows, and which package may enter which room.

    __main__ → cli → app, demo → everything
    bot, web → services → database | store | recognition → domain

Everything is read by `ast`; nothing of the program is imported.
"""

import ast
import sys

import pytest

from tests.imports import PACKAGES, ROOT, Import, Sources, cycle, imports_of, read_tree

ROLES = ("admin", "employee", "client", "care")

# A room may use itself and these. Whoever stands above may skip a floor, never climb one.
ARROWS = {
    "domain": set(),
    "database": {"domain", "kill_points"},
    "store": {"domain", "kill_points", "posix"},
    "recognition": {"domain", "posix"},
    "services": {"database", "store", "recognition", "domain", "kill_points", "posix"},
    "bot": {"services", "database", "store", "recognition", "domain", "kill_points"},
    "role": {"bot", "services", "domain"},
    "web": {"services", "domain"},
    "sandbox": set(),
    "drawing": set(),
    "settings": {"domain"},
    "logs": set(),
    "kill_points": set(),
    "posix": set(),
    "package": set(),
}
ROOTS = {
    "app": {"bot", "web", "role", "services", "database", "store", "recognition", "domain", "settings", "logs"},
    "demo": set(ARROWS) - {"role"},
    "checks": {"database", "store", "recognition", "domain", "settings"},
    "cli": {*ARROWS, "app", "demo", "checks"} - {"role", "web", "sandbox"},
    "main": {"cli"},
}
SETTINGS_MODULES = {"settings", "setting_rules", "setting_sources", "setting_basics", "setting_alarms"}

# Third-party packages and the rooms each may appear in. A package that is not listed may appear nowhere.
PACKAGES_IN = {
    "peewee": {"database"},
    "playhouse": {"database"},
    "aiogram": {"bot", "role", "app", "sandbox"},
    "aiogram_calendar": {"bot", "role"},
    "aiohttp": {"bot", "web", "sandbox", "checks", "demo"},
    "aiohttp_socks": {"bot", "checks"},
    "pydantic": {"bot", "sandbox"},
    "cv2": {"recognition"},
    "numpy": {"recognition"},
    "pyzbar": {"recognition"},
    "pytesseract": {"recognition"},
    "PIL": {"drawing", "recognition"},
    "zxingcpp": {"recognition"},
    "watchdog": {"store"},
    "phonenumbers": {"domain"},
    "babel": {"bot"},
    "fluent": {"dealer_bot.bot.texts"},
    "segno": {"bot"},
    "dotenv": {"settings"},
}
SANDBOX_SEES_OF_AIOGRAM = {"aiogram.methods", "aiogram.types"}
POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios"}
OUTER_WORLD = {
    *("asyncio", "concurrent", "ctypes", "glob", "http", "io", "locale", "logging", "mmap", "multiprocessing", "os"),
    *("pathlib", "platform", "queue", "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl"),
    *("subprocess", "sys", "tempfile", "threading", "time", "uuid"),
}
IMPURE_CALLS = {"open", "print", "input", "now", "today", "utcnow"}


@pytest.fixture(scope="module")
def tree() -> Sources:
    return read_tree()


def room_of(module: str) -> str:
    """The room of one of our modules; unknown places are rooms of their own, which no arrow reaches."""
    parts = module.split(".")
    if parts[0] == "database":
        return "database"
    if len(parts) == 1:
        return "package"
    if parts[1] == "bot" and len(parts) > 2 and parts[2] in ROLES:
        return "role"
    if parts[1] in SETTINGS_MODULES:
        return "settings"
    return "main" if parts[1] == "__main__" else parts[1]


def _ours(found: Import) -> bool:
    return found.target.split(".")[0] in PACKAGES


def wrong_arrows(sources: Sources) -> list[str]:
    allowed = ARROWS | ROOTS
    wrong = []
    for found in filter(_ours, imports_of(sources)):
        here, there = room_of(found.module), room_of(found.target)
        opens_doors = found.module == "dealer_bot.bot.dispatcher" and there == "role" and found.target.count(".") == 2
        only_the_type = there == "settings" and found.name == "Settings" and here in ("services", "bot", "web")
        if here != there and there not in allowed.get(here, set()) and not (only_the_type or opens_doors):
            wrong.append(f"{found} ({here} → {there})")
    return wrong


def roles_that_meet(sources: Sources) -> list[str]:
    def role(module: str) -> str:
        return module.split(".")[2]

    found = (item for item in imports_of(sources) if room_of(item.module) == room_of(item.target) == "role")
    return [str(item) for item in found if role(item.module) != role(item.target)]


def wrong_packages(sources: Sources) -> list[str]:
    wrong = []
    for found in imports_of(sources):
        top = found.target.split(".")[0]
        if not top or top in sys.stdlib_module_names or _ours(found):
            continue
        rooms = PACKAGES_IN.get(top, set())
        strayed = room_of(found.module) == "sandbox" and top == "aiogram" and _beyond_the_wire(found)
        if strayed or not {room_of(found.module), found.module} & rooms:
            wrong.append(str(found))
    return wrong


def sql_outside(sources: Sources) -> list[str]:
    """What another engine would say otherwise stays in the room that speaks to engines."""
    found = (item for item in imports_of(sources) if room_of(item.module) != "database")
    return [str(item) for item in found if "database.sql" in (item.target, f"{item.target}.{item.name}")]


def _beyond_the_wire(found: Import) -> bool:
    names = {found.target, f"{found.target}.{found.name}"}
    return not any(name == seen or name.startswith(f"{seen}.") for name in names for seen in SANDBOX_SEES_OF_AIOGRAM)


def impurities(sources: Sources) -> list[str]:
    domain = {module: code for module, code in sources.items() if room_of(module) == "domain"}
    wrong = [str(found) for found in imports_of(domain) if found.target.split(".")[0] in OUTER_WORLD]
    for module, code in domain.items():
        for node in ast.walk(code):
            if isinstance(node, ast.Call) and _called(node) in IMPURE_CALLS:
                wrong.append(f"{module}:{node.lineno} calls {_called(node)}")
    return wrong


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_arrows_go_down_only(tree: Sources) -> None:
    assert wrong_arrows(tree) == []


def test_a_role_never_imports_another_role(tree: Sources) -> None:
    assert roles_that_meet(tree) == []


def test_every_package_stays_in_its_rooms(tree: Sources) -> None:
    assert wrong_packages(tree) == []


def test_sql_is_written_in_the_database_room_alone(tree: Sources) -> None:
    assert sql_outside(tree) == []


def test_the_domain_knows_neither_clock_nor_world(tree: Sources) -> None:
    assert impurities(tree) == []


def test_modules_make_no_rings(tree: Sources) -> None:
    assert cycle(tree) == []


def test_imports_are_absolute(tree: Sources) -> None:
    assert [str(found) for found in imports_of(tree) if found.target.startswith(".")] == []


def test_posix_alone_is_kept_in_one_module(tree: Sources) -> None:
    users = {found.module for found in imports_of(tree) if found.target in POSIX_ONLY}
    assert users <= {"dealer_bot.posix"}


@pytest.mark.parametrize("module", ["config", "database.attention_words"])
def test_what_the_dealership_edits_holds_values_alone(module: str) -> None:
    code = ast.parse((ROOT / (module.replace(".", "/") + ".py")).read_bytes())
    kinds = {type(node) for node in code.body if not isinstance(node, ast.Expr)}
    assert kinds == {ast.Assign}


@pytest.mark.parametrize(
    ("rule", "module", "line"),
    [
        (wrong_arrows, "dealer_bot.domain.x", "import database.people"),
        (wrong_arrows, "dealer_bot.store.x", "from database import people"),
        (wrong_arrows, "database.x", "from dealer_bot.services import y"),
        (wrong_arrows, "dealer_bot.services.x", "from dealer_bot.bot.y import Z"),
        (wrong_arrows, "dealer_bot.bot.client.x", "from database import people"),
        (wrong_arrows, "dealer_bot.sandbox.x", "from dealer_bot.domain.y import Z"),
        (wrong_arrows, "dealer_bot.bot.x", "from dealer_bot.sandbox import Sandbox"),
        (wrong_arrows, "dealer_bot.bot.x", "import dealer_bot.bot.admin"),
        (wrong_arrows, "dealer_bot.demo", "from dealer_bot.app import run"),
        (wrong_arrows, "dealer_bot.services.x", "from dealer_bot.settings import load"),
        (wrong_arrows, "dealer_bot.domain.x", "from dealer_bot.settings import Settings"),
        (wrong_arrows, "dealer_bot.services.x", "from dealer_bot.logs import Redactor"),
        (wrong_arrows, "dealer_bot.services.x", "def late():\n    import dealer_bot.app"),
        (roles_that_meet, "dealer_bot.bot.client.x", "from dealer_bot.bot.admin.y import z"),
        (wrong_packages, "dealer_bot.services.x", "import aiogram"),
        (wrong_packages, "dealer_bot.services.x", "from peewee import Model"),
        (wrong_packages, "dealer_bot.sandbox.x", "from aiogram import Bot"),
        (wrong_packages, "dealer_bot.bot.x", "import cv2"),
        (wrong_packages, "dealer_bot.bot.x", "from fluent.runtime import FluentBundle"),
        (wrong_packages, "dealer_bot.bot.x", "import requests"),
        (sql_outside, "dealer_bot.services.x", "from database import orders, sql"),
        (impurities, "dealer_bot.domain.x", "from pathlib import Path"),
        (impurities, "dealer_bot.domain.x", "from datetime import datetime\nat = datetime.now()"),
        (impurities, "dealer_bot.domain.x", "text = open('x').read()"),
        (cycle, "dealer_bot.domain.x", "from dealer_bot.domain import ring\nimport dealer_bot.domain.ring"),
    ],
)
def test_each_rule_can_be_broken(rule: object, module: str, line: str) -> None:
    ring = ast.parse("import dealer_bot.domain.x")
    assert callable(rule)
    assert rule({module: ast.parse(line), "dealer_bot.domain.ring": ring, "dealer_bot.bot.admin.y": ast.parse("")})


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("dealer_bot.services.x", "from dealer_bot.settings import Settings"),
        ("dealer_bot.bot.dispatcher", "import dealer_bot.bot.admin"),
        ("dealer_bot.cli.x", "from dealer_bot import app"),
        ("dealer_bot.bot.employee.x", "from dealer_bot.services.y import Z"),
        ("dealer_bot.sandbox.x", "from aiogram.methods import SendMessage"),
        ("dealer_bot.app", "from aiogram import Bot"),
    ],
)
def test_what_is_allowed_passes(module: str, line: str) -> None:
    sources = {module: ast.parse(line)}
    assert wrong_arrows(sources) == wrong_packages(sources) == cycle(sources) == []
