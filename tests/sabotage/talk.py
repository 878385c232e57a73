"""Bugs by which a client's words, or what answers them, find the wrong person."""

from tests.sabotage.plants import plant

ROUTING = "dealer_bot/services/routing.py"

PLANTS = (
    plant(
        "a client's reply goes to whoever wrote last",
        (ROUTING, "    if replied is not None:\n        return _back(person, replied)\n", ""),
        found_by="tests/bot/test_routing.py::test_with_two_orders_a_plain_answer_goes_to_the_last_and_a_reply_to_its_own",
    ),
    plant(
        "who has turned to care is heard by the mechanic all the same",
        (ROUTING, "    return case is None or case.closed_at is None\n", "    return False\n"),
        found_by="tests/bot/test_routing.py::test_turned_to_care_everything_goes_there_until_he_ends_it",
    ),
    plant(
        "a client moves the words of another client",
        ("dealer_bot/services/correcting.py", "message.author_id != person.id", "message.author_id == 0"),
        found_by="tests/bot/test_correcting.py::test_nobody_moves_the_words_of_somebody_else",
    ),
    plant(
        "the new owner of a phone is shown what the old one saw",
        ("database/shown.py", "AND o.address = ? AND", "AND o.address IS NOT ? AND"),
        found_by="tests/bot/test_client_menu.py::test_the_new_owner_of_a_phone_is_not_shown_what_the_old_one_saw",
    ),
    plant(
        "media that a client asked for once more wait for whoever owns the order next",
        ("database/claims.py", "c.reaction is not None or _is_repetition(c)", "c.reaction is not None"),
        (
            "database/outbox.py",
            "AND to_client = 1 AND kind = 'delivery'\"\n        \" AND op = 'send'",
            "AND to_client = 1\"\n        \" AND op = 'send'",
        ),
        found_by="tests/bot/test_client_menu.py::"
        "test_what_he_asked_for_once_more_reaches_nobody_when_the_order_is_not_his_at_the_moment",
    ),
    plant(
        "who is no longer of the staff shows a client his reactions",
        (
            "dealer_bot/services/reacting.py",
            "    is_as_staff = is_of_client is not is_own\n",
            "    is_as_staff = False\n",
        ),
        found_by="tests/bot/test_twins.py::test_a_former_employees_reaction_reaches_no_client",
    ),
    plant(
        "what was said to care is passed to the mechanic it is about",
        ("database/rerouting.py", "if c.order_id and c.case_id is None else []", "if c.order_id else []"),
        found_by="tests/database/test_readers_who_left.py::test_what_was_said_to_care_is_not_passed_to_a_mechanic",
    ),
    plant(
        "a client's words wait for a mechanic who has blocked the bot",
        ("database/claims.py", 'c.kind == "delivery" and rerouting', 'reason == "inactive" and rerouting'),
        found_by="tests/database/test_readers_who_left.py::test_who_can_not_be_reached_is_passed_over",
    ),
    plant(
        "what was asked for with a level is said after it was lost",
        (
            "dealer_bot/services/people_changes.py",
            "            reports.forget_words(person.address)\n",
            "            pass\n",
        ),
        found_by="tests/database/test_former_levels.py::test_who_has_lost_his_level_is_not_told_what_was_for_it",
    ),
    plant(
        "questions of somebody who is let go are left lying",
        ("dealer_bot/services/people_changes.py", "    if before.is_crew and not after.is_crew:\n", "    if False:\n"),
        found_by="tests/bot/test_questions_left_behind.py",
    ),
)
