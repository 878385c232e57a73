"""Short questions that wait for an answer. Where somebody works is not a state but a row."""

from aiogram.fsm.state import State, StatesGroup


class ChangingPhone(StatesGroup):
    """Asked to confirm another phone: the next own contact counts, as a stranger's does."""

    asked = State()


class Finding(StatesGroup):
    """Asked which work order: the next text is a fragment, the next photo is not for the client."""

    asked = State()


class Administering(StatesGroup):
    """An administrator was asked something: the next text answers it, and goes to no client."""

    protocol = State()
    person = State()
    name = State()
