"""Bugs on the ways to an order: through them a wrong car comes in, or a client gets what was only to be read."""

from tests.sabotage.plants import plant

STORIES = "tests/bot/test_finding_by_picture.py::"

PLANTS = (
    plant(
        "a plate that was read only once opens an order by itself",
        ("dealer_bot/domain/plate_choice.py", "SURE_TIMES = 2", "SURE_TIMES = 1"),
        found_by="tests/bot/test_finding_by_plate.py::test_a_plate_that_was_read_only_once_leads_to_a_question",
    ),
    plant(
        "an open order that differs from the one in the picture in a single digit is taken for it",
        ("dealer_bot/recognition/profiles.py", " and self.certain >= SURE", ""),
        found_by="tests/recognition/test_profiles.py::"
        "test_orders_that_differ_from_an_absent_one_in_one_digit_are_never_taken_for_it",
    ),
    plant(
        "a picture opens its order although its sender has searched otherwise meanwhile",
        ("dealer_bot/services/pictures.py", " and looking == picture.group_id", ""),
        found_by=f"{STORIES}test_his_next_text_overtakes_a_picture_which_then_opens_nothing_by_itself",
    ),
    plant(
        "a late picture of an album with a barcode goes to the client of the order",
        (
            "dealer_bot/bot/employee/finding.py",
            "return is_asked if sibling is None else sibling",
            "return is_asked",
        ),
        found_by=f"{STORIES}test_a_late_sibling_of_a_barcode_does_not_go_to_a_client",
    ),
    plant(
        "what is filmed while another order is looked for goes to the client of the last one",
        ("dealer_bot/services/intake.py", "if place is None or is_looking:", "if place is None:"),
        found_by="tests/bot/test_in_a_hurry.py::"
        "test_what_he_films_before_the_stage_of_the_next_order_reaches_neither_client",
    ),
    plant(
        "a photo that replies to the line of another order goes to the client of the one he is in",
        ("dealer_bot/services/intake.py", "else screens.order_in(handed.address, handed.reply_to)", "else None"),
        found_by="tests/bot/test_in_a_hurry.py::"
        "test_a_reply_to_the_line_or_the_card_of_another_order_is_about_that_one",
    ),
    plant(
        "the calendar begins its days where the server stands",
        (
            "dealer_bot/services/days.py",
            "datetime.fromtimestamp(now / 1000, self._timezone)",
            "datetime.fromtimestamp(now / 1000)",
        ),
        found_by="tests/services/test_days.py::test_the_present_month_is_the_dealerships_at_every_opening",
    ),
)
