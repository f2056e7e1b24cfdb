"""Every row of the ladder of verdicts, at the whole window: what is shown, what Enter does, what is written."""

from tests.factories import create_booking, create_leaver, create_visit, create_worker
from tests.stories.desk import DeskPage
from visitor_register.domain.assurance import Compared, IdShown
from visitor_register.domain.events import CodeWithdrawn
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import CameAbout, Visit
from visitor_register.services import today


def _visit(desk: DeskPage) -> Visit:
    """The one visitor who is signed in."""
    with desk.world.register.read() as session:
        (here,) = today.board(session, at=desk.world.clock()).on_site
    return here.visit


def _choose(desk: DeskPage, steps: int) -> None:
    """Choose the n-th answer of a chooser that has the keyboard."""
    desk.press("Down", times=steps)


def test_known_but_not_booked_asks_in_general_terms_and_signs_in(desk: DeskPage) -> None:
    create_worker(desk.world)
    desk.scan("H194359")
    desk.shows("Check", "Known, not booked today", "Leila Haddad")
    desk.rest()
    desk.press("Alt+2")
    assert desk.on_site() == []
    desk.press("F3")
    desk.view.card.focus_main()
    desk.press("Enter")
    visit = _visit(desk)
    assert (visit.verdict, visit.came_about) == (Verdict.NOT_BOOKED, CameAbout.URGENT)
    assert visit.compared is Compared.YES
    desk.verifies()


def test_somebody_who_left_the_chart_is_admitted_escorted_after_a_call_to_the_present_manager(desk: DeskPage) -> None:
    create_leaver(desk.world)
    desk.scan("H170001")
    desk.shows("Check", "No longer on the chart", "Ian Haddow")
    call = desk.view.work.call
    assert call.number.text() == "020 7946 0112"
    assert "from the chart of" in call.source.text()
    call.who.setFocus()
    desk.rest()
    desk.types("Marcus Adeyemi")
    desk.press("Alt+1")
    desk.press("F2")
    panel = desk.view.work.panel
    panel.shown.setFocus()
    _choose(desk, 1)
    panel.compared.setFocus()
    _choose(desk, 1)
    desk.view.card.focus_main()
    desk.press("Enter")
    visit = _visit(desk)
    assert visit.verdict is Verdict.LEFT_THE_CHART
    assert visit.supervision is Supervision.UNTIL_CONFIRMED
    assert visit.called_back
    desk.verifies()


def test_a_missing_answer_is_asked_for_and_nothing_is_written(desk: DeskPage) -> None:
    create_leaver(desk.world)
    desk.scan("H170001")
    before = desk.entries()
    desk.rest()
    desk.press("Enter")
    assert desk.entries() == before
    assert "Say whether you compared face and photo" in desk.view.work.panel.problem.title.text()
    assert desk.focused() is desk.view.work.panel.shown


