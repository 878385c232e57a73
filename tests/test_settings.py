"""What the dealership writes is understood, or named with what it should be."""

from pathlib import Path

import pytest

from dealer_bot import settings as settings_module
from dealer_bot.settings import Settings
from tests.written_settings import problems_of, written


def test_an_empty_config_gives_the_promised_defaults(tmp_path: Path) -> None:
    found = written(tmp_path)
    assert [stage.folder for stage in found.stages] == ["Acceptance", "Damage", "Body", "Issue", "Service"]
    assert found.service_stage == "Service"
    assert found.client_folder == "Client"
    assert found.closed_mark == "closed"
    assert (found.order_idle_s, found.rescan_s, found.send_rate, found.chat_rate) == (7200, 30, 30, 1)
    assert (found.language, found.timezone.key, found.phone_region) == ("ru", "Europe/Minsk", "BY")
    assert (found.bot_token, found.admin_ids, found.proxy_url) == (None, (), None)
    assert found.telegram_api_url == "https://api.telegram.org"
    assert found.telegram_api_local is False


def test_the_shipped_config_says_the_same_as_no_config_at_all(tmp_path: Path) -> None:
    shipped = (settings_module.PROJECT_DIR / "config.py").read_text(encoding="utf-8")
    first, second = tmp_path / "shipped", tmp_path / "shipped_not"
    first.mkdir()
    second.mkdir()
    with_file, without = written(first, shipped), written(second)
    for name in Settings.__slots__:
        if name not in ("project_dir", "branch_photo", "database_url", "spool_dir"):
            assert getattr(with_file, name) == getattr(without, name), name
    assert with_file.branch_photo.name == without.branch_photo.name
    assert with_file.spool_dir.relative_to(first) == without.spool_dir.relative_to(second)


def test_every_setting_in_the_shipped_config_has_a_russian_comment_before_it() -> None:
    lines = (settings_module.PROJECT_DIR / "config.py").read_text(encoding="utf-8").splitlines()
    named = [number for number, line in enumerate(lines) if line[:1].isupper() and " = " in line]
    assert len(named) == 29
    for number in named:
        assert lines[number - 1].startswith("# "), lines[number]
        assert any("а" <= letter <= "я" for letter in lines[number - 1].lower()), lines[number]


def test_the_environment_wins_over_dotenv_and_dotenv_over_config(tmp_path: Path) -> None:
    config = 'ORGANIZATION_NAME = "config"\nCLOSED_MARK = "config"\nCLIENT_FOLDER = "config"\n'
    dotenv = "ORGANIZATION_NAME=dotenv\nCLOSED_MARK=dotenv\n"
    found = written(tmp_path, config, dotenv, ORGANIZATION_NAME="environ")
    assert (found.organization_name, found.closed_mark, found.client_folder) == ("environ", "dotenv", "config")


def test_an_empty_variable_leaves_what_the_config_says(tmp_path: Path) -> None:
    assert written(tmp_path, 'CLOSED_MARK = "done"', "CLOSED_MARK=", CLOSED_MARK=" ").closed_mark == "done"


def test_stages_keep_their_order_also_from_json(tmp_path: Path) -> None:
    found = written(tmp_path, TYPE_ORDER='{"B": "Второй", "A": "Первый", "Service": "Скрытый"}')
    assert [(stage.folder, stage.label) for stage in found.stages] == [
        ("B", "Второй"),
        ("A", "Первый"),
        ("Service", "Скрытый"),
    ]


def test_all_wrong_settings_are_named_at_once_with_what_they_should_be(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        "RESCAN_S = 0\nSEND_RATE = -1\nTELEGRAM_API_LOCAL = 'maybe'\n",
        ADMIN_IDS="12a",
        LANGUAGE="xx",
        TIMEZONE="Minsk/Nowhere",
        PHONE_REGION="Belarus",
        PROXY_URL="proxy",
        PRIVACY_URL="privacy",
        SERVICE_STAGE="Hidden",
    )
    assert set(problems) == {
        "RESCAN_S",
        "SEND_RATE",
        "TELEGRAM_API_LOCAL",
        "ADMIN_IDS",
        "LANGUAGE",
        "TIMEZONE",
        "PHONE_REGION",
        "PROXY_URL",
        "PRIVACY_URL",
        "SERVICE_STAGE",
    }
    assert "ru или en" in problems["LANGUAGE"]
    assert "строка 1" in problems["RESCAN_S"]
    assert "окружение" in problems["ADMIN_IDS"]


