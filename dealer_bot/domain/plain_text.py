"""Bytes to text: UTF-8, UTF-16, cp1251; text that was decoded wrongly somewhere on its way is refused."""

import codecs
import re
import unicodedata
from itertools import pairwise

_SLAVIC = frozenset("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяЁёІіЎўЇїЄєҐґ")
_TYPOGRAPHY = frozenset("№«»“”„‘’–—…°§\u00a0•")
NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that nobody writes and no screen shows: control, direction, private, lone surrogates."""

_PLAIN = re.compile(r"[ -~А-я]*")
"""Letters that are no continuation of a UTF-8 character in any wrong reading of it."""

_OURS = re.compile(r"[ -~А-яЁёІіЎў№«»—–]*")
_MARKS_OF_16_BITS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINES = str.maketrans("\t\r\n", "   ")
_WRONG_READINGS = ("cp1251", "latin-1", "cp1252")


class Undecodable(Exception):
    """No encoding gives plausible text."""


def decoded(data: bytes) -> str:
    """The text of a file. Raises Undecodable."""
    if b"\0" in data[:2] and not data.startswith(_MARKS_OF_16_BITS):
        return _strictly(data, "utf-16-be" if data.startswith(b"\0") else "utf-16-le")
    if data.startswith(b"{"):  # no mark of any encoding: the usual card
        try:
            return _strictly(data, "utf-8")
        except Undecodable:
            return _legacy(data)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Undecodable
    if data.startswith(_MARKS_OF_16_BITS):
        return _strictly(data, "utf-16")
    try:
        return _strictly(data, "utf-8-sig")
    except Undecodable:
        return _legacy(data)


def is_plausible(text: str) -> bool:
    """Whether a person may have written this: no control characters, no traces of a wrong decoding."""
    if text.isascii():
        return text.isprintable() or is_showable(text.translate(_LINES))
    if _PLAIN.fullmatch(text):
        return True
    if _OURS.fullmatch(text):
        return not _is_misread_utf8(text, "cp1251")
    if "\ufffd" in text or not is_showable(text.translate(_LINES)):
        return False
    return not any(_is_misread_utf8(text, encoding) for encoding in _WRONG_READINGS)


def is_showable(text: str) -> bool:
    """No control, direction or private characters, no bytes that are no text."""
    return (text.isascii() and text.isprintable()) or not any(unicodedata.category(char) in NO_TEXT for char in text)


def shown(text: str) -> str:
    """The text as one line that can do nothing to a terminal: what can't be seen is a mark."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise Undecodable from error
    if "\0" in text:
        raise Undecodable
    return text


def _legacy(data: bytes) -> str:
    """cp1251, if every letter is one of our languages': anything else shows up as letters nobody here uses."""
    text = _strictly(data, "cp1251")
    if all(char.isascii() or char in _SLAVIC or char in _TYPOGRAPHY for char in text) and not _has_utf8_pairs(data):
        return text
    raise Undecodable


def _has_utf8_pairs(data: bytes) -> bool:
    """Whether these bytes look like UTF-8 with a damaged place: Cyrillic then comes in pairs of D0/D1 and a tail."""
    high = sum(byte >= 0x80 for byte in data)
    pairs = sum(first in (0xD0, 0xD1) and 0x80 <= second < 0xC0 for first, second in pairwise(data))
    return pairs * 3 > high


def _is_misread_utf8(text: str, encoding: str) -> bool:
    try:
        return text.encode(encoding).decode("utf-8") != text
    except UnicodeError:
        return False
