"""Where settings are written: config.py as literals (never executed), .env, the environment."""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv.parser import parse_stream

from dealer_bot.setting_rules import LATER_NAMES, NAMES

_EXPECTED = NAMES | LATER_NAMES
# Desktop Linux keeps its own list of languages under the same name: "ru_RU:ru", "en_US.UTF-8".
_SYSTEM_LANGUAGE = re.compile(r"^\w+([_.@:]).*$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong setting: its name (or the file), what it should be, where it is written."""

    name: str
    should: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.should}" + (f" ({self.where})" if self.where else "")


@dataclass(frozen=True, slots=True)
class Found:
    """A value as it is written, and where."""

    value: object
    where: str


@dataclass(frozen=True, slots=True)
class Sources:
    """`unknown_names`: what is set and is no setting, with the file where it is."""

    values: dict[str, Found]
    problems: tuple[Problem, ...]
    unknown_names: tuple[tuple[str, str], ...]
    config_is_broken: bool


class _Unreadable(Exception):
    def __init__(self, line: int, should: str) -> None:
        super().__init__(should)
        self.line, self.should = line, should


def gather(config: Path, environ: Mapping[str, str], dotenv: Path | str | None, *, must_exist: bool) -> Sources:
    """All values with their places; what can't be read becomes a problem, never an exception."""
    problems: list[Problem] = []
    values: dict[str, Found] = {}
    if config.is_file() or must_exist:
        values |= _from_config(config, problems)
    if "BOT_TOKEN" in values:
        found = values.pop("BOT_TOKEN")
        problems.append(Problem("BOT_TOKEN", "токену место в .env или в окружении, не в config.py", found.where))
    if dotenv is not None:
        values |= _from_dotenv(config.parent / dotenv, problems)
    unknown = tuple((name, values.pop(name).where.partition(",")[0]) for name in [*values] if name not in _EXPECTED)
    values |= {name: Found(environ[name], "окружение") for name in NAMES if _is_set(name, environ.get(name))}
    return Sources(values, tuple(problems), unknown, any(problem.name == config.name for problem in problems))


def _is_set(name: str, value: str | None) -> bool:
    if not value or not value.strip():
        return False
    return not (name == "LANGUAGE" and _SYSTEM_LANGUAGE.match(value))


def _from_dotenv(path: Path, problems: list[Problem]) -> dict[str, Found]:
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig") as stream:
            lines = list(parse_stream(stream))
    except UnicodeDecodeError:
        problems.append(Problem(".env", "не читается: сохраните его как текст в UTF-8"))
        return {}
    except OSError as error:
        problems.append(Problem(".env", f"не читается: {error.strerror}"))
        return {}
    for line in lines:
        if line.error:  # never with its text: it may be a token
            problems.append(Problem(".env", "нужно ИМЯ=значение", f"строка {line.original.line}"))
    return {line.key: Found(line.value, ".env") for line in lines if line.key and line.value and line.value.strip()}


def _from_config(path: Path, problems: list[Problem]) -> dict[str, Found]:
    try:
        tree = _parsed(path.read_bytes())
    except OSError as error:
        problems.append(Problem(path.name, f"не читается: {error.strerror}"))
        return {}
    except _Unreadable as error:
        problems.append(Problem(path.name, error.should, f"строка {error.line}"))
        return {}
    values: dict[str, Found] = {}
    for name, node in _assignments(tree):
        where = f"{path.name}, строка {node.lineno}"
        try:
            values[name] = Found(_literal(node), where)
        except _Unreadable as error:
            problems.append(Problem(name, error.should, f"{path.name}, строка {error.line}"))
    return values


def _parsed(data: bytes) -> ast.Module:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(data.count(b"\n", 0, error.start) + 1, "файл сохранён не в UTF-8") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # '\S' in a Windows path: its value is right all the same
            return ast.parse(text)
    except SyntaxError as error:
        hint = "перед кавычкой пути нужна буква r" if "unicodeescape" in error.msg else f"ошибка записи: {error.msg}"
        raise _Unreadable(error.lineno or 1, hint) from None
    except (ValueError, RecursionError, MemoryError):
        raise _Unreadable(1, "это не текстовый файл настроек") from None


def _assignments(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and target.id.isupper() and isinstance(value, ast.expr):
                yield target.id, value


def _literal(node: ast.expr) -> object:
    for part in ast.walk(node):
        if isinstance(part, ast.Dict):
            _refuse_repeated_keys(part)
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        product = _product(node)
    if product is None:
        raise _Unreadable(node.lineno, "нужно готовое значение: текст в кавычках, число или список, без вычислений")
    return product


def _product(node: ast.expr) -> int | float | None:
    """`2 * 60 * 60` is how people write two hours."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        left, right = _product(node.left), _product(node.right)
        return None if left is None or right is None else left * right
    return None


def _refuse_repeated_keys(node: ast.Dict) -> None:
    keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
    repeated = next((str(key) for key in keys if keys.count(key) > 1), None)
    if repeated is not None:
        raise _Unreadable(node.lineno, f"«{repeated}» записано дважды")
