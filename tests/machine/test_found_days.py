"""Days that random days have found, in few steps: what was wrong in them was mended, and stays so."""

from collections.abc import Iterator

import pytest

from tests.machine.ground import Ground
from tests.machine.test_state_machine import Machine


@pytest.fixture
def day(ground: Ground) -> Iterator[Machine]:
    """Judged after each step, and once more at its end."""
    machine: Machine = type("Day", (Machine,), {"ground": ground})()
    yield machine
    machine.teardown()


def test_a_folder_back_with_a_card_that_nobody_can_read_is_another_visit(day: Machine) -> None:
    """Its card broke before the bot had seen that it was back: what Anna shoots waits for her answer."""
    day.an_order_is_opened_again(which=0, now=False)
    day.a_card_becomes_unreadable(which=0, now=True)
    day.anna_shoots()


def test_a_folder_back_with_a_new_phone_and_then_with_the_old_one_is_the_first_visit_again(day: Machine) -> None:
    """Each card is written before the folder is closed, and the bot sees it only when it is back."""
    day.anna_shoots()
    for phone in ("+375297776655", "+375298888808"):
        day.a_card_is_written_anew(which=0, phone=phone, now=False)
        day.an_order_is_closed(which=0, now=True)
        day.an_order_is_opened_again(which=0, now=True)
        day.enters(which=0, stage="Body")
        day.anna_shoots()


def test_an_order_is_entered_while_its_folder_has_only_just_come_back(day: Machine) -> None:
    day.a_card_becomes_unreadable(which=0, now=False)
    day.an_order_is_opened_again(which=0, now=False)
    day.enters(which=0, stage="Acceptance")


def test_an_order_under_the_number_of_one_just_closed_is_another_visit(day: Machine) -> None:
    """The second closing finds nothing open: a new folder comes first, and the bot has seen the old one go."""
    day.an_order_is_closed(which=0, now=False)
    day.an_order_is_closed(which=0, now=False)
    day.anna_shoots()


def test_what_waited_goes_to_its_client_when_its_card_breaks_before_the_bot_has_looked(day: Machine) -> None:
    day.leaves(which=0)
    day.anna_shoots()
    day.a_card_becomes_unreadable(which=0, now=False)
    day.says_where_it_belongs(which=0, button=1)
