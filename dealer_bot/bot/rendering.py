"""A parcel as a call of the Bot API. Always text and entities, never a parse mode."""

import json
from typing import Any

from aiogram import methods
from aiogram.methods import SendMediaGroup, SendMessage, TelegramMethod
from aiogram.types import (
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    ReactionTypeEmoji,
    ReactionTypeUnion,
    ReplyParameters,
)

from dealer_bot.bot import keyboards
from dealer_bot.bot.notices import notice_call
from dealer_bot.bot.styled import Styled
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.messages import ANSWER_PART, WITHOUT_CAPTION, Piece, piece_of
from dealer_bot.domain.parcels import Item, Parcel
from dealer_bot.domain.people import Role
from dealer_bot.domain.phones import grouped
from dealer_bot.domain.stages import Stages

SENDERS: dict[str, tuple[type[TelegramMethod[Any]], str]] = {
    "photo": (methods.SendPhoto, "photo"),
    "video": (methods.SendVideo, "video"),
    "document": (methods.SendDocument, "document"),
    "audio": (methods.SendAudio, "audio"),
    "voice": (methods.SendVoice, "voice"),
    "video_note": (methods.SendVideoNote, "video_note"),
    "animation": (methods.SendAnimation, "animation"),
    "sticker": (methods.SendSticker, "sticker"),
}
THINGS: dict[str, type[TelegramMethod[Any]]] = {
    "location": methods.SendLocation,
    "venue": methods.SendVenue,
    "contact": methods.SendContact,
}
ALBUM_ITEMS = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}


class Renderer:
    def __init__(self, stages: Stages, organization: str) -> None:
        self._stages, self.organization = stages, organization

    def call(self, parcel: Parcel, t: Texts) -> TelegramMethod[Any] | None:
        """None: there is nothing left to send."""
        if parcel.body is not None:
            name, fields = json.loads(parcel.body)
            made: TelegramMethod[Any] = getattr(methods, name)(**fields)
            return made
        if parcel.notice is not None:
            return notice_call(parcel, t)
        if parcel.reaction is not None:
            return _reaction(parcel)
        if parcel.op == "delete":
            return _delete(parcel)
        if parcel.op == "edit":
            return self._edit(parcel, t)
        return self._album(parcel, t) if len(parcel.items) > 1 else self._single(parcel, t)

    def _single(self, parcel: Parcel, t: Texts) -> TelegramMethod[Any] | None:
        item = parcel.items[0]
        words = self._words(parcel, item, t, is_first=True)
        if words is None:
            return None
        buttons = self._buttons(parcel, t)
        if item.part == ANSWER_PART and buttons is None:
            return None
        common: dict[str, Any] = {
            "chat_id": _chat(parcel),
            "disable_notification": parcel.silent or None,
            "reply_parameters": _reply(parcel),
            "reply_markup": buttons,
        }
        if item.payload is not None and item.part == 0:
            return THINGS[item.kind](**json.loads(item.payload), **common)
        if item.file_id is None:
            return SendMessage(text=words.text, entities=words.entities, **common)
        sender, field = SENDERS[item.kind]
        if item.kind not in WITHOUT_CAPTION:
            common |= {"caption": words.text or None, "caption_entities": words.entities}
        return sender(**{field: item.file_id}, **common)

    def _album(self, parcel: Parcel, t: Texts) -> SendMediaGroup:
        media = []
        for n, item in enumerate(parcel.items):
            words = self._words(parcel, item, t, is_first=n == 0) or Styled()
            kind = ALBUM_ITEMS[item.kind]
            media.append(kind(media=item.file_id, caption=words.text or None, caption_entities=words.entities))
        return SendMediaGroup(
            chat_id=_chat(parcel),
            media=media,
            disable_notification=parcel.silent or None,
            reply_parameters=_reply(parcel),
        )

    def _edit(self, parcel: Parcel, t: Texts) -> TelegramMethod[Any] | None:
        item = parcel.items[0]
        words = self._words(parcel, item, t, is_first=True)
        if words is None:
            return None
        if "moved_to" in parcel.args:
            words.add(f"\n{t('staff-moved', order=parcel.args['moved_to'])}")
        where: dict[str, Any] = {
            "chat_id": _chat(parcel),
            "message_id": parcel.copies[0],
            "reply_markup": self._buttons(parcel, t),
        }
        if item.kind == "text" or item.part:
            return methods.EditMessageText(text=words.text, entities=words.entities, **where)
        return methods.EditMessageCaption(caption=words.text, caption_entities=words.entities, **where)

    def _words(self, parcel: Parcel, item: Item, t: Texts, *, is_first: bool) -> Styled | None:
        piece = piece_of(item.kind, item.text, item.entities, item.part)
        if piece is None:
            return None
        if not parcel.to_client:
            return _to_staff(parcel, piece, t, is_first)
        if item.kind == "text" or item.part:
            return self._text_to_client(parcel, item, piece, t)
        return self._caption_to_client(parcel, piece, t, is_first)

    def _caption_to_client(self, parcel: Parcel, piece: Piece, t: Texts, is_first: bool) -> Styled:
        author = parcel.author or t("nobody")
        words = Styled()
        if not is_first:
            return words.add_piece(piece)
        if parcel.order_number is None:
            return words.add(_outside_opening(parcel, t)).add("\n" if piece.text else "").add_piece(piece)
        if parcel.heading or parcel.had_heading:
            words.add(self._heading(parcel, t))
            if piece.text:
                words.add("\n").add_piece(piece)
            return words.add(f"\n{author}")
        if piece.text:
            words.add_piece(piece).add("\n")
        return words.add(t("client-short", order=parcel.order_number or "", author=author))

    def _heading(self, parcel: Parcel, t: Texts) -> str:
        parts = [f"«{self.organization}»" if self.organization else "", parcel.order_number or "", parcel.plate or ""]
        return " · ".join(part for part in [*parts, self._stages.label(parcel.stage)] if part)

    def _text_to_client(self, parcel: Parcel, item: Item, piece: Piece, t: Texts) -> Styled:
        if item.part > (0 if item.kind == "text" else 1):
            return Styled().add_piece(piece)
        if parcel.order_number is None:
            return Styled().add(_outside_opening(parcel, t)).add("\n").add_piece(piece)
        organization = f", «{self.organization}»" if self.organization else ""
        author = parcel.author or t("nobody")
        opening = t("client-text", author=author, organization=organization, order=parcel.order_number or "")
        return Styled().add(f"{opening}\n" if piece.text else opening.rstrip(":")).add_piece(piece)

    def _buttons(self, parcel: Parcel, t: Texts) -> InlineKeyboardMarkup | None:
        if "moved_to" in parcel.args:
            return None
        if parcel.case_id is not None:
            return keyboards.answer_case(t, parcel.case_id)
        is_answerable = not parcel.to_client and parcel.order_id is not None and not parcel.order_closed
        return keyboards.answer(t, parcel.order_id) if is_answerable and parcel.order_id else None


