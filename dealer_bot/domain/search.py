"""What an order is found by, and what a person typed to find it, in one spelling."""

from collections.abc import Iterable
from dataclasses import dataclass

from dealer_bot.domain.lookalikes import ascii_digits, fold
from dealer_bot.domain.plates import plate_key

TRIGRAM = 3
"""Characters: the index knows nothing shorter."""

# A phone is found by its last digits only, while all else is found anywhere: in the index its digits are written with
# letters of their own and an end mark, so that "177" meets a phone only as "177, end".
_PHONE_DIGITS = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
_PHONE_END = "■"


@dataclass(frozen=True, slots=True)
class Needle:
    """A typed fragment: `text` for numbers and names, `compact` for plates, `digits` for the end of a phone."""

    text: str
    compact: str
    digits: str

    @classmethod
    def of(cls, fragment: str) -> "Needle":
        text = " ".join(fold(ascii_digits(fragment)).replace("\0", " ").split())
        compact = plate_key(text)
        is_phone = all(char.isdigit() or char in "+-() " for char in text)
        return cls(text, compact, "".join(filter(str.isdigit, text)) if is_phone else "")

    @property
    def is_short(self) -> bool:
        return len(self.compact) < TRIGRAM

    @property
    def likes(self) -> tuple[str, str]:
        """Patterns for LIKE with `!` as the escape, for what is too short for the index."""
        return _like(self.text), _like(self.compact or self.text)

    @property
    def match(self) -> str:
        """The question to the index: any of the three spellings."""
        return any_of(self.spellings)

    @property
    def wholes(self) -> list[str]:
        """How a name, or a plate, stands in an order's line if it is just this."""
        return [f"\n{spelling}\n" for spelling in dict.fromkeys((self.text, self.compact)) if spelling]

    def meets(self, words: str) -> bool:
        """Whether the line of an order answers it: what the index says, without the index."""
        return any(one in words for one in self.spellings)

    @property
    def spellings(self) -> list[str]:
        if self.is_short:
            return [self.text, self.compact or self.text]
        asked = [self.text] if len(self.text) >= TRIGRAM else []
        asked += [self.compact] if self.compact != self.text else []
        if len(self.digits) >= TRIGRAM:
            asked.append(_phone_words(self.digits))
        return asked


def any_of(spellings: Iterable[str]) -> str:
    """The question to the index for any of these."""
    return " OR ".join('"' + each.replace('"', '""') + '"' for each in spellings)


def words_of(number_key: str, plate_key: str | None, client_name: str | None, phone: str | None) -> str:
    """The line of the index that an order is found by; `phone` is E.164."""
    name = " ".join(fold(client_name).split()) if client_name else ""
    return "\n".join((number_key, plate_key or "", name, _phone_words(phone[1:]) if phone else ""))


def _phone_words(digits: str) -> str:
    return digits.translate(_PHONE_DIGITS) + _PHONE_END


def _like(text: str) -> str:
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
