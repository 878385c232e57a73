"""What an administrator taps."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from database.canned import Canned
from dealer_bot.bot.admin_callbacks import (
    AddReady,
    Administer,
    ChooseProtocol,
    CloseCase,
    ListFailures,
    ListPeople,
    ListReady,
    ListWaiting,
    OpenReady,
    PassToCare,
    ReadHistory,
    ReadProtocol,
    RemoveReady,
    ShowStorage,
    ShowToday,
    TakeProtocol,
    TurnWaiting,
    WriteAbout,
    WriteToClient,
)
from dealer_bot.bot.callbacks import WriteToCase
from dealer_bot.bot.keyboards import LABEL, order_label
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.services.protocols import Page, Spot

ADMINISTER = Administer().pack()
Button = tuple[str, CallbackData]


def menu(t: Texts, failed: int, waiting: int) -> InlineKeyboardMarkup:
    """`failed`: how many deliveries did not arrive; `waiting`: how many clients wait for an answer of care's."""
    who: list[Button] = [(t("admin-waiting", count=waiting), ListWaiting())] if waiting else []
    failures = t("admin-failures-count", count=failed) if failed else t("admin-failures")
    return rows(
        [(t("admin-people"), ListPeople(group="s")), (t("admin-protocols"), ChooseProtocol())],
        [(failures, ListFailures()), (t("admin-storage"), ShowStorage())],
        [(t("admin-today"), ShowToday()), (t("admin-ready"), ListReady())],
        who,
    )


def ready(t: Texts, kept: list[Canned]) -> InlineKeyboardMarkup:
    each: list[list[Button]] = [[(one.title, OpenReady(canned_id=one.id))] for one in kept]
    return rows(*each, [(t("ready-add"), AddReady()), back(t)])


def to_ready(t: Texts) -> InlineKeyboardMarkup:
    """A way out of what was asked, back to the answers."""
    return rows([(t("ready-back"), ListReady())])


def one_ready(t: Texts, canned_id: int) -> InlineKeyboardMarkup:
    return rows([(t("ready-remove"), RemoveReady(canned_id=canned_id)), (t("ready-back"), ListReady())])


def attention(t: Texts, message_id: int, client_id: int, order_id: int | None) -> InlineKeyboardMarkup:
    """`order_id`: whose talk it belongs to, None outside orders."""
    write: CallbackData = WriteToClient(person_id=client_id)
    if order_id:
        write = WriteAbout(order_id=order_id, person_id=client_id)
    return rows(
        [(t("attention-protocol"), ReadProtocol(order_id=order_id or 0))],
        [(t("attention-write"), write)],
        [(t("attention-care"), PassToCare(message_id=message_id))],
    )


def protocols(t: Texts, found: list[WorkOrder]) -> InlineKeyboardMarkup:
    named: list[list[Button]] = [[(_order_of(t, order), ReadProtocol(order_id=order.id))] for order in found]
    return rows(*named, [(t("protocol-outside-button"), ReadProtocol(order_id=0))], [back(t)])


def protocol(t: Texts, page: Page, *, has_menu: bool) -> InlineKeyboardMarkup:
    """Older to the left, newer to the right, as in a book; the whole of it as a file."""
    turns = [(t(f"page-{way}"), _turned(page, spot, way == "newer")) for way, spot in _spots(page)]
    if page.case_id is not None:
        own: list[list[Button]] = [[(_order_of(t, each), ReadProtocol(order_id=each.id))] for each in page.own_orders]
        close: list[Button] = [(t("key-case-close"), CloseCase(case_id=page.case_id))] if page.is_open_case else []
        answer, beside = WriteToCase(case_id=page.case_id), TurnWaiting(case_id=page.case_id)
        return rows(turns, *own, [(t("answer"), answer), (t("care-back"), beside)], close)
    whole: list[Button] = [
        (t("protocol-html"), TakeProtocol(order_id=page.scope.order_id or 0, as_page=True)),
        (t("protocol-text"), TakeProtocol(order_id=page.scope.order_id or 0, as_page=False)),
    ]
    return rows(turns, whole, [back(t)] if has_menu else [])


def back(t: Texts) -> Button:
    return t("admin-back"), Administer()


def rows(*buttons: list[Button]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=data.pack()) for text, data in row] for row in buttons if row
        ]
    )


def _spots(page: Page) -> list[tuple[str, Spot]]:
    return [(way, spot) for way, spot in (("older", page.older), ("newer", page.newer)) if spot is not None]


def _turned(page: Page, spot: Spot, newer: bool) -> CallbackData:
    if page.case_id is not None:
        return ReadHistory(case_id=page.case_id, message_id=spot.message_id, piece=spot.piece, newer=newer)
    return ReadProtocol(order_id=page.scope.order_id or 0, message_id=spot.message_id, piece=spot.piece, newer=newer)


def _order_of(t: Texts, order: WorkOrder) -> str:
    whole = order_label(order) if order.is_living else f"{order_label(order)} · {t('closed-mark')}"
    return whole if len(whole) <= LABEL else order.number
