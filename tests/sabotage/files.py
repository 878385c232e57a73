"""Bugs by which a file is lost, half written, or lies where it must not."""

from tests.sabotage.plants import plant

SHELVING = "dealer_bot/store/shelving.py"
TELEGRAM = "dealer_bot/bot/telegram.py"
KEEPER = "dealer_bot/services/keeper.py"

PLANTS = (
    plant(
        "a file is seen before it is whole",
        (
            SHELVING,
            'part = order.subfolder(OWN) / f"{_plain(unfinished)}{_PART}"',
            'part = target.with_suffix(".jpeg")',
        ),
        found_by="tests/store/test_shelving_order.py::test_nobody_who_looks_into_a_stage_meanwhile_sees_half_a_file",
    ),
    plant(
        "what is kept is not compared with what was fetched",
        (SHELVING, "    if digest.hexdigest() != sha256:\n", "    if not digest.hexdigest():\n"),
        found_by="tests/store/test_shelving.py::test_a_damaged_spool_file_is_not_shelved",
    ),
    plant(
        "a kept file may be lost in a power cut",
        (SHELVING, "        os.fsync(file.fileno())\n", "        file.flush()\n"),
        found_by="tests/store/test_shelving_order.py::"
        "test_bytes_are_on_disk_before_they_get_their_name_and_the_name_before_it_counts",
    ),
    plant(
        "a file that is on its way counts as kept",
        (
            KEEPER,
            "        await self._put(shelf, spots)\n",
            "        await self._db.write(media.kept, shelf)\n        await self._put(shelf, spots)\n",
        ),
        found_by="tests/e2e/test_kill_points.py::"
        "test_a_death_at_any_point_loses_nothing_and_repeats_at_most_once[a photo]",
    ),
    plant(
        "an order that was closed on the way gets its file",
        (
            SHELVING,
            "            _copy(spool_file, part, sha256, order.require_open)\n            order.require_open()\n",
            "            _copy(spool_file, part, sha256, lambda: None)\n",
        ),
        found_by="tests/store/test_shelving.py::test_an_order_closed_on_the_way_gets_not_a_byte",
    ),
    plant(
        "a missing store is made anew in its mount point",
        (SHELVING, "            path.mkdir()\n", "            path.mkdir(parents=True)\n"),
        found_by="tests/store/test_shelving_faults.py::"
        "test_an_order_that_leaves_just_before_its_subfolder_is_made_is_not_made_again",
    ),
    plant(
        "somebody else's file of the same name is replaced",
        ("dealer_bot/posix.py", "    code = _rename_noreplace(source, target)\n", "    code = 0\n"),
        (
            "dealer_bot/posix.py",
            "    if code == 0:\n        return\n",
            "    if code == 0:\n        source.replace(target)\n        return\n",
        ),
        found_by="tests/store/test_shelving.py::test_a_name_taken_at_the_last_moment_is_not_replaced_either",
    ),
    plant(
        "a path from outside is followed if only it begins well",
        (
            TELEGRAM,
            'if not _SAFE_PATH.fullmatch(file_path) or ".." in file_path:',
            'if file_path.startswith("http"):',
        ),
        found_by="tests/bot/test_telegram_answers.py::test_a_hostile_path_or_redirect_leads_nowhere",
    ),
    plant(
        "a download that was cut counts as whole",
        (TELEGRAM, "    if len(data) != expected:\n", "    if not data:\n"),
        found_by="tests/bot/test_telegram_answers.py::test_a_file_that_did_not_come_whole_is_asked_for_again",
    ),
)
