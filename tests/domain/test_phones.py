"""A phone is read whole and for certain, or not at all."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.phones import Phone, PhoneProblem, e164_of_contact, grouped, last_four, masked, phone_of_field

MOBILE = "+375298888808"
WRITTEN_IN_MANY_WAYS = [
    *("+375298888808", "+375 29 888-88-08", "+375 (29) 888-88-08", "+375-29-888-88-08", " +375298888808 "),
    *("+375\u00a029\u00a0888\u00a088\u00a008", "+375 29 888\u201388\u201308", "+375 (29) 888 88 08\n"),
    *("375298888808", "375 29 888 88 08", "80298888808", "8 029 888-88-08", "8-029-888-88-08", "8 (029) 888-88-08"),
    *("80 29 888 88 08", "298888808", "29 888 88 08", "(29) 888-88-08", "8 10 375 29 888 88 08"),
    *("٨٠٢٩٨٨٨٨٨٠٨", "＋375298888808", "８０２９８８８８８０８", "+375 (0)29 888-88-08", "029 888-88-08"),
    *(375298888808, 80298888808, 298888808),
]
NOT_ONE_PHONE = [
    *("тел +375298888808", "+375298888808 доб. 12", "+375298888808 ext 1", "+375298888808 (Пётр)", "Пётр"),
    *("375298888808.0", "+375298888808.0", "3.75298888808e11", "888-88-08", "8888808", "123", "112", "+", "+375", "()"),
    *("79291234567", "9291234567", "+0298888808", "+999298888808", "+375298888808x1", "+375298888808;ext=1", "--"),
    *("-80298888808", "29888880", "298888808808", "+375 29) 888-88-08", "+375 ((29)) 888-88-08", "0x1234567890"),
    *(
        "tel:+375298888808",
        "+375298888808\u200b",
        "+375298888808\0",
        "+375 29\x1f8888808",
        "+375 29\n8888808",
        "+375 29 888 88 O8",
        "٠" * 50,
        "8" * 10_000,
    ),
    *(True, False, 3.5, 375298888808.0, None, [MOBILE], {"phone": MOBILE}, -375298888808, 0, 10**50, b"375298888808"),
]
TWO_PHONES = [
    *("+375298888808, +375297777777", "+375298888808+375297777777", "80298888808/80297777777"),
    *("80298888808; 80297777777", "80298888808 80297777777", "+375298888808 или +375297777777"),
]


@pytest.mark.parametrize("raw", WRITTEN_IN_MANY_WAYS)
def test_one_phone_however_it_is_written_is_the_same_phone(raw: object) -> None:
    assert phone_of_field(raw, "BY") == Phone(MOBILE)


@pytest.mark.parametrize("raw", NOT_ONE_PHONE)
def test_nothing_doubtful_becomes_a_phone(raw: object) -> None:
    assert not isinstance(phone_of_field(raw, "BY"), Phone)


def test_a_number_too_long_to_print_is_no_phone() -> None:
    assert phone_of_field(10**5000, "BY") == PhoneProblem.INVALID


@pytest.mark.parametrize("raw", TWO_PHONES)
def test_of_two_phones_none_is_chosen(raw: str) -> None:
    assert phone_of_field(raw, "BY") == PhoneProblem.TWO


@pytest.mark.parametrize("raw", ["", " ", "\t\n", "\u00a0"])
def test_an_empty_field_says_that_the_phone_is_missing(raw: str) -> None:
    assert phone_of_field(raw, "BY") == PhoneProblem.MISSING


def test_with_a_plus_a_possible_phone_is_enough() -> None:
    assert phone_of_field("+37888888808", "BY") == Phone("+37888888808")


def test_phones_of_two_countries_with_the_same_last_nine_digits_differ() -> None:
    assert phone_of_field("+375 29 123-45-67", "BY") != phone_of_field("+7 929 123-45-67", "BY")


def test_without_a_plus_the_region_decides() -> None:
    assert phone_of_field("89291234567", "RU") == Phone("+79291234567")
    assert phone_of_field("89291234567", "BY") == PhoneProblem.INVALID


@pytest.mark.parametrize(("raw", "read"), [("375298888808", MOBILE), (MOBILE, MOBILE), ("37888888808", "+37888888808")])
def test_a_contact_is_international_with_or_without_plus(raw: str, read: str) -> None:
    assert e164_of_contact(raw) == read


@pytest.mark.parametrize("raw", ["", "+", "80298888808", "+375 29 888-88-08", "37529888880x", "٣٧٥٢٩", "12"])
def test_a_contact_that_is_not_international_is_refused(raw: str) -> None:
    assert e164_of_contact(raw) is None


def test_a_contact_never_meets_a_national_reading_of_its_digits() -> None:
    """9291234567 could be Russian without its 7; a contact with these digits is of Myanmar's 92… or of nobody."""
    assert e164_of_contact("9291234567") != "+79291234567"


@given(st.text())
def test_any_field_is_read_or_refused_without_an_exception(raw: str) -> None:
    read = phone_of_field(raw, "BY")
    assert isinstance(read, PhoneProblem) or phonenumbers.is_possible_number(phonenumbers.parse(read.e164))


@given(st.integers(1, 999), st.integers(0, 10**12))
def test_the_quick_answer_for_a_plus_is_the_librarys(code: int, national: int) -> None:
    raw = f"+{code}{national}"
    ours = phone_of_field(raw, "BY")
    try:
        number = phonenumbers.parse(raw, None)
    except phonenumbers.NumberParseException:
        assert ours == PhoneProblem.INVALID
        return
    if isinstance(ours, Phone):
        assert phonenumbers.is_possible_number(number)
        assert ours.e164 == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    elif len(raw) > 8 and phonenumbers.is_valid_number(number):
        assert len(raw) > 18


@given(st.from_regex(r"\+375(29|33|44|25)[1-9][0-9]{6}", fullmatch=True), st.sampled_from([" ", "-", "", "\u00a0"]))
def test_spacing_never_changes_the_phone(e164: str, gap: str) -> None:
    spaced = gap.join((e164[:4], e164[4:6], e164[6:9], e164[9:11], e164[11:]))
    assert phone_of_field(spaced, "BY") == Phone(e164) == phone_of_field(grouped(e164), "BY")


@given(st.from_regex(r"\+[1-9][0-9]{9,14}", fullmatch=True))
def test_a_masked_phone_keeps_most_digits_to_itself(e164: str) -> None:
    shown = masked(e164)
    assert shown.startswith("+")
    assert shown.endswith(f"…{e164[-2:]}")
    assert len(shown) <= 7


def test_people_see_phones_in_groups_and_by_their_last_digits() -> None:
    assert grouped(MOBILE) == "+375 29 888-88-08"
    assert masked(MOBILE) == "+375…08"
    assert last_four(MOBILE) == "8808"
    assert grouped("no phone") == "no phone"
