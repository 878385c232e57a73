"""Buttons: verbs or things, two a row at most where they are long."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from dealer_bot.bot.admin_callbacks import ReadHistory
from dealer_bot.bot.callbacks import (
    DropHeld,
    EnterStage,
    Invite,
    MoveBurst,
    MoveElsewhere,
    PauseReceiving,
    PlaceHeld,
    PlaceWaiting,
    Repeat,
    RepeatOne,
    Resume,
    ResumeReceiving,
    ShowPhone,
    Speak,
    TakeBack,
    TakeWaiting,
    WriteToCase,
    WrongCar,
    WrongPlace,
)
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.views import CardView, HoldView, Spot, StatusView

LABEL = 36
"""Letters of a button that has its row to itself: about what a phone of 360 points shows whole."""

SHORTEST_NAME = 14


def label(name: str, *about: str) -> str:
    """What tells it apart stays whole: of a long name the end goes, of what is said beside it what does not fit."""
    told = ""
    for each in filter(None, about):
        if len(told) + len(each) + 3 <= LABEL - min(len(name), SHORTEST_NAME):
            told += f" · {each}"
    return f"{name}{told}" if len(name) + len(told) <= LABEL else f"{name[: LABEL - len(told) - 1]}…{told}"


def contact(t: Texts) -> ReplyKeyboardMarkup:
    button = KeyboardButton(text=t("contact-button"), request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)


def working(t: Texts) -> ReplyKeyboardMarkup:
    row = [KeyboardButton(text=t(key)) for key in ("key-order", "key-stage", "key-leave")]
    return ReplyKeyboardMarkup(keyboard=[row], resize_keyboard=True, is_persistent=True)


def card(t: Texts, view: CardView) -> InlineKeyboardMarkup:
    stages = [
        InlineKeyboardButton(
            text=f"🔒 {label}" if hidden else label,
            callback_data=EnterStage(order_id=view.order_id, stage=code, seen=view.seen).pack(),
        )
        for code, label, hidden in view.stages
    ]
    text = t("card-wrong" if view.stages else "hold-other")
    wrong = InlineKeyboardButton(text=text, callback_data=WrongCar().pack())
    return InlineKeyboardMarkup(inline_keyboard=[*_rows(stages), [wrong]])


def back_to(t: Texts, order: WorkOrder) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(
        text=t("order-back", order=order.number), callback_data=Resume(order_id=order.id).pack()
    )
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def answer(t: Texts, order_id: int) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=t("answer"), callback_data=Resume(order_id=order_id).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def invitation(t: Texts, order_id: int) -> InlineKeyboardMarkup:
    return _pair(t, ("invite", Invite(order_id=order_id)))


def pinned(t: Texts, order_id: int) -> InlineKeyboardMarkup:
    return _pair(t, ("invite", Invite(order_id=order_id)), ("phone-show", ShowPhone(order_id=order_id)))


def answer_case(t: Texts, case_id: int) -> InlineKeyboardMarkup:
    return _pair(t, ("answer", WriteToCase(case_id=case_id)), ("case-history", ReadHistory(case_id=case_id)))


def waiting_media(t: Texts, order_id: int, stage: str) -> InlineKeyboardMarkup:
    yes, no = (PlaceWaiting(keep=keep, order_id=order_id, stage=stage) for keep in (True, False))
    return _pair(t, ("waiting-media-yes", yes), ("waiting-media-no", no))


def question(t: Texts, view: HoldView) -> InlineKeyboardMarkup | None:
    """Where it belongs: what the question names, other orders, another one, or nowhere."""
    if not view.is_open:
        return None
    is_yes = view.kind == "idle"
    rows = [
        [_held(view, each, t("hold-yes", order=each.number) if is_yes else spot_label(each))] for each in view.spots
    ]
    rows += [[_held(view, each, spot_label(each))] for each in view.others]
    is_first = view.kind == "no_order" and not rows
    other = t("hold-choose" if is_first else "hold-other")
    rows.append([InlineKeyboardButton(text=other, callback_data=WrongCar().pack())])
    if view.kind in ("no_order", "closed"):
        drop = DropHeld(hold_id=view.hold_id).pack()
        rows[-1].append(InlineKeyboardButton(text=t("waiting-media-no"), callback_data=drop))
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _held(view: HoldView, spot: Spot, text: str) -> InlineKeyboardButton:
    data = PlaceHeld(hold_id=view.hold_id, order_id=spot.order_id, stage=spot.stage_code)
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def spot_label(spot: Spot) -> str:
    return " · ".join(part for part in (spot.number, spot.plate, spot.stage) if part)


def status(t: Texts, view: StatusView) -> InlineKeyboardMarkup | None:
    """Second thoughts about a burst, and an invitation for a client who is not there to see it."""
    if view.order_id is None:
        return None
    row = [InlineKeyboardButton(text=t("wrong-place"), callback_data=WrongPlace(burst_id=view.burst_id).pack())]
    if view.may_be_recalled:
        data = TakeBack(burst_id=view.burst_id).pack()
        row.insert(0, InlineKeyboardButton(text=t("take-back"), callback_data=data))
    return InlineKeyboardMarkup(inline_keyboard=[row, *_beside_burst(t, view, view.order_id)])


def _beside_burst(t: Texts, view: StatusView, order_id: int) -> list[list[InlineKeyboardButton]]:
    """What may be done about a burst that does not arrive."""
    waits, rows = dict(view.waits), []
    if "unknown" in waits or "unknown" in dict(view.taken_back):
        rows += _pair(t, ("repeat", Repeat(burst_id=view.burst_id))).inline_keyboard
    if "blocked" in waits:
        rows += _pair(t, ("phone-show", ShowPhone(order_id=order_id))).inline_keyboard
    elif "not_connected" in waits:
        rows += invitation(t, order_id).inline_keyboard
    return rows


def repeat_one(t: Texts, outbox_id: int) -> InlineKeyboardMarkup:
    return _pair(t, ("repeat", RepeatOne(outbox_id=outbox_id)))


def places_for(t: Texts, burst_id: int, spots: tuple[Spot, ...]) -> InlineKeyboardMarkup:
    """Where a burst belongs: orders he was in lately, other stages, or another order."""
    rows = [[_moves(burst_id, each, spot_label(each))] for each in spots]
    other = InlineKeyboardButton(text=t("hold-other"), callback_data=MoveElsewhere(burst_id=burst_id).pack())
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [other]])


def move_here(t: Texts, burst_id: int, order_id: int, stage: str) -> InlineKeyboardMarkup:
    return _pair(t, ("move-here", MoveBurst(burst_id=burst_id, order_id=order_id, stage=stage)))


def _moves(burst_id: int, spot: Spot, text: str) -> InlineKeyboardButton:
    data = MoveBurst(burst_id=burst_id, order_id=spot.order_id, stage=spot.stage_code)
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def stop_really(t: Texts) -> InlineKeyboardMarkup:
    return _pair(t, ("stop-yes", PauseReceiving(really=True)), ("stop-no", PauseReceiving(really=False)))


def resume_receiving(t: Texts) -> InlineKeyboardMarkup:
    return _pair(t, ("resume", ResumeReceiving()))


def take_waiting(t: Texts) -> InlineKeyboardMarkup:
    return _pair(t, ("waiting-yes", TakeWaiting(wanted=True)), ("waiting-no", TakeWaiting(wanted=False)))


def _pair(t: Texts, *buttons: tuple[str, CallbackData]) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=t(key), callback_data=data.pack()) for key, data in buttons]
    return InlineKeyboardMarkup(inline_keyboard=[row])


def languages() -> InlineKeyboardMarkup:
    names = {"ru": "Русский", "en": "English"}
    row = [InlineKeyboardButton(text=name, callback_data=Speak(language=code).pack()) for code, name in names.items()]
    return InlineKeyboardMarkup(inline_keyboard=[row])


def order_label(order: WorkOrder) -> str:
    return f"{order.number} · {order.plate}" if order.plate else order.number


def _rows(buttons: list[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Two a row where both labels are short enough to be read on a phone."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        fits = rows and len(rows[-1]) == 1 and max(len(rows[-1][0].text), len(button.text)) <= 16
        if fits:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows
