"""What an administrator sees of a client's message that met an attention word."""

from typing import Any

from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from dealer_bot.bot import admin_keys
from dealer_bot.bot.styled import Styled
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.messages import Piece, excerpt
from dealer_bot.domain.parcels import Parcel
from dealer_bot.domain.phones import grouped

ROOM = 3_500
"""UTF-16 units of the client's words: what is longer is shown around the first mark, and whole in the protocol."""


def attention_call(parcel: Parcel, t: Texts) -> SendMessage:
    words = Styled().add(f"{_heading(parcel, t)}\n«").add_piece(_shown(parcel.args)).add("»")
    return SendMessage(
        chat_id=int(parcel.address.partition(":")[2]),
        text=words.text,
        entities=words.entities,
        reply_markup=_buttons(parcel, t),
    )


def _heading(parcel: Parcel, t: Texts) -> str:
    client = parcel.author or parcel.client_name or t("card-no-name")
    if parcel.phone:
        client = f"{client}, {grouped(parcel.phone)}"
    order = parcel.order_number or t("attention-outside")
    if parcel.order_number and parcel.order_closed:
        order = f"{order} ({t('closed-mark')})"
    served = t("attention-served", name=parcel.args["served"]) if parcel.args["served"] else t("attention-unserved")
    return t("attention-heading", order=order, client=client, served=served)


def _shown(args: dict[str, Any]) -> Piece:
    """Whole, or as much as fits around the first word; the words are marked where they stand."""
    marks = tuple({"type": "bold", "offset": offset, "length": length} for offset, length in args["marks"])
    return excerpt(Piece(args["text"], marks), args["marks"][0][0], ROOM)


def _buttons(parcel: Parcel, t: Texts) -> InlineKeyboardMarkup:
    message_id = parcel.items[0].message_id
    assert message_id is not None
    order_id = parcel.order_id if parcel.args["inside"] else None
    return admin_keys.attention(t, message_id, parcel.args["client"], order_id)
