"""Bugs on the way out: repeats without end, torn albums, an order of things that is lost."""

from tests.sabotage.plants import plant

SETTLING = "database/settling.py"
RETRIES = "database/retries.py"
TELEGRAM = "dealer_bot/bot/telegram.py"

PLANTS = (
    plant(
        "what may have arrived is sent until an answer comes",
        (SETTLING, '_RESENT = "resends = 0 AND ', '_RESENT = "'),
        found_by="tests/database/test_claims_in_order.py::test_an_unknown_outcome_is_resent_once_and_then_people_decide",
    ),
    plant(
        "what a phone's former owner may have seen is sent to its new one by a tap",
        (RETRIES, " AND p.address = o.address", ""),
        found_by="tests/database/test_retries.py::test_nothing_is_repeated_when",
    ),
    plant(
        "what was taken back is sent once more by a tap",
        (RETRIES, "(o.op = 'delete' OR o.recalled_at IS NULL) AND ", ""),
        found_by="tests/database/test_retries.py::test_nothing_is_repeated_when",
    ),
    plant(
        "each start sends again what was in flight",
        (
            SETTLING,
            """        _ambiguous((outbox_id,), "restart", now)\n""",
            """        sql.run("UPDATE outbox SET state = 'queued' WHERE id = ?", (outbox_id,))\n""",
        ),
        found_by="tests/e2e/test_kill_points.py::test_what_was_killed_twice_on_its_way_is_left_to_people",
    ),
    plant(
        "a lost answer counts as a call that was never made",
        (TELEGRAM, "return isinstance(cause, _NEVER_LEFT)", "return isinstance(cause, Exception)"),
        found_by=(
            "tests/bot/test_telegram_answers.py::test_an_answer_means",
            "tests/bot/test_when_telegram_falters.py::test_a_second_unknown_outcome_is_for_people_to_decide",
        ),
    ),
    plant(
        "a chat that refuses the bot is asked again and again",
        (TELEGRAM, "return _forbidden(error)", 'return Later(1.0, reason="403")'),
        found_by="tests/bot/test_telegram_answers.py::test_an_answer_means",
    ),
    plant(
        "a chat that is asked to wait gets its next message at once",
        (SETTLING, "        chats.pause(parcel.address, due_at)\n", "        chats.unblock(parcel.address)\n"),
        found_by=(
            "tests/database/test_claims_in_order.py::test_a_chat_that_telegram_paused_waits_whole",
            "tests/bot/test_when_telegram_falters.py::test_a_chat_that_is_asked_to_wait_gets_everything_in_order",
        ),
    ),
    plant(
        "people's words are read as HTML",
        (
            "dealer_bot/bot/dispatcher.py",
            "return Bot(token, session=session)",
            'return Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML"))',
        ),
        (
            "dealer_bot/bot/dispatcher.py",
            "from aiogram.client.telegram import TelegramAPIServer\n",
            "from aiogram.client.default import DefaultBotProperties\n"
            "from aiogram.client.telegram import TelegramAPIServer\n",
        ),
        found_by="tests/bot/test_rendering.py",
    ),
    plant(
        "an album goes as soon as its first picture is there",
        (
            "database/claims.py",
            "    if now < quiet_at <= now + ALBUM_QUIET_MS:  #",
            "    if now < quiet_at - 10**9:  #",
        ),
        found_by="tests/database/test_claims_in_order.py::test_an_album_goes_whole_once_it_is_quiet",
    ),
    plant(
        "what can not go now is overtaken by what came after it",
        (
            "database/claims.py",
            "    if not found:\n",
            "    found = [c for c in found if c.due_at <= now]\n    if not found:\n",
        ),
        found_by="tests/database/test_claims_in_order.py::test_a_row_put_off_holds_back_what_came_after_it",
    ),
    plant(
        "chats that Telegram leaves without an answer take all places",
        ("dealer_bot/services/courier.py", "min(CALLS_AT_ONCE + silent, CHATS_AT_ONCE)", "CALLS_AT_ONCE + 0 * silent"),
        found_by="tests/bot/test_when_telegram_falters.py::test_twenty_chats_that_hang_keep_nobody_else_waiting",
    ),
)
