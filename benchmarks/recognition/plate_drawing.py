"""Number plates as they are made: of five countries, on one line or on two, with the symbols of several fonts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from benchmarks.recognition.camera import Chance
from benchmarks.recognition.sheets import font

FONTS = ("DejaVuSansCondensed-Bold", "DejaVuSans-Bold", "DejaVuSansMono-Bold", "DejaVuSansCondensed")
_BELARUSIAN = "ABEIKMHOPCTX"
_LATIN = "ACEFGHJKLMNPRSTUVWXY"
_INK = "#15151a"


@dataclass(frozen=True, slots=True)
class Look:
    """Lines of symbols and the sheet's size in millimetres; `band`: a blue one with the country at its left."""

    lines: tuple[str, ...]
    size_mm: tuple[int, int] = (520, 112)
    band: str = ""
    has_flag: bool = False

    @property
    def text(self) -> str:
        return "".join(self.lines)


def some_plate(chance: Chance) -> str:
    """A Belarusian car's, as `1234AB-5`."""
    return f"{_digits(chance, 4)}{_letters(chance, 2)}-{chance.integers(1, 8)}"


def belarusian(plate: str, *, has_flag: bool = True) -> Look:
    return Look((f"{plate[:4]} {plate[4:]}",), has_flag=has_flag)


def _belarusian_square(chance: Chance) -> Look:
    plate = some_plate(chance)
    return Look((plate[:4], plate[4:]), (290, 170))


def _belarusian_motorcycle(chance: Chance) -> Look:
    plate = some_plate(chance)
    return Look((plate[:4], plate[4:]), (240, 165))


def _belarusian_lorry(chance: Chance) -> Look:
    return Look((f"{_letters(chance, 2)} {_digits(chance, 4)}-{chance.integers(1, 8)}",), has_flag=True)


def _russian(chance: Chance) -> Look:
    letters = _letters(chance, 3, "ABEKMHOPCTYX")
    region = str(chance.integers(1, 100)).zfill(2) if chance.random() < 0.6 else f"{chance.integers(100, 200)}"
    return Look((f"{letters[0]} {_digits(chance, 3)} {letters[1:]} {region}",))


def _russian_motorcycle(chance: Chance) -> Look:
    region = str(chance.integers(1, 100)).zfill(2)
    return Look((_digits(chance, 4), f"{_letters(chance, 2, 'ABEKMHOPCTYX')} {region}"), (245, 185))


def _polish(chance: Chance) -> Look:
    county = _letters(chance, int(chance.integers(2, 4)), _LATIN)
    ends_in_letter = len(county) == 3 and chance.random() < 0.5
    own = _digits(chance, 4) + _letters(chance, 1, _LATIN) if ends_in_letter else _digits(chance, 5)
    return Look((f"{county} {own}",), (520, 114), band="PL")


def _lithuanian(chance: Chance) -> Look:
    return Look((f"{_letters(chance, 3, _LATIN)} {_digits(chance, 3)}",), (520, 110), band="LT")


def _ukrainian(chance: Chance) -> Look:
    letters = _letters(chance, 4, "ABCEHIKMOPTX")
    return Look((f"{letters[:2]} {_digits(chance, 4)} {letters[2:]}",), band="UA")


OTHERS: dict[str, Callable[[Chance], Look]] = {
    "square": _belarusian_square,
    "motorcycle": _belarusian_motorcycle,
    "lorry": _belarusian_lorry,
    "Russia": _russian,
    "Russia, motorcycle": _russian_motorcycle,
    "Poland": _polish,
    "Lithuania": _lithuanian,
    "Ukraine": _ukrainian,
}


def drawn(look: Look, width: int = 1040, font_name: str = FONTS[0]) -> Image.Image:
    """The sheet, new and clean."""
    height = round(width * look.size_mm[1] / look.size_mm[0])
    image = Image.new("RGB", (width, height), "#f4f4f0")
    draw = ImageDraw.Draw(image)
    row_high = height // len(look.lines)
    edge = max(2, row_high // 28)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), row_high // 8, outline="#111111", width=edge)
    left = edge * 3
    if look.has_flag:
        _flag(draw, left, row_high)
    if look.band:
        draw.rectangle((edge, edge, row_high * 0.45, height - edge), "#0b3f9c")
        draw.text((row_high * 0.25, height * 0.78), look.band, "white", font(round(row_high * 0.22)), anchor="mm")
    if look.has_flag or look.band:
        left = round(row_high * 0.62)
    for row, line in enumerate(look.lines):
        _write(image, line, (left, row * row_high, width - edge * 4, (row + 1) * row_high), font_name)
    return image


def _write(image: Image.Image, line: str, box: Sequence[int], font_name: str) -> None:
    """Symbols as tall as the line has room for, not wider than it."""
    wide, high = box[2] - box[0], box[3] - box[1]
    letters = font(round(high * 0.74), font_name)
    mask = Image.new("L", (round(letters.getlength(line)) + 8, high), 0)
    ImageDraw.Draw(mask).text((4, high / 2), line, 255, letters, anchor="lm")
    mask = mask.resize((min(wide, round(mask.width * 1.15)), high))
    image.paste(_INK, (box[0] + (wide - mask.width) // 2, box[1]), mask)


def _flag(draw: ImageDraw.ImageDraw, left: int, height: int) -> None:
    box = (left, height * 0.2, left + height * 0.38, height * 0.5)
    draw.rectangle(box, "#c8313e")
    draw.rectangle((box[0], height * 0.42, box[2], box[3]), "#4aa657")
    draw.text((left + height * 0.19, height * 0.68), "BY", _INK, font(round(height * 0.24)), anchor="mm")


def _digits(chance: Chance, count: int) -> str:
    return "".join(map(str, chance.integers(0, 10, count)))


def _letters(chance: Chance, count: int, alphabet: str = _BELARUSIAN) -> str:
    return "".join(alphabet[at] for at in chance.integers(0, len(alphabet), count))