def _outside_opening(parcel: Parcel, t: Texts) -> str:
    """Care says that it is care; anybody else who answers outside orders does not."""
    key = "client-care" if parcel.author_role == Role.CARE else "client-service"
    return t(key, author=parcel.author or t("nobody"))


def _to_staff(parcel: Parcel, piece: Piece, t: Texts, is_first: bool) -> Styled:
    if not is_first:
        return Styled().add_piece(piece)
    client = parcel.author or parcel.client_name or t("card-no-name")
    if parcel.phone:
        client = f"{client}, {grouped(parcel.phone)}"
    if parcel.case_id is not None:
        order = f" · {_number(parcel, t)}" if parcel.order_number else ""
        opening = t("staff-heading-case", number=str(parcel.case_id), client=client, order=order)
    elif parcel.order_number is None:
        opening = t("staff-heading-outside", client=client)
    else:
        number = _number(parcel, t)
        plate = f" · {parcel.plate}" if parcel.plate else ""
        opening = t("staff-heading", order=number, plate=plate, client=client)
    return Styled().add(opening).add(": " if piece.text else "").add_piece(piece)


def _number(parcel: Parcel, t: Texts) -> str:
    mark = f" ({t('closed-mark')})" if parcel.order_closed else ""
    return f"{parcel.order_number}{mark}"


def _delete(parcel: Parcel) -> TelegramMethod[Any]:
    """One by one where there is one: a server of one's own from before Bot API 7.0 knows no other way."""
    if len(parcel.copies) == 1:
        return methods.DeleteMessage(chat_id=_chat(parcel), message_id=parcel.copies[0])
    return methods.DeleteMessages(chat_id=_chat(parcel), message_ids=list(parcel.copies))


def _reaction(parcel: Parcel) -> methods.SetMessageReaction:
    shown: list[ReactionTypeUnion] = [ReactionTypeEmoji(emoji=parcel.reaction)] if parcel.reaction else []
    return methods.SetMessageReaction(chat_id=_chat(parcel), message_id=parcel.copies[0], reaction=shown)


def _chat(parcel: Parcel) -> int:
    return int(parcel.address.partition(":")[2])


def _reply(parcel: Parcel) -> ReplyParameters | None:
    if parcel.reply_to is None:
        return None
    return ReplyParameters(message_id=parcel.reply_to, allow_sending_without_reply=True)
