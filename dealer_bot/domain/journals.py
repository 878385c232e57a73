"""What the journal of a folder says: what the rows know, and what they have forgotten of files that still lie there."""

import json
from collections.abc import Callable, Iterator, Sequence


def journal_of(said: bytes | None, known: Sequence[str], is_there: Callable[[str], bool]) -> bytes:
    """The journal as it should be, out of what it says now.

    Rows forget: a backup was put back, or the number belongs to another visit. The folder then still tells who shot
    what lies in it.
    """
    files = {_file_of(line) for line in known}
    forgotten = [line for line, file in _lines(said or b"") if file not in files and is_there(file)]
    return "".join(f"{line}\n" for line in (*forgotten, *known)).encode()


def _lines(said: bytes) -> Iterator[tuple[str, str]]:
    for line in said.decode("utf-8", "replace").splitlines():
        file = _file_of(line)
        if file is not None:
            yield line, file


def _file_of(line: str) -> str | None:
    """`stage/name`, and nothing that leads elsewhere."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    file = told.get("file") if isinstance(told, dict) else None
    if not isinstance(file, str) or file.count("/") != 1 or ".." in file or "\\" in file or "\0" in file:
        return None
    return file
