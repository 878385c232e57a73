"""Short questions that wait for an answer. Where somebody works is not a state but a row."""

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from dealer_bot.services.pictures import LOOKING


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
    ready = State()


async def seek(state: FSMContext, looking: int | None = None) -> None:
    """He looks for an order. `looking`: the pictures he waits for; whatever else he says, he waits for none."""
    data = await state.get_data()
    await state.set_state(Finding.asked)
    kept = {name: value for name, value in data.items() if name != LOOKING}
    await state.set_data(kept | ({LOOKING: looking} if looking is not None else {}))
