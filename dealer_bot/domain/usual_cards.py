"""The card as the customer's own program writes it, read at one glance: a first start meets twenty thousand of them."""

import re

from dealer_bot.domain.phones import Phone, phone_of_field

_GAP = r"[ \t\r\n]*"
_FIELDS = (
    ("order", "[0-9A-Za-z]{1,64}"),
    ("barcode", "[0-9]{1,128}"),
    ("phone", r"\+[0-9]{7,15}"),
    ("plate_number", "[0-9]{4} [A-ZА-Я]{2}-[0-9]"),
)
_PAIRS = f"{_GAP},{_GAP}".join(f'"{key}"{_GAP}:{_GAP}"({value})"' for key, value in _FIELDS)
_USUAL = re.compile(rf"\{{{_GAP}{_PAIRS}{_GAP}\}}{_GAP}")
"""Each key once and in this order, values without an escape or a letter that needs a second thought."""


def read_usual_card(data: bytes, folder_number: str, region: str) -> tuple[str, str, str, str] | None:
    """Number, barcode, phone (E.164) and plate; None if anything at all is unusual: then the card is read with care."""
    try:
        found = _USUAL.fullmatch(data.decode())
    except UnicodeDecodeError:
        return None
    if found is None or found[1] != folder_number:
        return None
    number, barcode, written, plate = found.groups()
    phone = phone_of_field(written, region)
    return (number, barcode, phone.e164, plate) if isinstance(phone, Phone) else None
