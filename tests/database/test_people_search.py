"""People are found by a part of the name in any spelling, or by digits of the phone."""

import random

import pytest

from database import people
from database.connection import Database
from dealer_bot.domain.lookalikes import fold
from dealer_bot.domain.people import Role

LETTERS = "аАaAнНhHёЁеEяЯ []*?^-1"


def _staff(database: Database, *names: str) -> None:
    database.write_now(lambda: [people.add(name=each, role=Role.EMPLOYEE) for each in names])


def _found(database: Database, fragment: str, limit: int = 100) -> list[str]:
    return [each.name or "" for each in database.read_now(people.meeting, fragment, limit)]


def test_case_alphabet_and_signs_never_hide_a_name(database: Database) -> None:
    """As if each name were folded and compared."""
    chance = random.Random(7)
    names = sorted({"".join(chance.choices(LETTERS, k=chance.randint(1, 6))).strip() for _ in range(300)} - {""})
    _staff(database, *names)
    for _ in range(300):
        fragment = "".join(chance.choices(LETTERS, k=chance.randint(1, 3))).strip()
        words = " ".join(fragment.split())
        expected = [name for name in names if words and fold(words) in fold(name)]
        assert sorted(_found(database, fragment, 1000)) == expected, fragment


@pytest.mark.parametrize(("asked", "names"), [("2244", ["Борис"]), ("29 111", ["Анна", "Борис"]), ("4", []), (" ", [])])
def test_two_digits_of_the_phone_are_enough_and_one_is_not(database: Database, asked: str, names: list[str]) -> None:
    for name, phone in (("Анна", "+375291112233"), ("Борис", "+375291112244")):
        database.write_now(lambda each=name, its=phone: people.bind(people.add(name=each).id, its, 1, 1))
    assert _found(database, asked) == names


def test_a_former_phone_finds_nobody(database: Database) -> None:
    person = database.write_now(lambda: people.add(name="Анна"))
    for phone in ("+375291112233", "+375297654321"):
        database.write_now(people.bind, person.id, phone, 1, 1)
    assert (_found(database, "12233"), _found(database, "54321")) == ([], ["Анна"])


def test_staff_come_before_clients(database: Database) -> None:
    database.write_now(lambda: people.add(name="Анна К"))
    _staff(database, "Анна С")
    assert _found(database, "анна") == ["Анна С", "Анна К"]
    assert _found(database, "анна", limit=1) == ["Анна С"]
