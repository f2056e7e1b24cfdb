"""Our own codes, and what is made of everybody else's."""

import secrets
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitor_register.domain.codes import (
    ALPHABET,
    LONGEST,
    PASS_LENGTH,
    CodeKind,
    check_character,
    classify,
    clean,
    fold_code,
    grouped,
    is_sound,
    new_pass_code,
)

CODES = st.text(ALPHABET, min_size=1, max_size=40).map(lambda body: body + check_character(body))


def some_passes(number: int) -> list[str]:
    random = Random(3)
    return [new_pass_code(random.choice) for _ in range(number)]


@given(CODES)
def test_every_single_wrong_character_is_noticed(code: str) -> None:
    for at, right in enumerate(code):
        assert not any(is_sound(code[:at] + wrong + code[at + 1 :]) for wrong in ALPHABET if wrong != right)


@given(CODES)
def test_every_swap_of_neighbours_is_noticed(code: str) -> None:
    for at in range(len(code) - 1):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert is_sound(swapped) == (swapped == code)


def test_every_pair_of_neighbours_at_every_place_of_a_pass_is_told_from_its_swap() -> None:
    for at in range(PASS_LENGTH - 1):
        for one in ALPHABET:
            for other in ALPHABET:
                if one != other:
                    rest = "0" * (PASS_LENGTH - at - 2)
                    ways = {check_character("0" * at + pair + rest) for pair in (one + other, other + one)}
                    assert len(ways) == 2


def test_every_wrong_sign_at_every_place_of_a_pass_is_noticed() -> None:
    """Each sign adds its own share, so a wrong one makes the same difference in every code: one code stands for all."""
    sound = "0" * PASS_LENGTH
    assert is_sound(sound)
    for at in range(PASS_LENGTH):
        assert not any(is_sound(sound[:at] + wrong + sound[at + 1 :]) for wrong in ALPHABET[1:])


def test_every_last_sign_is_told_from_its_swap_with_the_check_character() -> None:
    for last in ALPHABET:
        for filler in ALPHABET:
            body = "VR" + "0" * (PASS_LENGTH - 5) + filler + last
            check = check_character(body)
            assert is_sound(body[:-1] + check + last) == (check == last)


def test_a_pass_is_known_by_its_form_and_printed_in_fours() -> None:
    code = new_pass_code(secrets.choice)
    assert (len(code), code[:2], is_sound(code)) == (12, "VR", True)
    assert grouped("VR0123456789") == "VR01 2345 6789"


@pytest.mark.parametrize("write", [str, str.lower, grouped, lambda code: "-".join(grouped(code).split())])
def test_a_pass_is_recognised_however_it_is_typed(write: object) -> None:
    assert callable(write)
    for code in some_passes(20):
        scanned = classify(write(code))
        assert (scanned.kind, scanned.text) == (CodeKind.PASS, code)


def test_letters_that_people_read_into_a_pass_are_read_as_the_digits_they_are() -> None:
    code = next(code for code in some_passes(200) if "0" in code and "1" in code)
    assert classify(code.replace("0", "O").replace("1", "l")).text == code


def test_a_pass_with_a_wrong_character_is_to_be_scanned_again() -> None:
    code = some_passes(1)[0]
    scanned = classify(code[:-1] + ("A" if code[-1] != "A" else "B"))
    assert scanned.kind is CodeKind.NOT_A_BADGE
    assert "Scan it again" in scanned.words


@pytest.mark.parametrize(
    "text",
    [
        "S1234567A",
        "123456789",
        "H9999",
        "VR1." + "aB3_-" * 23,
        "LBH-000123",
        "EMP:0042",
        "HC1:6BF+70790T9WJWG",
        "12345670",
    ],
)
def test_what_could_be_a_badge_is_looked_up(text: str) -> None:
    assert classify(text).kind is CodeKind.BADGE
    assert classify(text).text == text
    assert classify(text).words == ""


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/menu?id=7",
        "HTTP://EXAMPLE.ORG",
        "www.example.org",
        "mailto:a@example.org",
        "WIFI:T:WPA;S:staff;P:secret;;",
        "BEGIN:VCARD\nFN:Priya Patel\nEND:VCARD",
        "MECARD:N:Patel;;",
        "javascript:alert(1)",
        "tel:02071234567",
        '{"id": 7}',
        "<b>x</b>",
        "4006381333931",
        "Welcome to our school",
        "",
        "\x00\x1b\u202e",
        "a",
        "9" * (LONGEST + 1),
    ],
)
def test_everything_else_is_not_a_badge_and_the_words_say_so(text: str) -> None:
    scanned = classify(text)
    assert scanned.kind is CodeKind.NOT_A_BADGE
    assert scanned.words.endswith(".")


@given(st.text(max_size=2000))
def test_no_text_breaks_it_and_nothing_invisible_stays(text: str) -> None:
    scanned = classify(text)
    assert len(scanned.text) <= LONGEST
    assert scanned.text == clean(scanned.text)
    assert all(sign.isprintable() or sign.isspace() for sign in scanned.text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("s123abc", "S123ABC"),
        ('a"b', "A@B"),
        ("a£1", "A#1"),
        ("x~y", "X|y"),
        ("x#y", "x\\Y"),
        ("lbh–12", "LBH-12"),
        (" S12\r\n", "S12"),
    ],
)
def test_case_and_keyboard_layout_make_no_difference_once_folded(typed: str, printed: str) -> None:
    assert fold_code(typed) == fold_code(printed)


def test_different_codes_stay_different_once_folded() -> None:
    codes = ["S12", "S13", "S-12", "S12@", "S12#", "S 12", "S1.2", "S1/2"]
    assert len({fold_code(code) for code in codes}) == len(codes)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_code(fold_code(text)) == fold_code(text)
