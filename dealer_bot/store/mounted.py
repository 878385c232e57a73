"""Whether a path lies on another machine's disk."""

from pathlib import Path

from dealer_bot import posix
from dealer_bot.domain.mounts import is_network, kind_at

MOUNTS = Path("/proc/self/mounts")


def network_kind(path: Path, table: Path | None = None) -> str | None:
    """The kind of network file system under a path that need not be there yet; None for a local disk.

    `table`: read instead of the system's own. Where the system does not tell (macOS), it counts as local.
    """
    present = next((each for each in (path, *path.parents) if each.exists()), path).resolve()
    if posix.is_network_drive(present):
        return "network drive"
    try:
        mounts = (table or MOUNTS).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    kind = kind_at(str(present), mounts)
    return kind if is_network(kind) else None
