"""Programs and libraries beside Python's own; without those that read pictures all else works."""

import ctypes
import ctypes.util
import importlib.util
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata

from dealer_bot.checks.finding import Finding, bad, good, worth
from dealer_bot.settings import Settings

_LEAST_SQLITE = (3, 34)  # FTS5 with trigrams
_LANGUAGES = {"eng", "rus"}
_GET_TESSERACT = {
    "win32": "https://github.com/UB-Mannheim/tesseract/wiki, BRANCH_TESSERACT",
    "darwin": "brew install tesseract tesseract-lang",
}
_OPENCV_WHEELS = {"opencv-python", "opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless"}


def look(settings: Settings) -> Iterator[Finding]:
    yield from _sqlite(sqlite3.sqlite_version_info)
    yield _tesseract(settings.branch_tesseract)
    yield _zbar()
    yield from _opencv()


def _sqlite(version: tuple[int, ...]) -> Iterator[Finding]:
    if version < _LEAST_SQLITE:
        least, found = ".".join(map(str, _LEAST_SQLITE)), ".".join(map(str, version))
        yield bad(
            f"SQLite этого Python слишком старая: {found}, нужна {least}; поставьте Python новее",
            f"this Python's SQLite is too old: {found}, {least} is needed; install a newer Python",
        )


def _tesseract(configured: str) -> Finding:
    program = shutil.which(configured or "tesseract")
    if program is None:
        where = configured or "PATH"
        return _no_plates(f"tesseract не найден ({where})", f"tesseract was not found ({where})")
    try:
        answer = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return _no_plates(f"{program} не запускается", f"{program} does not run")
    missing = ", ".join(sorted(_LANGUAGES - set(answer.stdout.decode(errors="replace").split())))
    if missing:
        return _no_plates(f"у tesseract нет языков: {missing}", f"tesseract lacks languages: {missing}")
    return good(f"tesseract: {program}", f"tesseract: {program}")


def _no_plates(russian: str, english: str) -> Finding:
    how = _GET_TESSERACT.get(sys.platform, "sudo apt-get install tesseract-ocr tesseract-ocr-rus")
    return worth(
        f"{russian}, госномера с фото не читаются: {how}", f"{english}, plates are not read from photos: {how}"
    )


def _zbar() -> Finding:
    if sys.platform == "win32":
        found = importlib.util.find_spec("pyzbar") is not None  # its wheel brings the library along
    else:
        found = ctypes.util.find_library("zbar") is not None or _loads("libzbar.so.0")
    if found:
        return good("zbar на месте", "zbar is there")
    how = "brew install zbar" if sys.platform == "darwin" else "sudo apt-get install libzbar0"
    return worth(
        f"zbar не найден, штрихкоды с фото не читаются: {how}", f"no zbar, barcodes are not read from photos: {how}"
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _opencv() -> Iterator[Finding]:
    wheels = sorted(_OPENCV_WHEELS & {str(wheel.name).lower() for wheel in metadata.distributions()})
    if len(wheels) > 1:
        names = ", ".join(wheels)
        yield worth(f"установлены сразу {names}: оставьте один", f"{names} are installed together: keep one")
    if importlib.util.find_spec("cv2") is None:
        how = "pip install -r requirements.txt"
        yield worth(f"нет cv2, фото не читаются: {how}", f"no cv2, photos are not read: {how}")
