"""Who may do what, from the keyboard."""

import pytest

from database import conversations, orders, outbox, people, sql
from dealer_bot.domain.orders import Sighting
from dealer_bot.domain.people import Role
from tests.cli.conftest import Dealership

ANNA = ("users", "add", "--phone", "+375291112233", "--name", "Анна", "--role", "employee")
BOSS = ("users", "add", "--phone", "+375291110000", "--name", "Олег", "--role", "admin", "--id", "777")


def _everyone(dealership: Dealership) -> list[dict[str, object]]:
    found: list[dict[str, object]] = dealership.types("users", "list", "--json").json
    return found


def test_at_first_there_is_nobody(dealership: Dealership) -> None:
    assert _everyone(dealership) == []
    assert dealership.types("users", "list").out == "Пока никого нет.\n"


def test_a_person_is_expected_by_phone_alone(dealership: Dealership) -> None:
    assert dealership.types(*ANNA).code == 0
    assert _everyone(dealership) == [
        {"id": None, "phone": "+375291112233", "name": "Анна", "role": "employee", "active": True, "connected": False}
    ]


def test_with_an_id_given_he_need_not_share_his_contact(dealership: Dealership) -> None:
    assert dealership.types(*BOSS).code == 0
    assert _everyone(dealership) == [
        {"id": 777, "phone": "+375291110000", "name": "Олег", "role": "admin", "active": True, "connected": True}
    ]


