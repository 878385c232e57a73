"""How the card, the pinned line and the status line look."""

from aiogram.types import InlineKeyboardMarkup

from dealer_bot.bot import finding_keys, keyboards
from dealer_bot.bot.finding_texts import reading_text
from dealer_bot.bot.texts import Texts, why_not_sent
from dealer_bot.domain.phones import grouped
from dealer_bot.domain.views import CardView, CaseView, HoldView, NoPlaceView, PinView, ReadingView, StatusView

LOUD_WAITS = ("not_connected", "stopped", "blocked", "inactive", "unreadable", "phone_changed")
COUNTED_WAITS = ("closed", "refused", "unknown", "gone")


def look(
    view: CardView | PinView | CaseView | StatusView | HoldView | ReadingView | NoPlaceView, t: Texts
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Plain text and buttons."""
    if isinstance(view, CardView):
        return _card(view, t), keyboards.card(t, view)
    if isinstance(view, PinView):
        is_living = view.state not in ("closed", "gone")
        return _pin(view, t), keyboards.pinned(t, view.order_id) if is_living else None
    if isinstance(view, StatusView):
        return _status(view, t), keyboards.status(t, view)
    if isinstance(view, HoldView):
        return _question(view, t), keyboards.question(t, view)
    if isinstance(view, ReadingView):
        return reading_text(t, view), finding_keys.reading(t, view)
    if isinstance(view, CaseView):
        client = view.client_name or t("card-no-name")
        return t("pin-case", client=client, phone=grouped(view.phone) if view.phone else "—"), None
    return t("pin-nowhere-care" if view.is_care else "pin-nowhere"), None


def _client(t: Texts, name: str | None, state: str, last_four: str | None = None) -> str:
    known = [name or t("card-no-name")]
    if last_four:
        known.append(f"…{last_four}")
    return ", ".join([*known, t(f"state-{state}")])


def _card(view: CardView, t: Texts) -> str:
    lines = [t("card-order", order=view.number)]
    if car := ", ".join(part for part in (view.plate, view.vehicle) if part):
        lines.append(t("card-car", car=car))
    lines.append(t("card-client", client=_client(t, view.client_name, view.client_state, view.last_four)))
    if view.state == "ambiguous":
        return "\n".join([*lines, t("card-ambiguous")])
    if not view.stages:
        return "\n".join([*lines, t("card-closed")])
    if view.reason:
        lines.append(t("card-trouble", reason=why_not_sent(view.reason, t)))
    lines += [t("card-service-hint", label=label) for _, label, hidden in view.stages if hidden]
    return "\n".join([*lines, t("card-choose")])


def _pin(view: PinView, t: Texts) -> str:
    if view.state in ("closed", "gone"):
        return t("pin-closed", order=view.number)
    plate = f"{view.plate} · " if view.plate else ""
    if view.hidden:
        return t("pin-hidden", order=view.number, plate=plate, stage=view.stage)
    if view.client_state == "no_phone":
        return t("pin-trouble", order=view.number, plate=plate, stage=view.stage)
    name, state = view.client_name or t("card-no-name"), t(f"state-{view.client_state}")
    return t("pin-line", order=view.number, plate=plate, stage=view.stage, name=name, state=state)


def _question(view: HoldView, t: Texts) -> str:
    if not view.is_open:
        at = view.placed
        return t("hold-placed", count=view.count, order=at.number, stage=at.stage) if at else t("hold-dropped")
    if view.kind == "no_order":
        return t("media-without-order")
    if view.kind == "closed":
        return t("media-closed", order=view.number or "")
    if view.kind == "idle":
        at = view.spots[0] if view.spots else None
        return t("hold-idle", count=view.count, order=view.number or "", stage=at.stage if at else "")
    return t("hold-switch", count=view.count)


def _status(view: StatusView, t: Texts) -> str:
    if view.number is None:
        return t("status-held", count=sum(number for _, number in view.held))
    lines = [_progress(view, t)] if view.media or view.texts else [t("status-plain", order=view.number)]
    if view.hidden and view.media:
        lines.append(t("status-hidden-shots" if view.texts_delivered else "status-hidden"))
    waits = dict(view.waits)
    lines += [t(f"status-{key}") for key in LOUD_WAITS if key in waits]
    lines += [t(f"status-{key}", count=waits[key]) for key in COUNTED_WAITS if key in waits]
    if view.too_big:
        lines.append(t("status-too_big-hidden" if view.hidden else "status-too_big", count=view.too_big))
    if view.lost:
        lines.append(t("status-lost", count=view.lost))
    lines += [
        t("status-held-closed" if hold == "closed" else "status-held", count=number) for hold, number in view.held
    ]
    lines += [t(f"status-taken-{key}", count=number) for key, number in view.taken_back]
    if view.store_away:
        lines.append(t("status-store-away"))
    if view.disk_fails:
        lines.append(t("status-disk-fails"))
    return "\n".join(lines)


def _progress(view: StatusView, t: Texts) -> str:
    """«Приёмка, a00017732: сохранено 13 из 13, клиенту доставлено 9…», or the same of words alone."""
    assert view.number is not None
    has_wait = bool(view.waits)
    if not view.media:
        text = t("status-text", order=view.number, count=view.texts_delivered, total=view.texts)
        return text if view.texts_delivered or not has_wait else t("status-text-none", order=view.number)
    line = t("status-saved", stage=view.stage or "", order=view.number, kept=view.kept, total=view.media)
    if view.delivered or (view.deliveries and not has_wait):
        under_way = view.delivered < view.deliveries and not has_wait
        line += f", {t('status-delivered', count=view.delivered)}{'…' if under_way else ''}"
    line = line if line.endswith("…") else f"{line}."
    return f"{line} {t('status-texts', count=view.texts_delivered)}" if view.texts_delivered else line
