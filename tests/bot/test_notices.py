"""What the program says by itself comes out whole, however much there is to say."""

from dealer_bot.bot.notices import notice_call
from dealer_bot.bot.texts import texts
from dealer_bot.domain.parcels import Parcel
from dealer_bot.domain.people import Role

LONGEST_TEXT = 4096
"""What Telegram takes (Bot API, sendMessage)."""


def test_the_greeting_of_a_client_with_three_hundred_cars_is_one_message_that_telegram_takes() -> None:
    orders = [[f"a{number:08d}", "0124 МН-1"] for number in range(300)]
    args = {"tail": "88-08", "name": "Пётр", "role": int(Role.CLIENT), "orders": orders, "waiting": 3}
    call = notice_call(Parcel("tg:1", "notice", "send", (), notice="greeting", args=args), texts("ru"))
    assert len(call.text) < LONGEST_TEXT
    assert "a00000000, 0124 МН-1; a00000001" in call.text
