"""The plates of five countries, as data: a new country is a few lines here."""

from dataclasses import dataclass
from string import ascii_uppercase

BELARUSIAN = "ABEIKMHOPCTX"
"""The letters of Belarusian plates: those that Cyrillic and Latin share."""

_RUSSIAN, _UKRAINIAN = "ABEKMHOPCTYX", "ABCEHIKMOPTX"


@dataclass(frozen=True, slots=True)
class Form:
    """A plate's pattern: `d` a digit, `L` one of `letters`, `r` a region of Belarus, all else itself.

    `cost` of being seldom here: what may be two forms is the usual one.
    """

    country: str
    pattern: str
    letters: str
    cost: float = 0.0


REGIONS = "12345670"
"""0 are the plates of the armed forces."""


def _forms(country: str, letters: str, cost: float, *patterns: str) -> tuple[Form, ...]:
    return tuple(Form(country, pattern, letters, cost) for pattern in patterns)


FORMS = (
    *_forms("BY", BELARUSIAN, 0.0, "ddddLLr"),  # cars, motorcycles
    *_forms("BY", BELARUSIAN, 0.4, "LLddddr", "LddddLr", "EdddLLr", "dTAXdddd"),  # lorries, trailers, electric, taxis
    *_forms("RU", _RUSSIAN, 0.1, "LdddLLdd", "LdddLLddd", "ddddLLdd"),  # cars, motorcycles
    *_forms("RU", _RUSSIAN, 0.4, "LLdddddd", "LLddddd"),  # trailers, taxis
    *_forms("PL", ascii_uppercase, 0.3, "LLddddd", "LLddddL", "LLdddLL", "LLdLddd", "LLdLLdd"),
    *_forms("PL", ascii_uppercase, 0.3, "LLLddddd", "LLLddddL", "LLLdddLL", "LLLLddd", "LLLddLL", "LLLdLdd", "LLLddLd"),
    *_forms("UA", _UKRAINIAN, 0.2, "LLddddLL"),
    *_forms("LT", ascii_uppercase, 0.4, "LLLddd", "EVdddd"),
)
