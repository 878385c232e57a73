"""Bugs by which something reaches somebody it is not for."""

from tests.sabotage.plants import plant

RIGHTS = "database/rights.py"
LAST_NINE = "substr({}, -9) = substr({}, -9)"

PLANTS = (
    plant(
        "what may go is decided when it is handed in, and the phone is not looked at again",
        (
            RIGHTS,
            "if c.to_phone is None or c.order_phone != c.to_phone or c.confirmed_phone != c.to_phone:",
            "if c.to_phone is None:",
        ),
        found_by=("tests/database/test_claims.py::test_nothing_goes_when",),
    ),
    plant(
        "phones compare by their last nine digits",
        ("database/people.py", '_one("b.phone = ?", phone)', f'_one("{LAST_NINE.format("b.phone", "?")}", phone)'),
        (
            "database/candidates.py",
            "LEFT JOIN bindings b ON b.phone = o.to_phone",
            f"LEFT JOIN bindings b ON {LAST_NINE.format('b.phone', 'o.to_phone')}",
        ),
        found_by="tests/bot/test_orders_that_change.py::test_the_phone_of_the_order_decides_and_not_its_last_digits",
    ),
    plant(
        "whoever had the phone when it was handed in gets it",
        (
            RIGHTS,
            'if c.client_address != address:\n        return "held", "not_connected"',
            "if c.client_address is None:\n        return None",
        ),
        found_by="tests/database/test_claims.py::test_nothing_goes_when",
    ),
    plant(
        "the hidden stage is looked at when it is handed in and never again",
        (RIGHTS, "    if c.media_hidden:\n", "    if c.media_hidden is None and c.media_id is not None:\n"),
        (
            "database/migrations/0001_spine.py",
            "CHECK (NOT (to_client AND hidden AND op = 'send' AND state IN ('held', 'queued', 'sending'))),",
            "CHECK (1),",
        ),
        found_by=(
            "tests/database/test_claims.py::test_a_photo_that_became_a_service_one_is_not_even_edited",
            "tests/database/test_schema.py::test_a_photo_on_its_way_to_a_client_can_not_become_hidden",
        ),
    ),
    plant(
        "a role is remembered from the first time somebody came",
        (
            "dealer_bot/bot/middlewares.py",
            "        person = turn.visit.person\n",
            "        seen = self.__dict__.setdefault('_seen', {})\n"
            "        person = seen.setdefault(turn.visit.lane, turn.visit.person)\n",
        ),
        ("dealer_bot/services/desk.py", "if person is None or not person.is_crew:", "if person is None:"),
        found_by="tests/bot/test_connecting.py::test_a_revoked_role_is_refused_on_the_very_next_action",
    ),
    plant(
        "the employees' door is watched for messages alone",
        (
            "dealer_bot/bot/employee/__init__.py",
            "(router.message, router.edited_message, router.callback_query)",
            "(router.message, router.edited_message)",
        ),
        found_by="tests/bot/test_buttons.py::test_a_client_and_a_stranger_press_an_employees_button_in_vain",
    ),
    plant(
        "anybody's contact counts as the sender's own",
        (
            "dealer_bot/bot/common.py",
            "message.contact.user_id == message.from_user.id and message.forward_origin is None",
            "message.from_user is not None",
        ),
        found_by="tests/bot/test_connecting.py::test_somebody_elses_contact_proves_nothing",
    ),
    plant(
        "whoever answers a client without a name is told his whole phone",
        (
            "dealer_bot/services/answering.py",
            "return called_in_full(client) if to.role in (Role.ADMIN, Role.CARE) else name_of(client)",
            "return called_in_full(client)",
        ),
        found_by="tests/bot/test_care.py::test_a_client_without_a_name_is_a_phone_to_care_and_none_to_an_employee",
    ),
    plant(
        "an administrator's words in a group are taken as if he wrote to the bot",
        (
            "dealer_bot/bot/middlewares.py",
            'user.is_bot or (chat is not None and chat.type != "private")',
            "user.is_bot",
        ),
        found_by="tests/bot/test_permissions.py::test_the_table_of_permissions_is_what_the_code_does",
    ),
    plant(
        "a link for staff that was asked for once is written down by each life that hears of it",
        ("dealer_bot/services/hiring.py", 'if not people.is_recorded("invited", inbox_id):', "if admin.active:"),
        found_by="tests/e2e/test_kills_of_the_office.py::test_the_office_goes_on_where_it_died",
    ),
)
