"""What the bot does to chats is what people see there."""

import asyncio

import pytest

from dealer_bot.sandbox import Document, Photo, SandboxError, Video


async def sends(bot, text, **more):
    return (await bot.asks("sendMessage", chat_id="1001", text=text, **more)).result["message_id"]


async def drops(bot):
    """Forget what has happened so far."""
    await bot.asks("deleteWebhook", drop_pending_updates="true")


async def test_text_caption_buttons_and_media_are_edited_in_place(bot, anna):
    yes = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}
    text = await sends(bot, "было", reply_markup=yes)
    await anna.shoots()
    photo = (await bot.updates())[-1]["message"]["photo"][-1]["file_id"]
    picture = (await bot.asks("sendPhoto", chat_id="1001", photo=photo, caption="подпись")).result["message_id"]

    await bot.asks("editMessageText", chat_id="1001", message_id=text, text="стало")
    await bot.asks("editMessageCaption", chat_id="1001", message_id=picture, caption="другая")
    await bot.asks("editMessageReplyMarkup", chat_id="1001", message_id=picture, reply_markup=yes)
    parts = {"new": ("a.mp4", b"video")}
    media = {"type": "video", "media": "attach://new", "caption": "видео"}
    edited = await bot.uploads("editMessageMedia", parts, chat_id="1001", message_id=str(picture), media=media)

    first, second = [message for message in await anna.chat() if message.from_bot]
    assert (first.text, first.labels, first.edited) == ("стало", [], True)
    assert (second.kind, second.text) == ("video", "видео") and edited.result["edit_date"]


async def test_an_edit_of_what_is_not_there_is_refused(bot, anna):
    number = await sends(bot, "текст")
    answer = await bot.asks("editMessageCaption", chat_id="1001", message_id=number, caption="?")
    assert answer.told == (400, "Bad Request: there is no caption in the message to edit")


async def test_messages_are_deleted_the_bots_and_hers(bot, anna):
    hers = await anna.says("моё")
    numbers = [await sends(bot, str(n)) for n in range(3)]
    assert (await bot.asks("deleteMessage", chat_id="1001", message_id=hers.id)).result is True
    assert (await bot.asks("deleteMessages", chat_id="1001", message_ids=[7, *numbers[:2]])).result is True
    assert [message.text for message in await anna.chat()] == ["/start", "2"]


async def test_a_pin_is_seen_and_comes_back_as_an_update(bot, anna):
    number = await sends(bot, "a00017732 · Приёмка")
    await drops(bot)
    assert (await bot.asks("pinChatMessage", chat_id="1001", message_id=number)).result is True
    (update,) = await bot.updates()
    assert update["message"]["pinned_message"]["message_id"] == number
    assert update["message"]["from"]["id"] == 42
    assert [message.id for message in await anna.pinned()] == [number]

    await bot.asks("unpinChatMessage", chat_id="1001", message_id=number)
    assert await anna.pinned() == []


async def test_all_pins_are_taken_off_and_a_deleted_message_is_no_pin(bot, anna):
    first, second, third = [await sends(bot, str(n)) for n in range(3)]
    for number in (first, second, third):
        await bot.asks("pinChatMessage", chat_id="1001", message_id=number)
    await bot.asks("deleteMessage", chat_id="1001", message_id=third)
    assert [message.id for message in await anna.pinned()] == [first, second]
    await bot.asks("unpinAllChatMessages", chat_id="1001")
    assert await anna.pinned() == []


async def test_a_copy_has_no_author_and_keeps_or_changes_its_caption(tg, bot, anna):
    petr = await tg.person("Пётр", user_id=2002)
    await petr.starts()
    sent = await anna.shoots(caption="Скол")
    where = {"chat_id": "2002", "from_chat_id": "1001", "message_id": sent.id}
    assert list((await bot.asks("copyMessage", **where)).result) == ["message_id"]
    await bot.asks("copyMessage", **where, caption="Иначе")
    await bot.asks("copyMessage", **where, caption="")
    copies = await petr.sees_photo(count=3)
    assert [copy.text for copy in copies] == ["Скол", "Иначе", ""]
    assert "forward_origin" not in copies[0].raw


