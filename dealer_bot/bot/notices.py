"""What the program says by itself: greetings, alerts, news. Rendered when it is sent, in the reader's language."""

from typing import Any

from aiogram.methods import SendDocument, SendMessage
from aiogram.types import BufferedInputFile, ReplyKeyboardRemove

from dealer_bot.bot import client_keys, keyboards, people_keys
from dealer_bot.bot.attention import attention_call
from dealer_bot.bot.figures import digest_text
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.parcels import Parcel
from dealer_bot.domain.people import Role

MOST_NAMED = 20
"""Orders that a greeting names: a park of cars has more than one message of 4,096 characters takes."""


def notice_call(parcel: Parcel, t: Texts) -> SendMessage | SendDocument:
    chat_id = int(parcel.address.partition(":")[2]) if parcel.address.startswith("tg:") else 0
    args = parcel.args
    if parcel.notice == "greeting":
        is_client = args["role"] == Role.CLIENT
        keys = client_keys.menu(t) if is_client else ReplyKeyboardRemove(remove_keyboard=True)
        return SendMessage(chat_id=chat_id, text=_greeting(args, t), reply_markup=keys)
    if parcel.blob is not None:
        file = BufferedInputFile(parcel.blob.data, filename=parcel.blob.name)
        return SendDocument(chat_id=chat_id, document=file, caption=t(str(parcel.notice)))
    if parcel.notice == "attention":
        return attention_call(parcel, t)
    if parcel.notice == "case-closed":
        return SendMessage(chat_id=chat_id, text=t("case-closed"), reply_markup=client_keys.menu(t))
    if parcel.notice == "digest":
        return SendMessage(chat_id=chat_id, text=digest_text(args, t))
    if parcel.notice == "case-owned":
        return SendMessage(chat_id=chat_id, text=t("case-owned", **_named(args, t)), disable_notification=True)
    if parcel.notice == "role-now":
        role = Role(args["role"])
        keys = client_keys.menu(t) if role is Role.CLIENT else ReplyKeyboardRemove(remove_keyboard=True)
        return SendMessage(chat_id=chat_id, text=t(f"role-now-{role.name.lower()}"), reply_markup=keys)
    if parcel.notice == "hired":
        who = ", ".join(filter(None, (args["name"], args["phone"])))
        text = t("hired" if args["name"] else "hired-nameless", who=who, role=t(f"role-{args['role']}"))
        return SendMessage(chat_id=chat_id, text=text, reply_markup=people_keys.person(t, args["person"]))
    key = f"{parcel.notice}-order" if args.get("order") and t.has(f"{parcel.notice}-order") else str(parcel.notice)
    buttons = keyboards.repeat_one(t, int(args["retry"])) if "retry" in args else None
    return SendMessage(chat_id=chat_id, text=t(key, **_named(args, t)), reply_markup=buttons)


def _named(args: dict[str, Any], t: Texts) -> dict[str, Any]:
    """Nobody has a hole for a name."""
    return {
        key: t("card-no-name") if key in ("name", "client") and value == "" else value for key, value in args.items()
    }


def _greeting(args: dict[str, Any], t: Texts) -> str:
    tail, name = args["tail"], args["name"]
    if args["role"] == Role.CARE:
        return t("greeting-care", name=name, tail=tail)
    if args["role"] != Role.CLIENT:
        words = t("greeting-staff", name=name, tail=tail)
        return f"{words} {t('start-admin')}" if args["role"] == Role.ADMIN else words
    lines = [t("greeting-client-name", name=name, tail=tail) if name else t("greeting-client", tail=tail)]
    if not args["orders"]:
        return "\n".join([*lines, t("greeting-no-orders")])
    named = [", ".join(part for part in order if part) for order in args["orders"][:MOST_NAMED]]
    orders = "; ".join([*named, "…"] if len(args["orders"]) > MOST_NAMED else named)
    lines.append(t("greeting-orders", count=len(args["orders"]), orders=orders))
    if args["waiting"]:
        key = "greeting-waiting" if args.get("has_words") else "greeting-waiting-shots"
        lines.append(t(key, count=args["waiting"]))
    return "\n".join(lines)
