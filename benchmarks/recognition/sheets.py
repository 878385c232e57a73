"""A work order as it is printed: one A4 page with a Code 128 the way 1C prints it."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from dealer_bot.domain.code128 import modules_of

FONTS = Path("/usr/share/fonts/truetype/dejavu")
A4_MM = (210, 297)
_WORKS = (
    "Замена масла двигателя и фильтра",
    "Диагностика ходовой части",
    "Ремонт и окраска крыла переднего левого",
    "Замена тормозных колодок передних",
    "Мойка кузова",
    "Антикоррозионная обработка",
)


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What stands on the page; `plate` as people write it."""

    number: str
    barcode: str
    plate: str
    vehicle: str = ""
    client: str = ""


def font(size: int, name: str = "DejaVuSansCondensed") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


def printed(order: WorkOrder, dpi: int = 200, *, module_mm: float = 0.33, odd_first: bool = False) -> Image.Image:
    """The page, black on white. `module_mm`: the narrowest bar; 1C prints 0.25 to 0.4."""
    page = _Page(dpi)
    page.text(20, 18, f"Заказ-наряд № {order.number}", 7, bold=True)
    page.text(20, 28, "ООО «Автоцентр», сервисная станция, г. Минск", 3.4)
    page.barcode(order.barcode, 20, 38, module_mm, odd_first=odd_first)
    for row, (name, value) in enumerate(_fields(order)):
        page.text(20, 72 + row * 8, f"{name}:", 3.6)
        page.text(62, 72 + row * 8, value, 3.6, bold=True)
    page.table(20, 112, _WORKS)
    page.text(20, 190, "С перечнем работ, сроками и стоимостью ознакомлен. Претензий к комплектности не имею.", 3)
    page.text(20, 262, "Мастер ______________________", 3.6)
    page.text(115, 262, "Клиент ______________________", 3.6)
    return page.image


def _fields(order: WorkOrder) -> list[tuple[str, str]]:
    vehicle, client = order.vehicle or "—", order.client or "—"
    return [("Автомобиль", vehicle), ("Гос. номер", order.plate), ("Клиент", client), ("Причина", "Кузовной ремонт")]


class _Page:
    """Paper measured in millimetres."""

    def __init__(self, dpi: int) -> None:
        self._dot = dpi / 25.4
        width, height = (round(side * self._dot) for side in A4_MM)
        self.image = Image.new("L", (width, height), 255)
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, words: str, size: float, *, bold: bool = False) -> None:
        name = "DejaVuSansCondensed-Bold" if bold else "DejaVuSansCondensed"
        self._draw.text((x * self._dot, y * self._dot), words, 0, font(round(size * self._dot), name))

    def barcode(self, digits: str, x: float, y: float, module_mm: float, *, odd_first: bool) -> None:
        """A printer has whole dots: a module is as many of them as fit."""
        module, left, top = max(1, round(module_mm * self._dot)), round(x * self._dot), round(y * self._dot)
        modules = modules_of(digits, odd_first=odd_first)
        for place, black in enumerate(modules):
            if black:
                at = left + place * module
                self._draw.rectangle((at, top, at + module - 1, top + round(18 * self._dot)), 0)
        middle = (left + len(modules) * module / 2, top + 21 * self._dot)
        self._draw.text(middle, digits, 0, font(round(3.4 * self._dot)), anchor="mm")

    def table(self, x: float, y: float, rows: tuple[str, ...]) -> None:
        edges = (x, x + 10, x + 120, x + 145, x + 170)
        for row in range(len(rows) + 2):
            self._line(edges[0], y + row * 8, edges[-1], y + row * 8)
        for edge in edges:
            self._line(edge, y, edge, y + (len(rows) + 1) * 8)
        for row, words in enumerate(("Наименование работ", *rows)):
            self.text(x + 12, y + row * 8 + 2, words, 3.2, bold=row == 0)
            self.text(x + 123, y + row * 8 + 2, f"{row * 0.7 + 0.5:.1f}" if row else "Н/ч", 3.2)

    def _line(self, left: float, top: float, right: float, bottom: float) -> None:
        ends = (left * self._dot, top * self._dot, right * self._dot, bottom * self._dot)
        self._draw.line(ends, 0, max(1, round(0.25 * self._dot)))
