"""From a card and its folder to an order's day."""

from datetime import UTC, datetime

import pytest

from dealer_bot.domain.content import Content
from dealer_bot.domain.sightings import day_of

NOW = 1_795_000_000_000


def at(year: int) -> int:
    return int(datetime(year, 6, 1, tzinfo=UTC).timestamp() * 1000)


def test_a_day_is_the_cards_else_the_folders_else_the_one_it_is_first_seen() -> None:
    assert day_of(Content(date="2026-11-20"), at(2025), NOW, UTC) == ("2026-11-20", "content")
    assert day_of(Content(), at(2025), NOW, UTC) == ("2025-06-01", "birth")
    assert day_of(Content(), None, NOW, UTC) == ("2026-11-18", "seen")


@pytest.mark.parametrize("birth_ms", [at(1601), 0, at(2107), 10**15, 10**18])
def test_a_folder_that_no_dealership_can_have_made_then_has_the_day_it_is_first_seen(birth_ms: int) -> None:
    """Shares give what has no time their own beginning of time, or what their clock said before it was set."""
    assert day_of(Content(), birth_ms, NOW, UTC) == ("2026-11-18", "seen")
