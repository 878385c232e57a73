"""An invitation as people see it: a code to show or print, and a text for a message of their own."""

import io

from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import BufferedInputFile, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from dealer_bot.bot.texts import Texts
from dealer_bot.domain.invitations import link
from dealer_bot.domain.parcels import Parcel

INVITATIONS = ("invitation", "invitation-text", "invitation-staff")
_MODULE_PX, _QUIET_ZONE = 12, 4
"""A code of some 500 pixels with the margin that ISO/IEC 18004 asks for: four modules."""
COPIED_UNITS = 256
"""What a copy button holds (Bot API, CopyTextButton)."""


def qr_png(text: str) -> bytes:
    import segno  # nine megabytes of memory that only an invitation is worth

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=_MODULE_PX, border=_QUIET_ZONE)
    return out.getvalue()


def staff_call(parcel: Parcel, t: Texts, token: str, bot_name: str) -> SendMessage:
    """The link is in no row: it is made anew when it is sent."""
    url = link(bot_name, token)
    text = t("invitation-staff", role=t(f"role-{parcel.args['role']}"), url=url)
    return SendMessage(chat_id=int(parcel.address.partition(":")[2]), text=text, reply_markup=_copy(t, url))


def invitation_call(parcel: Parcel, t: Texts, organization: str, bot_name: str) -> SendPhoto | SendMessage:
    """Blocking for some milliseconds: to be called in a thread."""
    chat_id, url = int(parcel.address.partition(":")[2]), link(bot_name, parcel.args["token"])
    number, plate = parcel.args["number"], parcel.args["plate"]
    if parcel.notice == "invitation":
        picture = BufferedInputFile(qr_png(url), filename=f"{number}.png")
        return SendPhoto(chat_id=chat_id, photo=picture, caption=t("invitation", number=number, url=url))
    text = t(
        "invitation-text",
        organization=f"«{organization}»: " if organization else "",
        car=f" {plate}" if plate else "",
        url=url,
    )
    return SendMessage(chat_id=chat_id, text=text, reply_markup=_copy(t, text))


def _copy(t: Texts, text: str) -> InlineKeyboardMarkup | None:
    if len(text) > COPIED_UNITS:
        return None
    button = InlineKeyboardButton(text=t("invitation-copy"), copy_text=CopyTextButton(text=text))
    return InlineKeyboardMarkup(inline_keyboard=[[button]])
