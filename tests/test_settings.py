"""What the dealership writes is understood, or named with what it should be."""

from pathlib import Path

import pytest

from dealer_bot import settings as settings_module
from dealer_bot.settings import Settings, SettingsError, load


def _load(folder: Path, config: str | bytes = "", dotenv: str = "", **environ: str) -> Settings:
    (folder / "config.py").write_bytes(config.encode() if isinstance(config, str) else config)
    (folder / ".env").write_text(dotenv, encoding="utf-8")
    return load(folder / "config.py", environ)


def _problems(folder: Path, config: str | bytes = "", dotenv: str = "", **environ: str) -> dict[str, str]:
    with pytest.raises(SettingsError) as refused:
        _load(folder, config, dotenv, **environ)
    return {problem.name: str(problem) for problem in refused.value.problems}


def test_an_empty_config_gives_the_promised_defaults(tmp_path: Path) -> None:
    found = _load(tmp_path)
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
    with_file, without = _load(first, shipped), _load(second)
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
    found = _load(tmp_path, config, dotenv, ORGANIZATION_NAME="environ")
    assert (found.organization_name, found.closed_mark, found.client_folder) == ("environ", "dotenv", "config")


def test_an_empty_variable_leaves_what_the_config_says(tmp_path: Path) -> None:
    assert _load(tmp_path, 'CLOSED_MARK = "done"', "CLOSED_MARK=", CLOSED_MARK=" ").closed_mark == "done"


def test_stages_keep_their_order_also_from_json(tmp_path: Path) -> None:
    found = _load(tmp_path, TYPE_ORDER='{"B": "Второй", "A": "Первый", "Service": "Скрытый"}')
    assert [(stage.folder, stage.label) for stage in found.stages] == [
        ("B", "Второй"),
        ("A", "Первый"),
        ("Service", "Скрытый"),
    ]


