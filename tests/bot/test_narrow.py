"""The rule that finds labels which a phone would cut can find them."""

from dealer_bot.sandbox.journal import Entry
from tests.bot.narrow import cut_labels


def _sent(kind: str, *row: str) -> Entry:
    params = {"reply_markup": {kind: [[{"text": label} for label in row]]}}
    return Entry(1, "sendMessage", 0.0, params, accepted=True)


def test_a_label_that_fits_alone_is_cut_beside_another() -> None:
    assert cut_labels([_sent("inline_keyboard", "Для сервисных нужд")]) == []
    assert cut_labels([_sent("inline_keyboard", "Для сервисных нужд", "Выдача")]) == ["Для сервисных нужд"]


def test_a_number_with_plate_and_a_long_stage_is_too_much_for_one_button() -> None:
    long = "a00017732 · 0124 МН-1 · Для сервисных нужд"
    assert cut_labels([_sent("inline_keyboard", long)]) == [long]


def test_three_keys_of_the_lasting_keyboard_fit_if_they_are_short() -> None:
    assert cut_labels([_sent("keyboard", "Заказ-наряд", "Стадия", "Закончить")]) == []
    assert cut_labels([_sent("keyboard", "📂 Мои заказ-наряды", "Ещё", "Язык")]) == ["📂 Мои заказ-наряды"]
