"""What imports what, read by `ast`; nothing of the program is imported."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("dealer_bot", "database")


@dataclass(frozen=True)
class Import:
    """`module` imports `target`, and `name` from it when the statement says so."""

    module: str
    target: str
    name: str | None
    line: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}" + (f".{self.name}" if self.name else "")


Sources = Mapping[str, ast.Module]


def read_tree() -> dict[str, ast.Module]:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {_module_name(path): ast.parse(path.read_bytes()) for path in files}


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(sources: Sources) -> Iterator[Import]:
    for module, code in sources.items():
        for node in ast.walk(code):
            if isinstance(node, ast.Import):
                yield from (Import(module, alias.name, None, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (_named(module, node, alias.name, sources) for alias in node.names)


def _named(module: str, node: ast.ImportFrom, name: str, sources: Sources) -> Import:
    target = "." * node.level + (node.module or "")
    inner = f"{target}.{name}"
    return Import(module, inner, None, node.lineno) if inner in sources else Import(module, target, name, node.lineno)


def cycle(sources: Sources) -> list[str]:
    """One ring of modules that import each other, or nothing."""
    edges: dict[str, set[str]] = {module: set() for module in sources}
    for found in imports_of(sources):
        if found.target in edges and found.target != found.module:
            edges[found.module].add(found.target)
    while leaves := {module for module, targets in edges.items() if not targets & edges.keys()}:
        edges = {module: targets for module, targets in edges.items() if module not in leaves}
    return _ring(edges)


def _ring(edges: Mapping[str, set[str]]) -> list[str]:
    path: list[str] = sorted(edges)[:1]
    while path:
        following = min(edges[path[-1]] & edges.keys())
        if following in path:
            return [*path[path.index(following) :], following]
        path.append(following)
    return path