def test_all_wrong_settings_are_named_at_once_with_what_they_should_be(tmp_path: Path) -> None:
    problems = _problems(
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
    assert "TYPE_ORDER" in _problems(tmp_path, SERVICE_STAGE="service")["SERVICE_STAGE"]


@pytest.mark.parametrize(
    "folder",
    ["", ".", "..", "a/b", "a\\b", "a:b", "CON", "com1.txt", ".dealer_bot", "Body.", "Body ", "a\x07", "x" * 65],
)
def test_a_stage_that_is_no_safe_folder_name_is_refused(tmp_path: Path, folder: str) -> None:
    assert "TYPE_ORDER" in _problems(tmp_path, f"TYPE_ORDER = { ({folder: 'Надпись', 'Service': 'С'})!r}")


@pytest.mark.parametrize("second", ["body", "Body", "BODY"])
def test_stages_that_differ_by_case_alone_are_refused(tmp_path: Path, second: str) -> None:
    assert "TYPE_ORDER" in _problems(tmp_path, f"TYPE_ORDER = {{'Body': 'а', '{second}': 'б', 'Service': 'в'}}")


def test_two_stages_with_one_label_are_refused(tmp_path: Path) -> None:
    assert "TYPE_ORDER" in _problems(tmp_path, "TYPE_ORDER = {'Body': 'Кузов', 'Service': 'кузов'}")


@pytest.mark.parametrize("value", ["{}", "[]", "{'a': ''}", "{'a': 1}", "{1: 'a'}", "5", "'{'", "'[]'"])
def test_stages_that_are_no_list_of_names_and_labels_are_refused(tmp_path: Path, value: str) -> None:
    assert "TYPE_ORDER" in _problems(tmp_path, f"TYPE_ORDER = {value}")


def test_the_clients_folder_is_none_of_the_stages(tmp_path: Path) -> None:
    assert "CLIENT_FOLDER" in _problems(tmp_path, CLIENT_FOLDER="bODY")
    assert "CLIENT_FOLDER" in _problems(tmp_path, CLIENT_FOLDER=".dealer_bot")


@pytest.mark.parametrize("mark", ["", "x", "12", "123", "a/b"])
def test_a_closing_word_that_would_close_everything_is_refused(tmp_path: Path, mark: str) -> None:
    assert "CLOSED_MARK" in _problems(tmp_path, f"CLOSED_MARK = {mark!r}")


def test_postgresql_is_answered_with_later(tmp_path: Path) -> None:
    assert "позже" in _problems(tmp_path, DATABASE_URL="postgresql://me:secret@host/base")["DATABASE_URL"]


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite:///:memory:", "sqlite://x", "database.sqlite3", "mysql://x/y"])
def test_a_database_that_is_no_file_is_refused(tmp_path: Path, url: str) -> None:
    assert "DATABASE_URL" in _problems(tmp_path, DATABASE_URL=url)


def test_neither_database_nor_spool_may_lie_in_the_store(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        BRANCH_PHOTO=str(tmp_path / "store"),
        SPOOL_DIR=str(tmp_path / "else" / ".." / "store" / "spool"),
        DATABASE_URL=f"sqlite:///{tmp_path}/store/base.sqlite3",
    )
    assert set(problems) == {"DATABASE_URL", "SPOOL_DIR"}


def test_relative_paths_count_from_the_config_wherever_the_program_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    found = _load(project, "BRANCH_PHOTO = 'orders'\nDATABASE_URL = 'sqlite:///data/b.sqlite3'", "SPOOL_DIR=spool")
    assert found.branch_photo == project / "orders"
    assert found.database_path == project / "data" / "b.sqlite3"
    assert found.spool_dir == project / "spool"


def test_config_is_read_and_never_executed(tmp_path: Path) -> None:
    witness = tmp_path / "executed"
    config = f"import pathlib\npathlib.Path({str(witness)!r}).touch()\nCLOSED_MARK = 'done'\n"
    assert _load(tmp_path, config).closed_mark == "done"
    assert not witness.exists()


def test_a_value_that_would_need_executing_is_named_with_its_line(tmp_path: Path) -> None:
    problems = _problems(tmp_path, "# first\nBRANCH_PHOTO = open('x').read()\nCLOSED_MARK = undefined\n")
    assert "строка 2" in problems["BRANCH_PHOTO"]
    assert "строка 3" in problems["CLOSED_MARK"]


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ("LANGUAGE = 'ru'\nCLOSED_MARK = 'done\n", 2),
        ("# one\n# two\nTYPE_ORDER = {'a': 'b'\nLANGUAGE = 'ru'\n", 3),
        ("LANGUAGE = 'ru'\nBRANCH_PHOTO = 'C:\\Users\\me'\n", 2),
        ("LANGUAGE = 'ru'\n# ok\nORGANIZATION_NAME = 'Автоцентр'\n".encode("cp1251"), 3),
        (b"\x00\x00", 1),
    ],
)
def test_a_broken_config_is_named_with_its_line(tmp_path: Path, config: str | bytes, line: int) -> None:
    assert f"строка {line}" in _problems(tmp_path, config)["config.py"]


def test_a_windows_path_is_taken_as_written(tmp_path: Path) -> None:
    config = "BRANCH_TESSERACT = r'C:\\Program Files\\Tesseract-OCR\\tesseract.exe'\n"
    assert _load(tmp_path, config).branch_tesseract == r"C:\Program Files\Tesseract-OCR\tesseract.exe"


def test_a_windows_path_without_the_letter_r_is_noticed(tmp_path: Path) -> None:
    assert "r'" in _problems(tmp_path, "BRANCH_PHOTO = 'D:\\new\\table'")["BRANCH_PHOTO"]


def test_a_file_saved_by_notepad_with_its_mark_is_read(tmp_path: Path) -> None:
    assert _load(tmp_path, b"\xef\xbb\xbf" + "ORGANIZATION_NAME = 'Север'".encode()).organization_name == "Север"


def test_a_dotenv_saved_by_notepad_is_read_and_one_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("", encoding="utf-8")
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfBOT_TOKEN=42:TEST\r\nORGANIZATION_NAME='\xd0\xa1'\r\n")
    found = load(tmp_path / "config.py", {})
    assert (found.bot_token, found.organization_name) == ("42:TEST", "С")
    (tmp_path / ".env").write_bytes("ORGANIZATION_NAME=Север".encode("cp1251"))
    with pytest.raises(SettingsError, match=r"\.env"):
        load(tmp_path / "config.py", {})


def test_a_dotenv_with_a_windows_path_keeps_its_backslashes(tmp_path: Path) -> None:
    assert _load(tmp_path, "", "BRANCH_TESSERACT=C:\\Tools\\new\\tesseract.exe").branch_tesseract == (
        "C:\\Tools\\new\\tesseract.exe"
    )