def test_a_service_stage_outside_the_list_of_stages_is_refused(tmp_path: Path) -> None:
    assert "TYPE_ORDER" in problems_of(tmp_path, SERVICE_STAGE="service")["SERVICE_STAGE"]


@pytest.mark.parametrize(
    "folder",
    ["", ".", "..", "a/b", "a\\b", "a:b", "CON", "com1.txt", ".dealer_bot", "Body.", "Body ", "a\x07", "x" * 65],
)
def test_a_stage_that_is_no_safe_folder_name_is_refused(tmp_path: Path, folder: str) -> None:
    assert "TYPE_ORDER" in problems_of(tmp_path, f"TYPE_ORDER = { ({folder: 'Надпись', 'Service': 'С'})!r}")


@pytest.mark.parametrize("second", ["body", "Body", "BODY"])
def test_stages_that_differ_by_case_alone_are_refused(tmp_path: Path, second: str) -> None:
    assert "TYPE_ORDER" in problems_of(tmp_path, f"TYPE_ORDER = {{'Body': 'а', '{second}': 'б', 'Service': 'в'}}")


def test_two_stages_with_one_label_are_refused(tmp_path: Path) -> None:
    assert "TYPE_ORDER" in problems_of(tmp_path, "TYPE_ORDER = {'Body': 'Кузов', 'Service': 'кузов'}")


@pytest.mark.parametrize("value", ["{}", "[]", "{'a': ''}", "{'a': 1}", "{1: 'a'}", "5", "'{'", "'[]'"])
def test_stages_that_are_no_list_of_names_and_labels_are_refused(tmp_path: Path, value: str) -> None:
    assert "TYPE_ORDER" in problems_of(tmp_path, f"TYPE_ORDER = {value}")


def test_the_clients_folder_is_none_of_the_stages(tmp_path: Path) -> None:
    assert "CLIENT_FOLDER" in problems_of(tmp_path, CLIENT_FOLDER="bODY")
    assert "CLIENT_FOLDER" in problems_of(tmp_path, CLIENT_FOLDER=".dealer_bot")


@pytest.mark.parametrize("mark", ["", "x", "12", "123", "a/b"])
def test_a_closing_word_that_would_close_everything_is_refused(tmp_path: Path, mark: str) -> None:
    assert "CLOSED_MARK" in problems_of(tmp_path, f"CLOSED_MARK = {mark!r}")


def test_postgresql_is_answered_with_later(tmp_path: Path) -> None:
    assert "позже" in problems_of(tmp_path, DATABASE_URL="postgresql://me:secret@host/base")["DATABASE_URL"]


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite:///:memory:", "sqlite://x", "database.sqlite3", "mysql://x/y"])
def test_a_database_that_is_no_file_is_refused(tmp_path: Path, url: str) -> None:
    assert "DATABASE_URL" in problems_of(tmp_path, DATABASE_URL=url)


def test_neither_database_nor_spool_may_lie_in_the_store(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        BRANCH_PHOTO=str(tmp_path / "store"),
        SPOOL_DIR=str(tmp_path / "else" / ".." / "store" / "spool"),
        DATABASE_URL=f"sqlite:///{tmp_path}/store/base.sqlite3",
    )
    assert set(problems) == {"DATABASE_URL", "SPOOL_DIR"}


def test_admin_ids_are_taken_as_numbers_text_or_list(tmp_path: Path) -> None:
    assert written(tmp_path, ADMIN_IDS=" 12, 34,12,").admin_ids == (12, 34)
    assert written(tmp_path, "ADMIN_IDS = [12, '34']").admin_ids == (12, 34)
    assert written(tmp_path, "ADMIN_IDS = 12").admin_ids == (12,)


