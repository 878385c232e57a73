"""What the bot sees in the store, as the keyboard shows it."""

import pytest

from database.exclusive import Exclusive
from tests.cli.conftest import Dealership

CARD = '{"order": "a00017732", "barcode": "28000743", "phone": "+37888888808", "plate_number": "0124 МН-1"}'
DATED = '{"phone": "+375291112233", "plate_number": "4455 АВ-7", "date": "19.11.2026"}'


def _seen(dealership: Dealership, *argv: str) -> dict[str, dict[str, object]]:
    said = dealership.types("orders", *argv, "--json")
    assert said.code == 0, said.err
    return {order["number"]: order for order in said.json}


def test_an_order_is_shown_as_its_card_says(dealership: Dealership) -> None:
    dealership.order("a00017732", CARD)
    (order,) = _seen(dealership).values()
    day = order.pop("day")
    assert isinstance(day, str)
    assert len(day) == len("2026-11-21")
    assert order == {
        "number": "a00017732",
        "phone": "+37888888808",
        "barcode": "28000743",
        "plate": "0124MH-1",
        "day_source": order["day_source"],
        "state": "open",
        "reason": None,
    }
    assert order["day_source"] in ("birth", "seen")


def test_closed_and_unreadable_orders_are_shown_with_their_reasons(dealership: Dealership) -> None:
    dealership.order("a00017732", CARD)
    dealership.order("a00017699 CLOSED", DATED)
    dealership.order("a00017760", '{"phone": "+375291112233, +375291112244"}')
    dealership.order("a00017761", "это не словарь")
    seen = _seen(dealership)
    assert {number: order["state"] for number, order in seen.items()} == {
        "a00017699": "closed",
        "a00017732": "open",
        "a00017760": "unreadable",
        "a00017761": "unreadable",
    }
    assert seen["a00017760"]["reason"] == "two_phones"
    assert seen["a00017760"]["phone"] is None
    assert seen["a00017761"]["reason"]


def test_a_folder_that_went_is_shown_as_gone(dealership: Dealership) -> None:
    folder = dealership.order("a00017732", CARD)
    dealership.order("a00017741", DATED)
    _seen(dealership)
    (folder / "content.txt").unlink()
    folder.rmdir()
    assert _seen(dealership)["a00017732"]["state"] == "gone"


def test_a_fragment_or_a_day_chooses(dealership: Dealership) -> None:
    dealership.order("a00017732", CARD)
    dealership.order("a00017741", DATED)
    assert list(_seen(dealership, "7741")) == ["a00017741"]
    assert list(_seen(dealership, "0124мн")) == ["a00017732"]
    assert list(_seen(dealership, "8808")) == ["a00017732"]
    assert list(_seen(dealership, "--date", "2026-11-19")) == ["a00017741"]
    assert list(_seen(dealership, "--date", "19.11.2026")) == ["a00017741"]
    assert _seen(dealership, "999") == {}


def test_people_get_one_line_an_order(dealership: Dealership) -> None:
    dealership.order("a00017741", DATED)
    said = dealership.types("orders")
    assert said.out.split() == ["a00017741", "2026-11-19", "4455", "АВ-7", "+375291112233", "открыт"]


def test_people_are_told_the_reason_in_words(dealership: Dealership) -> None:
    dealership.order("a00017760", '{"phone": "+375291112233, +375291112244"}')
    assert "два телефона" in dealership.types("orders").out


def test_folders_without_a_card_are_one_counted_line_for_people(dealership: Dealership) -> None:
    dealership.order("a00017732", CARD)
    for name in ("Архив 2025", "Архив 2026", "Фото"):
        dealership.order(name)
    lines = dealership.types("orders").out.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Папок без content.txt: 3")
    assert len(_seen(dealership)) == 4
    assert "Фото" in dealership.types("orders", "фото").out


def test_looking_leaves_the_store_as_it_was(dealership: Dealership) -> None:
    dealership.order("a00017732", CARD)
    before = sorted(path.relative_to(dealership.store) for path in dealership.store.rglob("*"))
    dealership.types("orders")
    assert sorted(path.relative_to(dealership.store) for path in dealership.store.rglob("*")) == before


@pytest.mark.parametrize(
    ("instead", "why"), [("nothing", "подключён ли диск?"), ("a letter", "не папка"), ("an empty folder", "пусто")]
)
def test_a_store_that_is_away_is_refused_with_one_line_that_says_why(
    dealership: Dealership, instead: str, why: str
) -> None:
    dealership.order("a00017732", CARD)
    assert dealership.types("orders").code == 0
    dealership.store.rename(dealership.store.with_name("elsewhere"))
    if instead == "a letter":
        dealership.store.write_text("no folder")
    elif instead == "an empty folder":
        dealership.store.mkdir()
    said = dealership.types("orders")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert f"BRANCH_PHOTO {dealership.store}" in said.err and why in said.err


def test_beside_a_running_bot_its_index_is_read_and_not_written(dealership: Dealership) -> None:
    dealership.order("a00017732", CARD)
    dealership.settings.database_path.parent.mkdir(exist_ok=True)
    with Exclusive(dealership.settings.database_path):
        assert _seen(dealership) == {}
    assert list(_seen(dealership)) == ["a00017732"]


@pytest.mark.parametrize("day", ["вчера", "2026-13-01", "31.02.2026", ""])
def test_a_day_that_is_none_is_wrong_usage(dealership: Dealership, day: str) -> None:
    assert dealership.types("orders", "--date", day).code == 2
