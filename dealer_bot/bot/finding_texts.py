"""What is said on the ways to an order."""

from dealer_bot.bot.dates import day_title, month_title
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.days import DayPage, Month, Served
from dealer_bot.domain.views import ReadingView
from dealer_bot.services.lookup import Found


def hits_text(t: Texts, found: Found, page: int) -> str:
    if not found.orders:
        return t("order-no-more")
    return t("order-page", page=page) if found.more or page > 1 else t("order-many", count=len(found.orders))


def month_text(t: Texts, month: Month) -> str:
    key = "calendar-month" if month.counts else "calendar-none"
    return t(key, month=month_title(month.first, t.language))


def day_text(t: Texts, page: DayPage) -> str:
    """A line an order: number, plate, vehicle, who served it last."""
    title = day_title(page.day, t.language)
    if not page.count:
        return t("day-empty", day=title)
    lines = [t("day-orders", day=title, count=page.count), *map(_line, page.served)]
    if page.pages > 1:
        lines.append(t("day-page", page=page.page, pages=page.pages))
    return "\n".join(lines)


def _line(served: Served) -> str:
    order = served.order
    return " · ".join(part for part in (order.number, order.plate, order.vehicle, served.by) if part)


def reading_text(t: Texts, view: ReadingView) -> str:
    """What became of a picture; after a miss one hint that fits its cause."""
    if view.sure is not None:
        if view.found == "sure_plate":
            return t("reading-sure-plate", plate=view.sure.plate or "", order=view.sure.number)
        return t("reading-sure", order=view.sure.number)
    if view.cause is not None:
        return f"{t(f'miss-{view.cause}')} {t('miss-kept-nowhere')}"
    return t(f"reading-{view.found}")
