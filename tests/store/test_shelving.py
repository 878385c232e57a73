"""A file comes into an order's folder whole, once, under its own name, and only while the order is open."""

import contextlib
import hashlib
import threading
from pathlib import Path

import pytest

from dealer_bot.store.errors import FolderClosed, FolderGone, NameTaken, SpoolDamaged, StoreUnavailable
from dealer_bot.store.shelving import CHUNK, OWN, Shelved, shelve, sweep, write_journal
from tests.store.shop import NAME, PICTURE, UNFINISHED, Shop, at_look


def test_a_file_lies_whole_under_its_final_name_and_nothing_else_is_left(shop: Shop) -> None:
    shelved = shop.shelve()
    assert shelved == Shelved(shop.order / "Body" / NAME)
    assert shop.files() == {f"a00017732/Body/{NAME}": PICTURE}
    assert shop.spool.exists()


def test_the_same_bytes_under_the_name_are_adopted(shop: Shop) -> None:
    shop.shelve()
    before = (shop.order / "Body" / NAME).stat()
    assert shop.shelve().adopted
    assert (shop.order / "Body" / NAME).stat().st_mtime_ns == before.st_mtime_ns


def test_another_file_of_the_name_is_never_replaced(shop: Shop) -> None:
    (shop.order / "Body").mkdir()
    (shop.order / "Body" / NAME).write_bytes(b"somebody else's")
    with pytest.raises(NameTaken):
        shop.shelve()
    assert shop.files() == {f"a00017732/Body/{NAME}": b"somebody else's"}


def test_a_name_taken_at_the_last_moment_is_not_replaced_either(shop: Shop) -> None:
    last = 2 + len(PICTURE) // CHUNK + 1

    def take() -> None:
        (shop.order / "Body" / NAME).write_bytes(b"faster")

    with pytest.raises(NameTaken):
        shop.shelve(at_look(last, take))
    assert shop.files() == {f"a00017732/Body/{NAME}": b"faster"}