@pytest.mark.parametrize("value", ["-5", "0", "1.5", "99999999999999999999", "9" * 5000])
def test_an_admin_id_that_is_no_telegram_id_is_refused(tmp_path: Path, value: str) -> None:
    assert "ADMIN_IDS" in problems_of(tmp_path, ADMIN_IDS=value)


def test_a_token_in_the_config_is_refused_without_repeating_it(tmp_path: Path) -> None:
    text = problems_of(tmp_path, "BOT_TOKEN = '123456789:SECRET'")["BOT_TOKEN"]
    assert ".env" in text
    assert "SECRET" not in text


def test_neither_token_nor_proxy_password_is_ever_shown(tmp_path: Path) -> None:
    found = written(tmp_path, BOT_TOKEN="42:TEST", PROXY_URL="socks5://me:hidden@host:1080")
    assert found.bot_token == "42:TEST"
    assert "TEST" not in repr(found)
    assert "hidden" not in repr(found)
    problems = problems_of(tmp_path, BOT_TOKEN="42 SECRET", PROXY_URL="ftp://me:hidden@host:1080")
    assert set(problems) == {"BOT_TOKEN", "PROXY_URL"}
    assert "SECRET" not in str(problems)
    assert "hidden" not in str(problems)


def test_a_local_api_server_needs_an_address(tmp_path: Path) -> None:
    assert "TELEGRAM_API_LOCAL" in problems_of(tmp_path, TELEGRAM_API_LOCAL="yes")
    found = written(tmp_path, TELEGRAM_API_LOCAL="yes", TELEGRAM_API_URL="http://127.0.0.1:8081/")
    assert (found.telegram_api_local, found.telegram_api_url) == (True, "http://127.0.0.1:8081")
    assert found.telegram_api_files is None


def test_a_folder_of_the_api_server_needs_that_server(tmp_path: Path) -> None:
    assert "TELEGRAM_API_FILES" in problems_of(tmp_path, TELEGRAM_API_FILES="/srv/api")
    own = {"TELEGRAM_API_LOCAL": "yes", "TELEGRAM_API_URL": "http://127.0.0.1:8081"}
    assert written(tmp_path, TELEGRAM_API_FILES="/srv/api", **own).telegram_api_files == Path("/srv/api")


def test_names_that_come_later_are_taken_and_ignored(tmp_path: Path) -> None:
    assert written(tmp_path, "REDIS_URL = 'redis://x'\nHTTP_PORT = 8080").unknown_names == ()


def test_a_country_that_has_no_phones_is_refused(tmp_path: Path) -> None:
    assert "PHONE_REGION" in problems_of(tmp_path, PHONE_REGION="XX")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("DISK_MIN_GB", value) for value in ("-1", "5 GB", "nan")),
        *(("DIGEST_AT", value) for value in ("24:00", "8", "вечером")),
        *(("SMTP_HOST", value) for value in ("smtp.example.com:587", "https://example.com", "smtp..com", "a b")),
        *(("SMTP_PORT", value) for value in ("0", "65536", "smtp", "5.5")),
        *(("SMTP_TO", value) for value in ("a@b", "a@example.com b@example.com", "a")),
        ("SMTP_FROM", "a@example.com, b@example.com"),
    ],
)
def test_an_alarm_that_could_not_be_sent_as_written_is_refused(tmp_path: Path, name: str, value: str) -> None:
    assert list(problems_of(tmp_path, **{name: value})) == [name]


def test_a_mail_server_needs_addresses(tmp_path: Path) -> None:
    assert list(problems_of(tmp_path, SMTP_HOST="smtp.example.com", SMTP_TO="a@example.com")) == ["SMTP_HOST"]
    addresses = {"SMTP_FROM": "bot@example.com", "SMTP_TO": "a@example.com; b@example.com"}
    assert written(tmp_path, SMTP_HOST="smtp.example.com", **addresses).smtp_to == ("a@example.com", "b@example.com")