def test_a_withdrawn_badge_is_a_check(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    desk.world.write((worker, CodeWithdrawn("LOST-0007", "reported lost")))
    desk.scan("LOST-0007")
    desk.shows("Check", "Badge reported lost or withdrawn", "Leila Haddad")


def test_a_new_code_finds_the_person_by_name_and_is_bound_provisionally(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.scan("X-204-7731")
    desk.shows("New code", "Nobody holds it yet", "Find the person by name")
    desk.rest()
    desk.types("hadd")
    desk.press("Enter")
    desk.shows("Known", "Expected 10:30 to see Mrs Shah", "Leila Haddad")
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    assert desk.kinds(2) == ["Arrived", "CodeBound"]
    desk.world.clock.move(minutes=5)
    desk.scan("X-204-7731")
    desk.shows("Already here", None, "Leila Haddad")
    desk.verifies()


def test_a_council_badge_that_is_not_on_our_chart_is_admitted_escorted_with_one_enter(desk: DeskPage) -> None:
    desk.rest()
    desk.types("zzz")
    desk.press("F5")
    visitor = desk.view.visitor
    desk.types("Priya Natarajan")
    visitor.organisation.setFocus()
    desk.types("CIN Team 9")
    visitor.shown.setFocus()
    _choose(desk, 1)
    visitor.compared.setFocus()
    _choose(desk, 1)
    visitor.name.setFocus()
    desk.press("Enter")
    visit = _visit(desk)
    assert desk.on_site() == ["Priya Natarajan"]
    assert visit.verdict is Verdict.NOT_ON_CHART
    assert visit.supervision is Supervision.ESCORTED
    assert visit.id_shown is IdShown.HARROW_BADGE
    desk.verifies()


def test_another_service_is_a_check_with_its_published_number(desk: DeskPage) -> None:
    desk.rest()
    desk.types("zzz")
    desk.press("F6")
    visitor = desk.view.visitor
    desk.types("Gareth Pym")
    visitor.organisation.setFocus()
    desk.types("Northvale Council")
    visitor.shown.setFocus()
    _choose(desk, 2)
    visitor.compared.setFocus()
    _choose(desk, 1)
    visitor.name.setFocus()
    desk.press("Enter")
    visit = _visit(desk)
    assert visit.verdict is Verdict.OTHER_SERVICE
    assert visit.id_shown is IdShown.OTHER_COUNCIL
    desk.verifies()


def test_a_forgotten_badge_is_a_check_with_a_call_to_the_manager(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.rest()
    desk.types("hadd")
    desk.press("Enter")
    desk.shows("Known")
    desk.press("F7")
    desk.shows("Check", "No badge today. Expected 10:30 to see Mrs Shah", "Leila Haddad")
    assert desk.view.work.call.number.text() == "020 7946 0112"


def test_nobody_can_vouch_is_not_confirmed_and_goes_in_with_staff(desk: DeskPage) -> None:
    desk.rest()
    desk.types("zzz")
    desk.press("F7")
    visitor = desk.view.visitor
    desk.types("Sam Unknown")
    visitor.shown.setFocus()
    _choose(desk, 7)
    visitor.compared.setFocus()
    _choose(desk, 2)
    visitor.name.setFocus()
    desk.press("Enter")
    visit = _visit(desk)
    assert visit.verdict is Verdict.NOT_CONFIRMED
    assert visit.supervision is Supervision.STAFF_IN_ROOM
    assert visit.compared is Compared.NO_PHOTO
    desk.verifies()


def test_a_call_back_that_says_no_makes_it_not_confirmed(desk: DeskPage) -> None:
    create_leaver(desk.world)
    desk.scan("H170001")
    desk.rest()
    desk.press("Alt+2")
    desk.shows("Not confirmed", None, "Ian Haddow")


def test_please_wait_tells_the_dsl_and_never_blocks(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.scan("H194359")
    desk.rest()
    desk.press("F4")
    desk.shows("Please wait", "DSL or head now. Expected 10:30 to see Mrs Shah", "Leila Haddad")
    desk.press("Enter")
    assert "Mrs Shah told at 10:24" in desk.view.work.guidance.state.text()
    assert desk.view.card.main is not None
    assert desk.view.card.main.text() == "Sign in, with staff"
    assert not desk.view.work.guidance.decline.isVisible(), "reception cannot decline"


def test_police_go_straight_in(desk: DeskPage) -> None:
    desk.rest()
    desk.types("zzz")
    police = next(button for button in desk.view.found.buttons() if button.text().startswith("Police"))
    police.setFocus()
    desk.press("Enter")
    visitor = desk.view.visitor
    desk.types("PC Lewis")
    visitor.how_many.setFocus()
    visitor.how_many.selectAll()
    desk.types("2")
    desk.press("Enter")
    visit = _visit(desk)
    assert (visit.verdict, visit.how_many, visit.supervision) == (Verdict.POLICE, 2, Supervision.DSL)
    desk.verifies()


def test_a_plumber_needs_a_name_and_no_dbs_question(desk: DeskPage) -> None:
    desk.rest()
    desk.types("zzz")
    desk.press("F8")
    desk.types("Pat Pipe")
    desk.press("Enter")
    visit = _visit(desk)
    assert visit.verdict is Verdict.OTHER_VISITOR
    assert visit.basis.value == "not_required"
    desk.verifies()


def test_within_two_minutes_a_second_reading_closes_instead_of_signing_out(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_visit(desk.world, worker)
    desk.scan("H194359")
    desk.shows("Already here")
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    assert desk.is_idle()
