"""A table of mounts tells what a path lies on, whatever its names look like."""

import pytest

from dealer_bot.domain.mounts import is_network, kind_at

TABLE = r"""
/dev/vda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
//server/share /mnt/store cifs rw,vers=3.1.1 0 0
server:/home /srv/with\040space nfs4 rw 0 0
anna@server: /mnt/store/far fuse.sshfs rw 0 0
/dev/vdb1 /mnt/store/far/disk xfs rw 0 0
/dev/vdc1 /mnt/twice ext4 rw 0 0
server:/twice /mnt/twice nfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/opt/dealer_bot/database/bot.sqlite3", "ext4", False),
        ("/tmp/x", "tmpfs", False),
        ("/mnt/store", "cifs", True),
        ("/mnt/store/database", "cifs", True),
        ("/mnt/storehouse", "ext4", False),
        ("/srv/with space/x", "nfs4", True),
        ("/mnt/store/far/x", "fuse.sshfs", True),
        ("/mnt/store/far/disk/x", "xfs", False),
        ("/mnt/twice/x", "nfs", True),
    ],
)
def test_the_nearest_mount_above_a_path_counts(path: str, kind: str, network: bool) -> None:
    assert kind_at(path, TABLE) == kind
    assert is_network(kind) is network


def test_no_table_tells_nothing() -> None:
    assert kind_at("/x", "") is None
    assert not is_network(None)
