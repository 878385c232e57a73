"""A power cut may come between any two steps: bytes are on disk before their name is, and that before the record."""

import os
from pathlib import Path

import pytest

from dealer_bot import posix
from tests.store.shop import NAME, UNFINISHED, Shop


def _where(descriptor: int, shop: Shop) -> str:
    return Path(f"/proc/self/fd/{descriptor}").readlink().relative_to(shop.root).as_posix()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="names of open files are Linux's")
def test_bytes_are_on_disk_before_they_get_their_name_and_the_name_before_it_counts(shop: Shop) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, posix._LIBC.renameat2

    def synced(descriptor: int) -> None:
        sync(descriptor)
        steps.append(f"on disk: {_where(descriptor, shop)}")

    def renamed(*args: object) -> object:
        steps.append("named")
        return rename(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", synced)
        patch.setattr(posix._LIBC, "renameat2", renamed)
        shop.shelve()
    own, stage = f"on disk: a00017732/.dealer_bot/{UNFINISHED}.part", "on disk: a00017732/Body"
    assert steps.index(own) < steps.index("named") < len(steps) - 1
    assert steps[-1] == stage


def test_nobody_who_looks_into_a_stage_meanwhile_sees_half_a_file(shop: Shop) -> None:
    seen: list[str] = []

    def looks() -> bool:
        seen.extend(path for path in shop.files() if "/Body/" in path)
        return True

    shop.shelve(still_open=looks)
    assert seen == []
    assert f"a00017732/Body/{NAME}" in shop.files()