def test_the_list_for_people_names_roles_in_russian(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    dealership.types(*ANNA)
    lines = dealership.types("users", "list").out.splitlines()
    assert lines[0].split() == ["777", "+375291110000", "Олег", "администратор", "подключён", "активен"]
    assert "сотрудник" in lines[1]
    assert "не подключён" in lines[1]


@pytest.mark.parametrize("phone", ["80291112233", "375 29 111-22-33", "+375 (29) 1112233"])
def test_a_phone_may_be_written_as_people_write_it(dealership: Dealership, phone: str) -> None:
    dealership.types("users", "add", "--phone", phone, "--name", "Анна", "--role", "care")
    assert _everyone(dealership)[0]["phone"] == "+375291112233"


@pytest.mark.parametrize("phone", ["12", "тел +375291112233", "+375291112233, +375291112244", ""])
def test_what_is_no_phone_is_refused_and_not_repeated(dealership: Dealership, phone: str) -> None:
    said = dealership.types("users", "add", "--phone", phone, "--name", "Анна", "--role", "care")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "291112233" not in said.err.replace("+375291112233\n", "")
    assert _everyone(dealership) == []


def test_a_phone_that_is_known_is_not_added_twice(dealership: Dealership) -> None:
    dealership.types(*ANNA)
    said = dealership.types("users", "add", "--phone", "80291112233", "--name", "Вера", "--role", "admin")
    assert (said.code, said.out) == (1, "")
    assert [person["name"] for person in _everyone(dealership)] == ["Анна"]


def test_somebody_who_has_started_the_bot_is_added_by_his_id(dealership: Dealership) -> None:
    dealership.writes(lambda: people.add(address="tg:42", language="ru"))
    dealership.types(*ANNA, "--id", "42")
    (anna,) = _everyone(dealership)
    assert (anna["id"], anna["role"], anna["connected"]) == (42, "employee", True)


def test_somebody_expected_by_phone_gets_his_id_later(dealership: Dealership) -> None:
    dealership.types(*ANNA)
    assert dealership.types(*ANNA, "--id", "42").code == 0
    (anna,) = _everyone(dealership)
    assert (anna["id"], anna["phone"]) == (42, "+375291112233")


def test_an_account_with_another_phone_is_not_overwritten(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    assert dealership.types(*ANNA, "--id", "777").code == 1
    assert [person["name"] for person in _everyone(dealership)] == ["Олег"]


@pytest.mark.parametrize("who", ["777", "+375291110000", "80291110000", "375291110000"])
def test_a_person_is_found_by_id_or_phone(dealership: Dealership, who: str) -> None:
    dealership.types(*BOSS)
    assert dealership.types("users", "set", who, "--name", "Олег Иванович").code == 0
    assert _everyone(dealership)[0]["name"] == "Олег Иванович"


def test_role_name_and_activity_change_together(dealership: Dealership) -> None:
    dealership.types(*ANNA)
    dealership.types("users", "set", "+375291112233", "--role", "care", "--name", "Вера", "--inactive")
    (vera,) = _everyone(dealership)
    assert (vera["role"], vera["name"], vera["active"]) == ("care", "Вера", False)
    dealership.types("users", "set", "+375291112233", "--active")
    assert _everyone(dealership)[0]["active"] is True


def test_the_last_active_admin_can_not_lose_his_level_or_activity(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    for change in (("--role", "employee"), ("--inactive",)):
        said = dealership.types("users", "set", "777", *change)
        assert (said.code, said.out) == (1, "")
        assert "последний" in said.err
    (boss,) = _everyone(dealership)
    assert (boss["role"], boss["active"]) == ("admin", True)


def test_with_a_second_admin_the_first_may_go(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    dealership.types("users", "add", "--phone", "+375291119999", "--name", "Инна", "--role", "admin", "--id", "778")
    assert dealership.types("users", "set", "777", "--role", "employee").code == 0
    assert dealership.types("users", "set", "778", "--inactive").code == 1


def test_the_last_admin_may_still_be_renamed(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    assert dealership.types("users", "set", "777", "--name", "Олег II", "--role", "admin", "--active").code == 0


def test_a_changed_phone_waits_for_its_owners_contact(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    assert dealership.types("users", "set", "777", "--phone", "+375291118888").code == 0
    (boss,) = _everyone(dealership)
    assert (boss["phone"], boss["connected"]) == ("+375291118888", False)


def test_what_waited_for_somebody_inactive_goes_when_he_is_active_again(dealership: Dealership) -> None:
    def held() -> None:
        seen = Sighting("A1", "a1", "a1", "open", phone="+375291112233")
        order_id, _ = orders.record(seen, 1)
        person = people.by_phone("+375291112233")
        assert person is not None
        message, _ = conversations.add(
            source_address="tg:1", source_message_id=1, author_id=person.id, side="staff", kind="text", at=1
        )
        outbox.add_delivery(
            key="m", message_id=message, order_id=order_id, at=1, address="tg:42", state="held", reason="inactive"
        )

    dealership.types("users", "add", "--phone", "+375291112233", "--name", "Пётр", "--role", "client", "--id", "42")
    dealership.types("users", "set", "42", "--inactive")
    dealership.writes(held)
    dealership.types("users", "set", "42", "--name", "Пётр Ильич")
    assert dealership.writes(lambda: sql.row("SELECT state FROM outbox")) == ("held",)
    dealership.types("users", "set", "42", "--active")
    assert dealership.writes(lambda: sql.row("SELECT state FROM outbox")) == ("queued",)


def test_a_phone_is_not_taken_from_somebody_else(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    dealership.types(*ANNA)
    assert dealership.types("users", "set", "777", "--phone", "+375291112233").code == 1
    assert [person["phone"] for person in _everyone(dealership)] == ["+375291110000", "+375291112233"]


def test_a_refused_change_changes_nothing_at_all(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    dealership.types(*ANNA)
    dealership.types("users", "set", "+375291112233", "--name", "Вера", "--phone", "+375291110000")
    assert _everyone(dealership)[1]["name"] == "Анна"


def test_every_change_is_in_the_audit(dealership: Dealership) -> None:
    dealership.types(*BOSS)
    dealership.types("users", "add", "--phone", "+375291119999", "--name", "Инна", "--role", "admin")
    dealership.types("users", "set", "777", "--role", "care")
    found = dealership.writes(lambda: sql.rows("SELECT who, what, whom, before, after FROM audit ORDER BY id"))
    assert found[-1] == ("cli", "role", "tg:777", Role.ADMIN.name.lower(), "care")


@pytest.mark.parametrize(
    "argv",
    [
        ("users",),
        ("users", "add", "--phone", "+375291112233"),
        ("users", "add", "--phone", "+375291112233", "--name", "Анна", "--role", "boss"),
        ("users", "add", "--phone", "+375291112233", "--name", "Анна", "--role", "care", "--id", "-5"),
        ("users", "set", "777"),
        ("users", "set", "777", "--active", "--inactive"),
        ("nonsense",),
        (),
    ],
)
def test_wrong_usage_is_answered_with_two(dealership: Dealership, argv: tuple[str, ...]) -> None:
    assert dealership.types(*argv).code == 2


def test_somebody_unknown_is_refused_with_one_line(dealership: Dealership) -> None:
    said = dealership.types("users", "set", "12345", "--name", "Никто")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
