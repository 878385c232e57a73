"""FSM in the database: read with the turn, written with the turn, and nowhere else."""

import json
from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from dealer_bot.bot.turn import Turn, current_turn


class TurnStorage(BaseStorage):
    """Buffers into the open turn: a state can't be kept apart from the update that set it."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        _, data = _now(key)
        _turn(key).fsm = (state.state if isinstance(state, State) else state, data)

    async def get_state(self, key: StorageKey) -> str | None:
        return _now(key)[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        state, _ = _now(key)
        _turn(key).fsm = (state, json.dumps(dict(data), ensure_ascii=False))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(_now(key)[1])
        return found

    async def close(self) -> None:
        """Nothing is kept here."""


def _turn(key: StorageKey) -> Turn:
    turn = current_turn.get()
    assert turn is not None, "a state is touched only while a turn is open"
    assert f"tg:{key.chat_id}" == turn.visit.lane, "a turn touches the state of its own chat alone"
    return turn


def _now(key: StorageKey) -> tuple[str | None, str]:
    turn = current_turn.get()
    if turn is None or f"tg:{key.chat_id}" != turn.visit.lane:
        return None, "{}"
    return turn.fsm if turn.fsm is not None else (turn.visit.state, turn.visit.data)
