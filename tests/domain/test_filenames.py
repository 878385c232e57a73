"""The bot's own file names are harmless whatever people are called and whatever they send."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.filenames import LONGEST, media_name

MINSK = ZoneInfo("Europe/Minsk")
TAKEN_AT = int(datetime(2026, 11, 21, 11, 32, 5, tzinfo=UTC).timestamp() * 1000)
SAFE = re.compile(r"[0-9]{8}-[0-9]{6}_[^/\\<>:\"|?*\x00-\x1f\u202a-\u202e\u2066-\u2069]+_[0-9]{4,}\.[a-z0-9]{1,4}")


def test_a_name_says_when_in_the_dealerships_zone_by_whom_and_which() -> None:
    assert media_name(TAKEN_AT, MINSK, "Анна", 7, "jpg") == "20261121-143205_Анна_0007.jpg"


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        *(
            (None, "bot"),
            ("", "bot"),
            ("...", "bot"),
            ("CON", "bot"),
            ("nul.txt", "bot"),
            ("com1", "bot"),
            (" _ ", "bot"),
        ),
        *(("Анна Петровна", "Анна-Петровна"), ("../../etc", "etc"), ("a/b\\c", "a-b-c"), ("Анна\u202egpj", "Анна-gpj")),
        *(("Ann_a", "Ann-a"), ("Анна\n", "Анна"), ("\udcff", "bot")),
    ],
)
def test_an_author_is_made_safe(author: str | None, shown: str) -> None:
    assert media_name(TAKEN_AT, MINSK, author, 1, "jpg") == f"20261121-143205_{shown}_0001.jpg"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        *(("jpg", "jpg"), ("JPG", "jpg"), (".mp4", "mp4"), ("отчёт.PDF", "pdf"), ("../../x.jpg", "jpg")),
        *(
            ("a.jpg.exe", "bin"),
            ("exe", "bin"),
            ("", "bin"),
            ("lnk", "bin"),
            ("html", "bin"),
            ("js", "bin"),
            ("x.jpg/", "bin"),
        ),
    ],
)
def test_only_harmless_extensions_are_kept(sent: str, kept: str) -> None:
    assert media_name(TAKEN_AT, MINSK, "Анна", 1, sent).endswith(f"_0001.{kept}")


@given(st.integers(0, 4_000_000_000_000), st.text(), st.integers(1, 10**6), st.text())
def test_every_name_fits_and_is_one_plain_name(at: int, author: str, seq: int, ext: str) -> None:
    name = media_name(at, MINSK, author, seq, ext)
    assert len(f"{name}.part".encode()) <= LONGEST
    assert SAFE.fullmatch(name), name


def test_a_name_of_a_hundred_and_thirty_long_letters_fits() -> None:
    assert len(media_name(TAKEN_AT, MINSK, "Й" * 130, 1, "jpg").encode()) <= LONGEST
