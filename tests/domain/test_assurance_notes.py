"""What stands behind a visitor: the basis proposed, the strength derived, and the number that is never kept."""

import pytest

from visitor_register.domain.assurance import (
    Basis,
    IdShown,
    Strength,
    propose_basis,
    refuse_certificate_number,
    strength,
)
from visitor_register.domain.verification import Verdict
from visitor_register.errors import RegisterError


@pytest.mark.parametrize(
    "note",
    ["001234567890", "DBS 0012 3456 7890, seen", "0012-3456-7890", "0012.3456.7890", "0 0 1 2 3 4 5 6 7 8 9 0"],
)
def test_what_looks_like_a_certificate_number_is_refused(note: str) -> None:
    with pytest.raises(RegisterError, match="Please do not record certificate numbers"):
        refuse_certificate_number(note)


@pytest.mark.parametrize(
    "note", ["", "seen 12/05/2026", "020 8901 2690", "07700 900123", "SW123456", "12345678901", "1234567890123"]
)
def test_dates_telephone_numbers_and_shorter_ones_are_let_be(note: str) -> None:
    refuse_certificate_number(note)


@pytest.mark.parametrize(
    ("verdict", "shown", "letter", "basis"),
    [
        (Verdict.KNOWN, IdShown.HARROW_BADGE, False, Basis.PHOTO_BADGE),
        (Verdict.KNOWN, None, False, Basis.PHOTO_BADGE),
        (Verdict.NOT_BOOKED, IdShown.OTHER_PHOTO, False, Basis.NOT_EVIDENCED),
        (Verdict.NOT_ON_CHART, IdShown.OTHER_COUNCIL, True, Basis.EMPLOYER_LETTER),
        (Verdict.OTHER_SERVICE, IdShown.NHS, True, Basis.EMPLOYER_LETTER),
        (Verdict.OTHER_SERVICE, IdShown.NHS, False, Basis.NOT_EVIDENCED),
        (Verdict.NOT_CONFIRMED, IdShown.NONE, True, Basis.NOT_EVIDENCED),
        (Verdict.NO_BADGE, IdShown.OTHER_PHOTO, True, Basis.NOT_EVIDENCED),
        (Verdict.POLICE, IdShown.POLICE_WARRANT, False, Basis.NOT_REQUIRED),
        (Verdict.OTHER_VISITOR, None, False, Basis.NOT_REQUIRED),
    ],
)
def test_only_a_harrow_photo_badge_is_accepted_under_the_protocol(
    verdict: Verdict, shown: IdShown | None, letter: bool, basis: Basis
) -> None:
    assert propose_basis(verdict, shown, letter_on_file=letter) is basis


@pytest.mark.parametrize("number", range(16))
def test_a_code_and_a_booking_alone_identify_nobody(number: int) -> None:
    code, compared, booked, called = (bool(number >> bit & 1) for bit in range(4))
    label = strength(code_read=code, compared=compared, booked=booked, called_back=called)
    facts = sum((code, compared, booked, called))
    if not compared and not called:
        assert label is Strength.NONE
    else:
        assert label is {1: Strength.PARTIAL, 2: Strength.GOOD, 3: Strength.STRONG, 4: Strength.STRONG}[facts]