def test_of_many_at_once_for_one_name_at_most_one_wins_and_it_is_whole(shop: Shop) -> None:
    sources = {f"other{n}": PICTURE + bytes([n]) for n in range(8)}
    kept: list[str] = []

    def one(name: str, data: bytes) -> None:
        source = shop.spool.with_name(name)
        source.write_bytes(data)
        with contextlib.suppress(NameTaken, StoreUnavailable):
            shelve(source, shop.order, "Body", NAME, hashlib.sha256(data).hexdigest(), UNFINISHED)
            kept.append(name)

    threads = [threading.Thread(target=one, args=source) for source in sources.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = shop.files().get(f"a00017732/Body/{NAME}")
    assert [there] == [sources[name] for name in kept] or (there is None and not kept)


@pytest.mark.parametrize("look", range(1, 8))
@pytest.mark.parametrize("closed", ["a00017732 closed", "a00017732_CLOSED", "А00017732closed"])
def test_an_order_closed_on_the_way_gets_not_a_byte(shop: Shop, look: int, closed: str) -> None:
    with pytest.raises(FolderClosed):
        shop.shelve(at_look(look, lambda: shop.order.rename(shop.root / closed)))
    assert shop.files() == {}
    assert not shop.order.exists(), "the order's folder is never made"


@pytest.mark.parametrize("look", range(1, 8))
def test_an_order_that_went_away_is_not_made_again(shop: Shop, look: int) -> None:
    with pytest.raises(FolderGone):
        shop.shelve(at_look(look, lambda: shop.order.rename(shop.root.parent / "taken away")))
    assert shop.files() == {}
    assert not shop.order.exists()
    assert [at for at in (shop.root.parent / "taken away").rglob("*") if at.is_file()] == []


@pytest.mark.parametrize("look", range(1, 8))
def test_whoever_knows_that_the_order_is_closed_stops_the_copy(shop: Shop, look: int) -> None:
    looks = iter(range(1, 1000))
    with pytest.raises(FolderClosed):
        shop.shelve(lambda: next(looks) < look)
    assert shop.files() == {}


def test_a_folder_closed_by_name_takes_nothing(shop: Shop) -> None:
    shop.order = shop.order.rename(shop.root / "a00017732 closed")
    with pytest.raises(FolderClosed):
        shop.shelve()
    assert shop.files() == {}


def test_if_an_open_and_a_closed_folder_exist_the_open_one_takes_media(shop: Shop) -> None:
    (shop.root / "a00017732 closed").mkdir()
    shop.shelve()
    assert list(shop.files()) == [f"a00017732/Body/{NAME}"]


@pytest.mark.parametrize("look", [1, 4])
def test_a_share_that_went_away_is_not_a_closed_order_and_its_mount_point_stays_empty(shop: Shop, look: int) -> None:
    def unmount() -> None:
        shop.root.rename(shop.root.with_name("unmounted"))
        shop.root.mkdir()

    with pytest.raises(StoreUnavailable):
        shop.shelve(at_look(look, unmount))
    assert list(shop.root.iterdir()) == []


def test_a_root_that_is_not_there_is_unavailable(shop: Shop) -> None:
    shop.root.rename(shop.root.with_name("elsewhere"))
    with pytest.raises(StoreUnavailable):
        shop.shelve()


@pytest.mark.parametrize("place", ["Body", OWN])
def test_a_symlinked_subfolder_leads_nothing_out_of_the_store(shop: Shop, tmp_path: Path, place: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (shop.order / place).symlink_to(outside, target_is_directory=True)
    with pytest.raises(StoreUnavailable):
        shop.shelve()
    assert list(outside.iterdir()) == []


def test_a_symlinked_order_leads_nothing_out_of_the_store(shop: Shop, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shop.order.rmdir()
    shop.order.symlink_to(outside, target_is_directory=True)
    with pytest.raises(StoreUnavailable):
        shop.shelve()
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", ["../x.jpg", "a/b.jpg", "..", "", "a\0b", "a\\b"])
def test_a_name_that_leads_elsewhere_is_refused(shop: Shop, name: str) -> None:
    with pytest.raises(StoreUnavailable):
        shop.shelve(name=name)
    with pytest.raises(StoreUnavailable):
        shop.shelve(stage=name)
    assert shop.files() == {}


def test_a_damaged_spool_file_is_not_shelved(shop: Shop) -> None:
    shop.spool.write_bytes(PICTURE[:-1])
    with pytest.raises(SpoolDamaged):
        shop.shelve()
    shop.spool.unlink()
    with pytest.raises(SpoolDamaged):
        shop.shelve()
    assert shop.files() == {}


def test_a_leftover_of_a_killed_process_gives_way(shop: Shop) -> None:
    (shop.order / OWN).mkdir()
    (shop.order / OWN / f"{UNFINISHED}.part").write_bytes(b"half")
    shop.shelve()
    assert shop.files() == {f"a00017732/Body/{NAME}": PICTURE}


def test_a_symlink_left_in_the_place_of_a_part_is_not_written_through(shop: Shop, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (shop.order / OWN).mkdir()
    (shop.order / OWN / f"{UNFINISHED}.part").symlink_to(victim)
    shop.shelve()
    assert victim.read_bytes() == b"precious"
    assert shop.files()[f"a00017732/Body/{NAME}"] == PICTURE


def test_dead_leftovers_are_swept_and_nothing_else_is(shop: Shop, tmp_path: Path) -> None:
    own = shop.order / OWN
    own.mkdir()
    for name in ("a.jpg.part", "b.jpg.part", "media.jsonl", "by hand.txt"):
        (own / name).write_bytes(b"x")
    (own / "c.part").symlink_to(tmp_path)
    (own / "d.part").mkdir()
    assert sweep(shop.order, in_work=lambda name: name == "b.jpg") == 1
    assert sorted(at.name for at in own.iterdir()) == ["b.jpg.part", "by hand.txt", "c.part", "d.part", "media.jsonl"]
    assert sweep(shop.root / "a00017731") == 0


def test_the_journal_says_what_it_is_told_and_is_written_only_when_it_differs(shop: Shop) -> None:
    assert write_journal(shop.order, ['{"file": "а.jpg"}'])
    assert not write_journal(shop.order, ['{"file": "а.jpg"}'])
    assert write_journal(shop.order, ['{"file": "б.jpg"}'])
    assert shop.files() == {f"a00017732/{OWN}/media.jsonl": '{"file": "б.jpg"}\n'.encode()}


def test_the_journal_of_an_order_that_ended_is_not_written(shop: Shop) -> None:
    shop.order.rename(shop.root / "a00017732 closed")
    with pytest.raises(FolderClosed):
        write_journal(shop.order, ["{}"])
    with pytest.raises(FolderGone):
        write_journal(shop.root / "a1", ["{}"])
    assert shop.files() == {}
