"""A visit is the fold of its entries: the last word counts, and nothing is lost on the way."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from visitor_register.domain import events as e
from visitor_register.domain.assurance import Assurance, Basis, CallBack, IdentityCheck, NumberSource, Outcome
from visitor_register.domain.folds import FOLD_OF, MAKES, booking, person
from visitor_register.domain.folds.visit import fold
from visitor_register.domain.people import BadgeCode, CodeState, Person
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import ToldBy, Visit, VisitState

AT = datetime(2026, 11, 24, 10, 24, tzinfo=UTC)
ONE, SOMEBODY, DESK = UUID(int=1), UUID(int=2), UUID(int=3)
ARRIVED = e.Arrived(
    SOMEBODY, None, AT, Verdict.KNOWN, True, IdentityCheck(), Assurance(Basis.PHOTO_BADGE), Supervision.UNESCORTED
)


def _entries(*said: object) -> list[e.Entry]:
    return [e.Entry(seq, AT + timedelta(minutes=seq), DESK, ONE, event) for seq, event in enumerate(said, 1)]


def _visit(*said: object) -> Visit:
    made = fold(_entries(*said))[0]
    assert isinstance(made, Visit)
    return made


def _call(outcome: Outcome) -> e.CalledBack:
    return e.CalledBack("020", "MASH", NumberSource.PUBLISHED, "list", "Priya", "", outcome, AT)


def test_an_arrival_alone_is_on_site() -> None:
    assert _visit(ARRIVED).state is VisitState.ON_SITE


def test_the_last_leaving_counts_and_putting_back_takes_only_its_own() -> None:
    left = e.Left(AT + timedelta(hours=1), ToldBy.DESK)
    later = e.Left(AT + timedelta(hours=2), ToldBy.LATER)
    assert _visit(ARRIVED, left, later).left_at == later.at
    assert _visit(ARRIVED, left, later, e.PutBack(3, "no")).left_at == left.at
    assert _visit(ARRIVED, left, e.PutBack(2, "no")).state is VisitState.ON_SITE
    assert _visit(ARRIVED, left, e.PutBack(9, "no")).state is VisitState.LEFT


def test_nobody_knows_is_no_time_and_a_time_learnt_later_counts() -> None:
    unknown = _visit(ARRIVED, e.LeavingUnknown())
    assert (unknown.state, unknown.left_at) == (VisitState.LEAVING_UNKNOWN, None)
    learnt = _visit(ARRIVED, e.LeavingUnknown(), e.Left(AT, ToldBy.LATER))
    assert (learnt.state, learnt.left_told_by) == (VisitState.LEFT, ToldBy.LATER)


def test_corrections_change_only_what_they_name_and_in_their_order() -> None:
    first = e.ArrivalCorrected(1, "wrong room", place="Hall", here_to_see="Mr Bello")
    second = e.ArrivalCorrected(1, "wrong time", at=AT - timedelta(minutes=5), here_to_see="")
    visit = _visit(ARRIVED, first, second)
    assert (visit.place, visit.here_to_see, visit.arrived_at) == ("Hall", "", AT - timedelta(minutes=5))
    assert visit.corrected
    assert visit.arrived_seq == 1
    assert visit.recorded_at == AT + timedelta(minutes=1)


def test_the_last_answer_to_a_call_back_counts_and_no_answer_is_none() -> None:
    made = fold(_entries(ARRIVED, _call(Outcome.NOT_CONFIRMED), _call(Outcome.CONFIRMED), _call(Outcome.NO_ANSWER)))
    visit = made[0]
    assert isinstance(visit, Visit)
    assert (visit.called_back, visit.call_back_refused) == (True, False)
    assert [row.outcome for row in made if isinstance(row, CallBack)] == [
        Outcome.NOT_CONFIRMED,
        Outcome.CONFIRMED,
        Outcome.NO_ANSWER,
    ]
    assert _visit(ARRIVED, _call(Outcome.NOT_CONFIRMED)).call_back_refused
    assert not _visit(ARRIVED, _call(Outcome.NO_ANSWER)).called_back


def test_telling_a_dsl_who_did_not_answer_is_not_telling_them() -> None:
    assert _visit(ARRIVED, e.DslTold("Mrs Shah", False, AT)).dsl_told_at is None
    assert _visit(ARRIVED, e.DslTold("Mr Bello", True, AT)).dsl_told_at == AT


def test_entries_without_an_arrival_make_no_row() -> None:
    assert fold(_entries(e.Left(AT, ToldBy.DESK), e.Unknown("Teleported", 1), None)) == []


def test_an_erased_entry_is_passed_over() -> None:
    assert _visit(ARRIVED, None, e.Left(AT, ToldBy.DESK)).state is VisitState.LEFT


def test_a_code_goes_from_provisional_to_confirmed_to_withdrawn() -> None:
    recorded = e.PersonListed(UUID(int=9), "Leila Haddad")
    said: list[object] = [recorded, e.CodeBound("H1")]
    states = [CodeState.PROVISIONAL]
    for event, state in (
        (e.CodeConfirmed("H1"), CodeState.CONFIRMED),
        (e.CodeWithdrawn("H1", "lost"), CodeState.WITHDRAWN),
        (e.CodeBound("H1", provisional=False), CodeState.CONFIRMED),
    ):
        said.append(event)
        code = person.fold(_entries(*said))[1]
        assert isinstance(code, BadgeCode)
        states.append(code.state)
        assert code.state is state


def test_somebody_listed_again_is_on_the_chart_again() -> None:
    first, second = UUID(int=10), UUID(int=11)
    made = person.fold(
        _entries(
            e.PersonListed(first, "Leila Haddad"), e.PersonLeftChart(second), e.PersonListed(second, "Leila Haddad")
        )
    )[0]
    assert isinstance(made, Person)
    assert (made.version, made.left_version) == (second, None)


def test_a_booking_changed_after_a_cancellation_is_on_again() -> None:
    booked = {"visitors": (SOMEBODY,), "starts_at": AT}
    made = booking.fold(
        _entries(e.Booked(**booked), e.BookingCancelled(True, "trip"), e.BookingChanged(**booked))  # type: ignore[arg-type]
    )[0]
    assert (made.state.value, made.cancelled_why, made.booked_at) == ("changed", "", AT + timedelta(minutes=1))  # type: ignore[attr-defined]


def test_every_fold_says_which_tables_it_makes() -> None:
    assert set(FOLD_OF.values()) == set(MAKES)
    assert set(FOLD_OF) <= set(e.VERSIONS)
    testimony = {e.FireListPrinted, e.Erased, e.AccessChanged, e.DataCopied, e.Restored, e.DrillDone}
    assert set(e.VERSIONS) - set(FOLD_OF) == testimony
