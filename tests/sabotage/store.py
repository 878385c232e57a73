"""Bugs in the reading of the folders: something is guessed, or not seen."""

from tests.sabotage.plants import plant

PLANTS = (
    plant(
        "of two values of one key the last one counts",
        ("dealer_bot/domain/content.py", "            raise TwoValues(key)\n", "            pass\n"),
        found_by="tests/domain/test_content.py::test_what_is_not_certain_gives_no_phone_and_a_reason",
    ),
    plant(
        "of two orders with one barcode the first is opened",
        (
            "dealer_bot/services/lookup.py",
            """exact = hits[0] if len(hits) == 1 and page == 0 and by != "phone" else None""",
            """exact = hits[0] if page == 0 and by != "phone" else None""",
        ),
        found_by="tests/services/test_lookup.py",
    ),
    plant(
        "nobody looks at the store unless the system says so",
        (
            "dealer_bot/services/upkeep.py",
            "await asyncio.wait_for(self._work.wait(), self._indexer.pause_s)",
            "await self._work.wait()",
        ),
        found_by="tests/bot/test_orders_that_change.py::"
        "test_a_card_that_cannot_be_read_is_shot_and_waits_until_it_is_mended_and_confirmed",
    ),
    plant(
        "the watch of the store dies of one error",
        (
            "dealer_bot/store/watching.py",
            '            log.warning("a wake-up was lost: %s", sys.exc_info()[0])\n',
            '            log.warning("a wake-up was lost: %s", sys.exc_info()[0])\n            raise\n',
        ),
        found_by="tests/store/test_watching.py::test_an_error_of_the_woken_does_not_end_the_watch",
    ),
    plant(
        "an empty mount point is a store whose orders are all closed",
        ("dealer_bot/domain/comparing.py", '            return "empty"\n', "            return None\n"),
        found_by=(
            "tests/services/test_indexing_unavailable.py::test_a_store_that_went_away_closes_nothing_and_writes_nothing",
            "tests/bot/test_orders_that_change.py::test_an_empty_root_closes_nothing_and_gets_nothing_written",
        ),
    ),
)
