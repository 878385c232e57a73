"""Which file system a path lies on, by a table of mounts as Linux tells it (man 5 proc, mounts)."""

import re
from collections.abc import Iterator

NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "coda", "davfs", "lustre"),
        *("beegfs", "glusterfs", "gfs2", "ocfs2", "orangefs", "pvfs2", "fuse.sshfs", "fuse.rclone", "fuse.s3fs"),
        *("fuse.glusterfs", "fuse.ceph", "fuse.davfs2", "fuse.cifs", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.gcsfuse"),
    }
)
"""SQLite's WAL needs memory that all programs on the file share, which none of these has (sqlite.org/wal.html).

Not here: `9p` and `virtiofs`, behind which containers put disks of their own machine.
"""

_ESCAPED = re.compile(r"\\([0-7]{3})")


def kind_at(path: str, table: str) -> str | None:
    """The type of the file system under an absolute path without links; None if the table has none for it."""
    found: tuple[int, str] | None = None
    for point, kind in _mounts(table):
        if _is_under(path, point) and (found is None or len(point) >= found[0]):
            found = (len(point), kind)  # of two on one point the later one is on top
    return found[1] if found else None


def is_network(kind: str | None) -> bool:
    return kind in NETWORK


def _mounts(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        fields = line.split()
        if len(fields) >= 3:
            yield _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), fields[1]), fields[2]


def _is_under(path: str, point: str) -> bool:
    return point == "/" or path == point or path.startswith(f"{point}/")
