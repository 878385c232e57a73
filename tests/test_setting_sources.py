"""Files and variables as people write them: read and never executed, or named with the line that is wrong."""

from pathlib import Path

import pytest

from dealer_bot.settings import SettingsError, load
from tests.written_settings import problems_of, written


def test_relative_paths_count_from_the_config_wherever_the_program_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    found = written(project, "BRANCH_PHOTO = 'orders'\nDATABASE_URL = 'sqlite:///data/b.sqlite3'", "SPOOL_DIR=spool")
    assert found.branch_photo == project / "orders"
    assert found.database_path == project / "data" / "b.sqlite3"
    assert found.spool_dir == project / "spool"


def test_config_is_read_and_never_executed(tmp_path: Path) -> None:
    witness = tmp_path / "executed"
    config = f"import pathlib\npathlib.Path({str(witness)!r}).touch()\nCLOSED_MARK = 'done'\n"
    assert written(tmp_path, config).closed_mark == "done"
    assert not witness.exists()


def test_a_value_that_would_need_executing_is_named_with_its_line(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "# first\nBRANCH_PHOTO = open('x').read()\nCLOSED_MARK = undefined\n")
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
    assert f"строка {line}" in problems_of(tmp_path, config)["config.py"]


def test_a_windows_path_is_taken_as_written(tmp_path: Path) -> None:
    config = "BRANCH_TESSERACT = r'C:\\Program Files\\Tesseract-OCR\\tesseract.exe'\n"
    assert written(tmp_path, config).branch_tesseract == r"C:\Program Files\Tesseract-OCR\tesseract.exe"


def test_a_windows_path_without_the_letter_r_is_noticed(tmp_path: Path) -> None:
    assert "r'" in problems_of(tmp_path, "BRANCH_PHOTO = 'D:\\new\\table'")["BRANCH_PHOTO"]


def test_a_file_saved_by_notepad_with_its_mark_is_read(tmp_path: Path) -> None:
    assert written(tmp_path, b"\xef\xbb\xbf" + "ORGANIZATION_NAME = 'Север'".encode()).organization_name == "Север"


def test_a_dotenv_saved_by_notepad_is_read_and_one_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("", encoding="utf-8")
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfBOT_TOKEN=42:TEST\r\nORGANIZATION_NAME='\xd0\xa1'\r\n")
    found = load(tmp_path / "config.py", {})
    assert (found.bot_token, found.organization_name) == ("42:TEST", "С")
    (tmp_path / ".env").write_bytes("ORGANIZATION_NAME=Север".encode("cp1251"))
    with pytest.raises(SettingsError, match=r"\.env"):
        load(tmp_path / "config.py", {})


def test_a_dotenv_with_a_windows_path_keeps_its_backslashes(tmp_path: Path) -> None:
    assert written(tmp_path, "", "BRANCH_TESSERACT=C:\\Tools\\new\\tesseract.exe").branch_tesseract == (
        "C:\\Tools\\new\\tesseract.exe"
    )


def test_a_duration_may_be_written_as_a_product(tmp_path: Path) -> None:
    assert written(tmp_path, "ORDER_IDLE = 2 * 60 * 60").order_idle_s == 7200


def test_the_desktops_own_list_of_languages_is_not_ours(tmp_path: Path) -> None:
    assert written(tmp_path, "LANGUAGE = 'ru'", LANGUAGE="en_US:en").language == "ru"
    assert written(tmp_path, "LANGUAGE = 'ru'", LANGUAGE="en").language == "en"


def test_a_misspelt_name_is_remembered_for_the_check(tmp_path: Path) -> None:
    found = written(tmp_path, "BRANCH_FOTO = 'x'", "ORDER_IDEL=5\nRESCAN=\n")
    assert found.unknown_names == (("BRANCH_FOTO", "config.py"), ("ORDER_IDEL", ".env"))


def test_a_config_that_was_asked_for_and_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent\.py"):
        load(tmp_path / "absent.py", {})


def test_a_line_of_the_env_file_that_says_nothing_is_named_without_its_text(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("", encoding="utf-8")
    (tmp_path / ".env").write_text("LANGUAGE=en\n42:SECRET token\n", encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load(tmp_path / "config.py", {})
    assert str(refused.value) == ".env: нужно ИМЯ=значение (строка 2)"
