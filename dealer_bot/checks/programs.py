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
_PACKAGES = (
    ("cv2", "фото не читаются", "photos are not read"),
    ("PIL", "фото не читаются", "photos are not read"),
    ("zxingcpp", "штрихкоды с фото читает только zbar", "barcodes are read from photos by zbar alone"),
    ("pytesseract", "госномера с фото не читаются", "plates are not read from photos"),
)
_OPENCV_WHEELS = {"opencv-python", "opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless"}


def look(settings: Settings) -> Iterator[Finding]:
    yield from _sqlite(sqlite3.sqlite_version_info)
    yield from readers_of_pictures(settings)


def readers_of_pictures(settings: Settings) -> Iterator[Finding]:
    """What barcodes and plates are read with."""
    yield _tesseract(settings.branch_tesseract)
    yield _zbar()
    yield from _packages()


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
        found = _is_installed("pyzbar")  # its wheel brings the library along
    else:
        found = _loads(ctypes.util.find_library("zbar") or "libzbar.so.0")
    if found:
        return good("zbar на месте", "zbar is there")
    how = "brew install zbar" if sys.platform == "darwin" else "sudo apt-get install libzbar0"
    return worth(
        f"zbar не найден, штрихкоды с фото читает только zxing-cpp: {how}",
        f"no zbar, barcodes are read from photos by zxing-cpp alone: {how}",
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _packages() -> Iterator[Finding]:
    wheels = sorted(_OPENCV_WHEELS & {str(wheel.name).lower() for wheel in metadata.distributions()})
    if len(wheels) > 1:
        names = ", ".join(wheels)
        yield worth(f"установлены сразу {names}: оставьте один", f"{names} are installed together: keep one")
    for package, russian, english in _PACKAGES:
        if not _is_installed(package):
            how = "pip install -r requirements.txt"
            yield worth(f"нет {package}, {russian}: {how}", f"no {package}, {english}: {how}")
