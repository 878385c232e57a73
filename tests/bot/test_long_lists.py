"""Long lists and long names: whole on a phone, page by page, and the way back leads to where one was."""

from datetime import UTC

from database import failures, people, retries, sql
from database.cases import Waiting
from database.connection import Database
from dealer_bot.bot import case_keys, people_keys, state_keys
from dealer_bot.bot.admin.state_texts import failures_text, storage_text
from dealer_bot.bot.keyboards import LABEL
from dealer_bot.bot.texts import texts
from dealer_bot.domain.failures import Failed, Held
from dealer_bot.domain.people import Role
from dealer_bot.services.overview import FOLDERS, Failures, Storage
from dealer_bot.services.personnel import Personnel

LONG = "Александра-Мария Константиновна Преображенская-Вознесенская-Илья"
LONGEST_TEXT = 4096
"""What Telegram takes (Bot API, sendMessage)."""
HOUR_MS = 3_600_000
T = texts("ru")


def _labels(buttons: object) -> list[str]:
    return [each.text for row in getattr(buttons, "inline_keyboard", ()) for each in row]


def test_sixty_who_wait_come_page_by_page_and_each_label_says_how_long_and_who_answers() -> None:
    waiting = [Waiting(n, n, LONG, None, "Вера", 0) for n in range(1, 61)]
    seen: list[str] = []
    for page in range(6):
        shown = case_keys.waiting(T, waiting, page, 5 * HOUR_MS, has_menu=True)
        labels = _labels(shown)
        assert ("Дальше ›" in labels, "‹ Назад" in labels) == (page < 5, page > 0) and "« Меню" in labels
        seen += [label for label in labels if label.startswith("Алекс")]
    assert len(seen) == 60
    assert all(label.endswith("… · 5 ч · Вера") and len(label) <= LABEL for label in seen)
    assert case_keys.page_of(waiting, 0, case_id=48) == 4
    assert case_keys.page_of(waiting[:20], 3, case_id=999) == 1  # they were answered meanwhile


def test_what_failed_is_told_apart_by_time_order_and_kind() -> None:
    failed = [Failed(n, "unknown", None, "a00017732", None, None, True, "photo", "", n * 60_000) for n in range(1, 9)]
    shown = Failures(failed, 1, 40, [], [], 0, 0)
    labels = _labels(state_keys.failures(T, shown, UTC))
    assert labels[:2] == ["01.01 00:01 · a00017732 · фото", "01.01 00:02 · a00017732 · фото"]
    assert labels[8:] == ["‹ Назад", "Дальше ›", "Отправить всё ещё раз", "« Меню"]


def test_what_waits_names_the_orders_and_counts_those_that_do_not_fit() -> None:
    orders = tuple(f"a{number}" for number in range(5))
    shown = Failures([], 0, 0, [Held("blocked", 7, orders), Held("stopped", 1, ())], [], 0, 0)
    assert "клиент заблокировал бота: 7 (a0, a1, a2…)\nклиент остановил получение: 1" in failures_text(shown, T)


def test_twenty_folders_with_the_longest_names_are_one_message_that_telegram_takes() -> None:
    troubled = [(f"b{number:08} {'и' * 240}", "order_mismatch,two_phones,duplicate_key") for number in range(FOLDERS)]
    text = storage_text(Storage(troubled, 0, FOLDERS, []), T)
    assert len(text) < LONGEST_TEXT and text.count("\nb000000") == FOLDERS


def _sixty_clients() -> None:
    people.add(address="tg:1", role=Role.ADMIN, name="Олег")
    for number in range(60):
        client = people.add(address=f"tg:9{number}", name=LONG if number % 2 else None)
        people.bind(client.id, f"+3752930000{number:02}", 1, 1)


async def test_from_a_card_back_to_the_page_of_the_list_it_stands_on(database: Database) -> None:
    database.write_now(_sixty_clients)
    personnel = Personnel(database, UTC)
    for page in range(8):
        listed = await personnel.page(1, "c", page)
        labels = _labels(people_keys.people(T, listed))[: len(listed.people)]
        assert len(set(labels)) == len(labels), "namesakes are told apart"
        for each in listed.people:
            card = await personnel.card(1, each.id)
            assert (card.group, card.page) == ("c", page)


def _failed_ones() -> list[int]:
    sql.run("INSERT INTO people (id, address, role, active) VALUES (1, 'tg:1', 2, 1)")
    sql.run("INSERT INTO orders (id, number_key, number, folder, state) VALUES (1, 'A1', 'a1', 'a1', 'open')")
    for number in range(1, 13):
        sql.run(
            "INSERT INTO messages (id, source_address, source_message_id, author_id, side, kind, at, order_id, text)"
            " VALUES (?, 'tg:1', ?, 1, 'client', 'text', 1, 1, '')",
            (number, number),
        )
        sql.run(
            "INSERT INTO outbox (id, key, kind, op, address, to_client, order_id, message_id, state, due_at, at)"
            " VALUES (?, ?, 'delivery', 'send', 'tg:1', 0, 1, ?, 'unknown', 0, 1)",
            (number, f"k{number}", number),
        )
    return [each.outbox_id for each in failures.failed(8, 8)]


def test_all_that_failed_is_sent_again_at_once(database: Database) -> None:
    second_page = database.write_now(_failed_ones)
    assert [database.read_now(failures.before, each) // 8 for each in second_page] == [1] * 4
    everything = database.read_now(retries.everything)
    assert everything == list(range(1, 13)) and database.read_now(retries.order_of, everything) == 1
    database.write_now(retries.send_again, everything, 5)
    assert database.read_now(failures.count) == 0 and database.read_now(retries.everything) == []