async def test_albums_stay_albums_when_copied_together(tg, bot, anna):
    petr = await tg.person("Пётр", user_id=2002)
    await petr.starts()
    numbers = [sent.id for sent in await anna.sends_album([Photo(), Photo()], caption="Скол")]
    copied = await bot.asks(
        "copyMessages", chat_id="2002", from_chat_id="1001", message_ids=[*numbers, numbers[-1] + 5]
    )
    first, second = await petr.sees_photo(count=2)
    assert [each["message_id"] for each in copied.result] == [first.id, second.id]
    assert first.album == second.album is not None
    assert first.text == "Скол"
    back = await bot.asks("copyMessages", chat_id="2002", from_chat_id="1001", message_ids=numbers[::-1])
    assert back.told == (400, "Bad Request: message identifiers must be in a strictly increasing order")


async def test_a_protected_message_may_still_be_copied(bot, anna):
    number = await sends(bot, "секрет", protect_content=True)
    copied = await bot.asks("copyMessage", chat_id="1001", from_chat_id="1001", message_id=number)
    assert copied.status == 200
    assert [(m.text, m.protected) for m in await anna.chat() if m.from_bot] == [("секрет", True), ("секрет", False)]


async def test_a_forward_names_its_author(tg, bot, anna):
    petr = await tg.person("Пётр", user_id=2002)
    await petr.starts()
    sent = await anna.says("Готово")
    forwarded = (await bot.asks("forwardMessage", chat_id="2002", from_chat_id="1001", message_id=sent.id)).result
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Анна"
    assert forwarded["text"] == "Готово"


async def test_an_album_is_one_group_of_single_messages(bot, anna):
    await anna.shoots()
    photo = (await bot.updates())[-1]["message"]["photo"][-1]["file_id"]
    media = [{"type": "photo", "media": photo, "caption": "Скол"}, {"type": "photo", "media": photo}]
    sent = (await bot.asks("sendMediaGroup", chat_id="1001", media=media, disable_notification=True)).result
    assert isinstance(sent[0]["media_group_id"], str) and sent[0]["media_group_id"] == sent[1]["media_group_id"]
    seen = await anna.sees_photo(count=2)
    assert [(m.text, m.silent, m.album) for m in seen] == [
        ("Скол", True, sent[0]["media_group_id"]),
        ("", True, sent[0]["media_group_id"]),
    ]


@pytest.mark.parametrize("items", [[Photo(), Video(), Photo()], [Document("a.pdf"), Document("b.pdf")]])
async def test_her_album_comes_as_separate_updates_with_the_caption_first(bot, anna, items):
    await drops(bot)
    sent = await anna.sends_album(items, caption="Альбом", rhythm_s=[0, 0.01])
    messages = [update["message"] for update in await bot.updates()]
    assert [m["message_id"] for m in messages] == [s.id for s in sent]
    assert {m["media_group_id"] for m in messages} == {sent[0].album}
    assert [m.get("caption") for m in messages] == ["Альбом", *[None] * (len(items) - 1)]


