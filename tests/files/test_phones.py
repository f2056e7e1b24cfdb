"""Telephone numbers as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitor_register.files.phones import read_phones


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("0044 20 79460983", ["+442079460983"]),
        ("(020) 7946 0819", ["+442079460819"]),
        ("2079460481", ["+442079460481"]),
        ("Tel: 020-7946-0939", ["+442079460939"]),
        ("+44 (0)7700 900417", ["+447700900417"]),
        ("2079460481.0", ["+442079460481"]),
        ("020 7946 0788 / 07700 900 365", ["+442079460788", "+447700900365"]),
        ("020 7946 0001 07700 900 002", ["+442079460001", "+447700900002"]),
        ("Mob: 07700 900123; DDI: 020 7946 0001", ["+447700900123", "+442079460001"]),
        ("7946 0001", [""]),
        ("N/A", []),
        ("0", []),
        ("see reception", []),
    ],
)
def test_numbers_come_out_right(typed: str, numbers: list[str]) -> None:
    assert [phone.number for phone in read_phones(typed)] == numbers


@pytest.mark.parametrize("typed", ["020 7946 0669 ext. 12", "020 7946 0669 x12", "020 7946 0669 extn 12"])
def test_an_extension_stays_with_its_number(typed: str) -> None:
    (phone,) = read_phones(typed)
    assert (phone.number, phone.extension) == ("+442079460669", "12")


@given(st.text(alphabet="0123456789 +()-/x,;ext.", max_size=60))
def test_any_text_ends(typed: str) -> None:
    assert all(phone.number == "" or phone.number.startswith("+") for phone in read_phones(typed))
