"""What people do in their chats reaches the bot, and is seen by who waits for it."""

import asyncio

import pytest

from dealer_bot.sandbox import SandboxError
from tests.sandbox.doings import drops, sends


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
