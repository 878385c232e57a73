"""Letters that look the same in Cyrillic and Latin are one letter to the person who typed them."""

import unicodedata

_FOLD = str.maketrans("АВЕЁКМНОРСТУХІЅЈ", "ABEEKMHOPCTYXISJ")


def fold(text: str) -> str:
    """Upper case in one alphabet wherever the letters look the same; folding twice changes nothing."""
    if text.isascii():
        return text.upper()
    composed = unicodedata.normalize("NFC", text)
    raised = unicodedata.normalize("NFC", composed.casefold().upper())
    return unicodedata.normalize("NFC", raised.translate(_FOLD))


def ascii_digits(text: str) -> str:
    """Decimal digits of any script (Arabic, full-width) as 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