def test_a_duration_may_be_written_as_a_product(tmp_path: Path) -> None:
    assert _load(tmp_path, "ORDER_IDLE = 2 * 60 * 60").order_idle_s == 7200


def test_admin_ids_are_taken_as_numbers_text_or_list(tmp_path: Path) -> None:
    assert _load(tmp_path, ADMIN_IDS=" 12, 34,12,").admin_ids == (12, 34)
    assert _load(tmp_path, "ADMIN_IDS = [12, '34']").admin_ids == (12, 34)
    assert _load(tmp_path, "ADMIN_IDS = 12").admin_ids == (12,)


@pytest.mark.parametrize("value", ["-5", "0", "1.5", "99999999999999999999", "9" * 5000])
def test_an_admin_id_that_is_no_telegram_id_is_refused(tmp_path: Path, value: str) -> None:
    assert "ADMIN_IDS" in _problems(tmp_path, ADMIN_IDS=value)


def test_a_token_in_the_config_is_refused_without_repeating_it(tmp_path: Path) -> None:
    text = _problems(tmp_path, "BOT_TOKEN = '123456789:SECRET'")["BOT_TOKEN"]
    assert ".env" in text
    assert "SECRET" not in text


def test_neither_token_nor_proxy_password_is_ever_shown(tmp_path: Path) -> None:
    found = _load(tmp_path, BOT_TOKEN="42:TEST", PROXY_URL="socks5://me:hidden@host:1080")
    assert found.bot_token == "42:TEST"
    assert "TEST" not in repr(found)
    assert "hidden" not in repr(found)
    problems = _problems(tmp_path, BOT_TOKEN="42 SECRET", PROXY_URL="ftp://me:hidden@host:1080")
    assert set(problems) == {"BOT_TOKEN", "PROXY_URL"}
    assert "SECRET" not in str(problems)
    assert "hidden" not in str(problems)


def test_the_desktops_own_list_of_languages_is_not_ours(tmp_path: Path) -> None:
    assert _load(tmp_path, "LANGUAGE = 'ru'", LANGUAGE="en_US:en").language == "ru"
    assert _load(tmp_path, "LANGUAGE = 'ru'", LANGUAGE="en").language == "en"


def test_a_local_api_server_needs_an_address(tmp_path: Path) -> None:
    assert "TELEGRAM_API_LOCAL" in _problems(tmp_path, TELEGRAM_API_LOCAL="yes")
    found = _load(tmp_path, TELEGRAM_API_LOCAL="yes", TELEGRAM_API_URL="http://127.0.0.1:8081/")
    assert (found.telegram_api_local, found.telegram_api_url) == (True, "http://127.0.0.1:8081")
    assert found.telegram_api_files is None


def test_a_folder_of_the_api_server_needs_that_server(tmp_path: Path) -> None:
    assert "TELEGRAM_API_FILES" in _problems(tmp_path, TELEGRAM_API_FILES="/srv/api")
    own = {"TELEGRAM_API_LOCAL": "yes", "TELEGRAM_API_URL": "http://127.0.0.1:8081"}
    assert _load(tmp_path, TELEGRAM_API_FILES="/srv/api", **own).telegram_api_files == Path("/srv/api")


def test_names_that_come_later_are_taken_and_ignored(tmp_path: Path) -> None:
    assert _load(tmp_path, "REDIS_URL = 'redis://x'\nHTTP_PORT = 8080").unknown_names == ()


def test_a_misspelt_name_is_remembered_for_the_check(tmp_path: Path) -> None:
    found = _load(tmp_path, "BRANCH_FOTO = 'x'", "ORDER_IDEL=5\nRESCAN=\n")
    assert found.unknown_names == (("BRANCH_FOTO", "config.py"), ("ORDER_IDEL", ".env"))


def test_a_config_that_was_asked_for_and_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent\.py"):
        load(tmp_path / "absent.py", {})


def test_a_country_that_has_no_phones_is_refused(tmp_path: Path) -> None:
    assert "PHONE_REGION" in _problems(tmp_path, PHONE_REGION="XX")


def test_a_line_of_the_env_file_that_says_nothing_is_named_without_its_text(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("", encoding="utf-8")
    (tmp_path / ".env").write_text("LANGUAGE=en\n42:SECRET token\n", encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load(tmp_path / "config.py", {})
    assert str(refused.value) == ".env: нужно ИМЯ=значение (строка 2)"
