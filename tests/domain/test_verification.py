"""The ladder: every combination has one verdict, and the first row that fits wins."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import (
    NEEDS_CALL_BACK,
    SUPERVISION,
    TELLS_DSL,
    Found,
    Listing,
    Supervision,
    Verdict,
    Way,
    judge,
)

FOUND = st.builds(
    Found,
    open_visit=st.booleans(),
    way=st.none() | st.sampled_from(Way),
    code_known=st.none() | st.booleans(),
    code_withdrawn=st.booleans(),
    listing=st.none() | st.sampled_from(Listing),
    kind=st.none() | st.sampled_from(PersonKind),
    booked=st.booleans(),
    call_back_refused=st.booleans(),
)


def _unlisted(f: Found) -> bool:
    return f.listing in (None, Listing.NEVER)


def _nobody_vouches(f: Found) -> bool:
    no_badge = f.way is Way.NO_BADGE and not f.booked and f.listing is not Listing.CURRENT
    return f.call_back_refused or f.way is Way.CANNOT_VOUCH or no_badge


# The table of the rules in its order, said once more in another way. Three rows stand above "Not
# confirmed" that somebody may fit whom nobody can vouch for: what nobody vouches for is not one of them.
# And once a call-back said no, no row that only asks for a call-back fits any more.
ROWS: list[tuple[Verdict, Callable[[Found], bool]]] = [
    (Verdict.ALREADY_HERE, lambda f: f.open_visit),
    (Verdict.PLEASE_WAIT, lambda f: f.way is Way.WAIT),
    (Verdict.POLICE, lambda f: f.way is Way.POLICE or f.kind is PersonKind.POLICE),
    (Verdict.BADGE_WITHDRAWN, lambda f: f.code_withdrawn and not f.call_back_refused),
    (Verdict.LEFT_THE_CHART, lambda f: f.listing is Listing.OLDER and not f.call_back_refused),
    (
        Verdict.NOT_ON_CHART,
        lambda f: (
            not _nobody_vouches(f)
            and f.way is not Way.NO_BADGE
            and (f.way is Way.COUNCIL_BADGE or (_unlisted(f) and f.kind is PersonKind.COUNCIL))
        ),
    ),
    (
        Verdict.OTHER_SERVICE,
        lambda f: (
            not _nobody_vouches(f)
            and f.way is not Way.NO_BADGE
            and (f.way is Way.OTHER_SERVICE or f.kind is PersonKind.OTHER_SERVICE)
        ),
    ),
    (Verdict.NO_BADGE, lambda f: f.way is Way.NO_BADGE and not _nobody_vouches(f)),
    (Verdict.NOT_CONFIRMED, _nobody_vouches),
    (
        Verdict.NEW_CODE,
        lambda f: (
            (f.code_known is False or f.listing is None)
            and f.way is not Way.OTHER_VISITOR
            and f.kind is not PersonKind.OTHER
        ),
    ),
    (Verdict.NOT_BOOKED, lambda f: not f.booked and f.way is not Way.OTHER_VISITOR and f.kind is not PersonKind.OTHER),
    (Verdict.KNOWN, lambda f: f.booked and f.way is not Way.OTHER_VISITOR and f.kind is not PersonKind.OTHER),
    (Verdict.OTHER_VISITOR, lambda f: True),
]


def test_the_rows_stand_in_the_order_of_the_verdicts() -> None:
    assert [verdict for verdict, _ in ROWS] == list(Verdict)


@given(found=FOUND)
def test_the_first_row_that_fits_wins(found: Found) -> None:
    assert judge(found) is next(verdict for verdict, fits in ROWS if fits(found))


def test_every_single_combination_has_a_verdict_and_every_verdict_a_combination() -> None:
    both = (False, True)
    seen = {
        judge(Found(*values))
        for values in product(
            both, (None, *Way), (None, *both), both, (None, *Listing), (None, *PersonKind), both, both
        )
    }
    assert seen == set(Verdict)


@given(found=FOUND)
def test_a_scan_alone_never_makes_anybody_wait(found: Found) -> None:
    if found.way is None:
        assert judge(found) is not Verdict.PLEASE_WAIT


@given(found=FOUND)
def test_green_needs_the_chart_and_a_booking(found: Found) -> None:
    if judge(found) is Verdict.KNOWN:
        assert found.booked
        assert found.listing is not None
        assert not found.code_withdrawn
        assert not found.call_back_refused


@pytest.mark.parametrize(
    ("verdict", "supervision"),
    [
        (Verdict.PLEASE_WAIT, Supervision.WITH_STAFF),
        (Verdict.POLICE, Supervision.DSL),
        (Verdict.BADGE_WITHDRAWN, Supervision.UNTIL_CONFIRMED),
        (Verdict.LEFT_THE_CHART, Supervision.UNTIL_CONFIRMED),
        (Verdict.NOT_ON_CHART, Supervision.ESCORTED),
        (Verdict.OTHER_SERVICE, Supervision.UNTIL_CONFIRMED),
        (Verdict.NO_BADGE, Supervision.UNTIL_CONFIRMED),
        (Verdict.NOT_CONFIRMED, Supervision.STAFF_IN_ROOM),
        (Verdict.OTHER_VISITOR, Supervision.ESCORTED),
        (Verdict.KNOWN, None),
        (Verdict.NOT_BOOKED, None),
    ],
)
def test_each_row_proposes_its_supervision(verdict: Verdict, supervision: Supervision | None) -> None:
    assert SUPERVISION.get(verdict) is supervision


def test_whatever_asks_for_a_call_back_tells_the_dsl_too() -> None:
    assert NEEDS_CALL_BACK < TELLS_DSL
    assert not {Verdict.KNOWN, Verdict.NOT_BOOKED, Verdict.OTHER_VISITOR, Verdict.ALREADY_HERE} & TELLS_DSL