async def test_a_pressed_button_tells_its_message_and_gets_its_answer(bot, anna):
    number = await sends(
        bot, "Стадия?", reply_markup={"inline_keyboard": [[{"text": "Приёмка", "callback_data": "s"}]]}
    )
    await drops(bot)
    press = await anna.presses("Приём")
    query = (await bot.updates())[-1]["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("s", number)
    assert int(query["id"]) and int(query["chat_instance"])
    await bot.asks("answerCallbackQuery", callback_query_id=query["id"], text="Готово", show_alert=True)
    answer = await press.answer()
    assert (answer.text, answer.alert) == ("Готово", True)


async def test_a_button_of_a_message_that_is_gone_comes_without_the_message(bot, anna):
    number = await sends(bot, "было")
    await bot.asks("deleteMessage", chat_id="1001", message_id=number)
    await anna.presses_data(number, "s")
    message = (await bot.updates())[-1]["callback_query"]["message"]
    assert message == {"chat": message["chat"], "message_id": number, "date": 0}


async def test_the_keyboard_below_is_the_last_one_sent_until_it_is_removed(bot, anna):
    carrier = await sends(bot, "клавиши", reply_markup={"keyboard": [[{"text": "Стадия"}], [{"text": "Закончить"}]]})
    await sends(bot, "без клавиш")
    assert await anna.keyboard() == (("Стадия",), ("Закончить",))
    await anna.taps("Стадия")
    assert (await bot.updates())[-1]["message"]["text"] == "Стадия"
    with pytest.raises(SandboxError, match="no key"):
        await anna.taps("Заказ-наряд")

    await bot.asks("deleteMessage", chat_id="1001", message_id=carrier)
    assert await anna.keyboard() == ()
    await sends(bot, "снова", reply_markup={"keyboard": [[{"text": "Стадия"}]]})
    await sends(bot, "хватит", reply_markup={"remove_keyboard": True})
    assert await anna.keyboard() == ()


async def test_the_contact_button_shares_her_own_contact(bot, anna):
    await sends(bot, "номер?", reply_markup={"keyboard": [[{"text": "Подтвердить", "request_contact": True}]]})
    await anna.taps("Подтвердить")
    message = (await bot.updates())[-1]["message"]
    assert message["contact"] == {
        "phone_number": "+375291112233",
        "first_name": "Анна",
        "last_name": "Белова",
        "user_id": message["from"]["id"],
    }


async def test_contacts_can_be_foreign_forwarded_or_without_an_account(tg, bot, anna):
    petr = await tg.person("Пётр", phone="+375447654321", user_id=2002)
    await drops(bot)
    await anna.shares_contact(of=petr)
    await anna.shares_contact(forwarded=True)
    await anna.shares_contact(without_user_id=True, phone_as="375291112233")
    foreign, forwarded, bare = [update["message"] for update in await bot.updates()]
    assert foreign["contact"]["user_id"] == 2002
    assert forwarded["forward_origin"]["type"] == "user"
    assert bare["contact"] == {"phone_number": "375291112233", "first_name": "Анна", "last_name": "Белова"}


async def test_edits_replies_and_reactions_arrive(bot, anna):
    number = await sends(bot, "вопрос")
    await drops(bot)
    sent = await anna.replies(number, "ответ")
    await anna.edits(sent.id, "другой ответ")
    photo = await anna.shoots(caption="подпись")
    await anna.edits_caption(photo.id, "другая")
    reply, edit, _, caption = await bot.updates()
    assert reply["message"]["reply_to_message"]["message_id"] == number
    assert edit["edited_message"]["text"] == "другой ответ" and edit["edited_message"]["edit_date"]
    assert caption["edited_message"]["caption"] == "другая"


async def test_she_can_not_edit_what_is_not_hers(bot, anna):
    number = await sends(bot, "моё")
    with pytest.raises(SandboxError, match="somebody else"):
        await anna.edits(number, "твоё")


async def test_blocking_and_coming_back_are_told_to_the_bot(bot, anna):
    await drops(bot)
    await anna.blocks()
    assert (await bot.asks("sendMessage", chat_id="1001", text="?")).status == 403
    await anna.starts()
    blocked, back, start = await bot.updates()
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start"
    assert (await bot.asks("sendMessage", chat_id="1001", text="?")).status == 200


async def test_a_bots_reaction_and_its_doings_are_seen(bot, anna):
    sent = await anna.says("спасибо")
    reaction = [{"type": "emoji", "emoji": "👍"}]
    await bot.asks("setMessageReaction", chat_id="1001", message_id=sent.id, reaction=reaction)
    await bot.asks("sendChatAction", chat_id="1001", action="typing")
    assert (await anna.chat())[-1].reaction == "👍"
    assert await anna.actions() == ["typing"]


async def test_commands_are_kept_by_scope_and_language(bot, anna):
    menu = [{"command": "order", "description": "Заказ-наряд"}]
    scope = {"type": "chat", "chat_id": 1001}
    assert (await bot.asks("setMyCommands", commands=menu, scope=scope, language_code="ru")).result is True
    assert (await bot.asks("getMyCommands")).result == []
    assert (await bot.asks("getMyCommands", scope=scope, language_code="ru")).result == menu
    await bot.asks("deleteMyCommands", scope=scope, language_code="ru")
    assert (await bot.asks("getMyCommands", scope=scope, language_code="ru")).result == []
    wrong = [{"command": "Заказ", "description": "нет"}]
    assert (await bot.asks("setMyCommands", commands=wrong)).status == 400


async def test_people_talk_in_a_group(tg, bot, anna):
    await drops(bot)
    group = await tg.group("Мастера", anna)
    await anna.into(group).says("всем привет")
    joined, said = await bot.updates()
    assert joined["my_chat_member"]["chat"]["type"] == "supergroup"
    assert (said["message"]["chat"]["id"], said["message"]["from"]["id"]) == (group.chat_id, 1001)
    await bot.asks("sendMessage", chat_id=str(group.chat_id), text="и вам")
    await group.sees("и вам")


async def test_seeing_waits_for_what_comes_later_and_says_what_it_saw(bot, anna):
    waiting = asyncio.create_task(anna.sees("позже"))
    await sends(bot, "раньше")
    number = await sends(bot, "чуть")
    await bot.asks("editMessageText", chat_id="1001", message_id=number, text="позже")
    assert (await asyncio.wait_for(waiting, 3)).id == number
    with pytest.raises(AssertionError, match="раньше"):
        await anna.sees("никогда", within_s=0.05)


async def test_nothing_new_is_noticed_when_something_comes(bot, anna):
    await anna.sees_nothing_new(for_s=0.02)
    waiting = asyncio.create_task(anna.sees_nothing_new(for_s=5))
    while not waiting.done():
        await sends(bot, "вот")
    with pytest.raises(AssertionError, match="something new"):
        await waiting


async def test_quiet_comes_when_nothing_waits_and_nobody_asks(tg, bot, anna):
    with pytest.raises(AssertionError, match="busy"):
        await tg.quiet(for_s=0.01, within_s=0.05)
    await drops(bot)
    await tg.quiet(for_s=0.01, within_s=5)


async def test_the_journal_tells_requests_in_order_with_what_came_of_them(tg, bot, anna):
    number = await sends(bot, "да")
    await bot.asks("sendMessage", chat_id="77", text="нет")
    accepted, refused = await tg.journal("sendMessage")
    assert (accepted["outcome"], accepted["message_ids"], accepted["params"]["text"]) == ("accepted", [number], "да")
    assert (refused["outcome"], refused["code"]) == ("refused", 400)
    assert accepted["at"] <= refused["at"]
    assert [act["act"] for act in await tg.acts()] == ["joins", "starts"]


async def test_a_message_may_carry_what_no_library_decodes(bot, anna):
    await drops(bot)
    await anna.sends_odd("старое", date="вчера")
    await anna.sends_odd("пересланное", forward_origin={"type": "hidden_user", "date": 1})
    odd, forwarded = [update["message"] for update in await bot.updates()]
    assert odd["date"] == "вчера" and "sender_user_name" not in forwarded["forward_origin"]


async def test_people_are_found_again_by_another_client(server, tg, anna):
    other = server.client()
    (found,) = await other.people()
    assert (found.id, found.name, found.phone) == (anna.id, "Анна Белова", "+375291112233")
    await found.says("это я")
    assert [message.text for message in await anna.chat()] == ["/start", "это я"]


async def test_the_media_of_a_message_are_given_to_who_looks_at_it(tg, anna) -> None:
    sent = await anna.sends_file("act.pdf", b"%PDF-1.7 of this test")
    assert await tg.get_bytes("media", chat=anna.id, message=sent.id) == b"%PDF-1.7 of this test"
    said = await anna.says("no file")
    with pytest.raises(SandboxError):
        await tg.get_bytes("media", chat=anna.id, message=said.id)


async def test_typing_blocks_and_reactions_are_seen_by_who_waits_for_them(bot, tg, anna) -> None:
    said = await anna.says("hello")
    view = await tg.get("view", chat=anna.id)
    for does in (
        lambda: bot.asks("sendChatAction", chat_id=anna.id, action="typing"),
        anna.blocks,
        lambda: anna.reacts(said.id, "👍"),
    ):
        waiting = asyncio.create_task(
            tg.get("view", chat=anna.id, since=view["revision"], signs=view["signs"], wait_s=15)
        )
        await does()
        view = await asyncio.wait_for(waiting, 10)
    assert (view["blocked"], view["actions"][-1]["action"]) == (True, "typing")
    assert view["messages"][-1]["reacted"] == [{"type": "emoji", "emoji": "👍"}]
