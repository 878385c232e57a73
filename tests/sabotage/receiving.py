"""Bugs on the way in: an update is forgotten, handled by halves, or in everybody's way."""

from tests.sabotage.plants import plant

RECEIVER = "dealer_bot/bot/receiver.py"
RECEIVE = "            busy = await self._turns.receive(received, self._clock())\n"

PLANTS = (
    plant(
        "Telegram is told of an update before it is on disk",
        (RECEIVER, RECEIVE, f"            self._offset = received[-1].update_id + 1\n{RECEIVE}"),
        found_by="tests/bot/test_receiver.py::test_nothing_is_confirmed_while_the_database_is_away",
    ),
    plant(
        "whatever id came is confirmed, the largest of a batch too",
        (
            RECEIVER,
            "confirmed = [update.update_id for update in received if update.update_id >= 0]",
            "confirmed = [max(int(raw.get('update_id') or 0) for raw in batch)] if batch else []",
        ),
        found_by="tests/bot/test_receiver.py::test_what_comes_after_an_enormous_id_is_heard",
    ),
    plant(
        "what waited at the start is dropped",
        (RECEIVER, "self._offset: int | None = None", "self._offset: int | None = -1"),
        found_by="tests/bot/test_receiver.py::test_what_was_said_is_in_the_inbox_and_its_lane_is_woken",
    ),
    plant(
        "a batch is decoded as a whole",
        (RECEIVER, "from aiogram import Bot\n", "from aiogram import Bot\nfrom aiogram.types import Update\n"),
        (RECEIVER, "_received(raw) for raw in batch", "_received(raw) for raw in batch if Update.model_validate(raw)"),
        found_by="tests/bot/test_receiver.py::test_strange_updates_are_kept_and_delay_nobody",
    ),
    plant(
        "an update is done before its words are on record",
        ("dealer_bot/services/turns.py", "        if inbox.finish(visit.inbox_id):\n", "        if True:\n"),
        (
            "dealer_bot/services/turns.py",
            "        return await self._db.write(self._finish, visit, said, now)\n",
            "        await self._db.write(inbox.finish, visit.inbox_id)\n"
            "        return await self._db.write(self._finish, visit, said, now)\n",
        ),
        found_by="tests/e2e/test_answers.py",
    ),
    plant(
        "a sibling of an album goes where its author is by now",
        ("dealer_bot/services/intake.py", "if handed.album_key is not None:", "if handed.album_key == '':"),
        found_by="tests/bot/test_when_telegram_falters.py::"
        "test_late_siblings_of_an_album_follow_the_first_and_not_their_author",
    ),
    plant(
        "a transaction takes its lock late",
        ("database/connection.py", '"BEGIN IMMEDIATE"', '"BEGIN"'),
        found_by="tests/database/test_connection.py::test_nobody_writes_between_what_a_job_reads_and_what_it_writes",
    ),
    plant(
        "a log shows the token",
        ("dealer_bot/logs.py", 'text = _ANY_TOKEN.sub("[token]", text)', "text = str(text)"),
        ("dealer_bot/logs.py", "if self._own_token is not None:", "if False and self._own_token is not None:"),
        found_by="tests/test_logs.py::test_a_refused_download_does_not_leak_the_token",
    ),
)
