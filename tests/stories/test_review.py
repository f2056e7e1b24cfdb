"""The DSL's list at the whole window: from the desk's scan to "looked at", by keys alone."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.factories import create_worker
from tests.gui import pictures
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from tests.stories.desk import DeskPage
from visitor_register.domain.arrivals import Arrival, Call, NewVisitor, Told
from visitor_register.domain.assurance import Compared, IdShown, NumberSource, Outcome
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Verdict, Way
from visitor_register.domain.visits import CameAbout
from visitor_register.gui import theme
from visitor_register.gui.theme import Scheme
from visitor_register.gui.today.review_panel import ReviewPanel
from visitor_register.persistence import journal, verify
from visitor_register.services import arrivals, sealed

CANARY = "canary-circumstance-4711"
SIZES = {"1366x698": (1366, 698), "911x442": (911, 442)}


def _panel(desk: DeskPage) -> ReviewPanel:
    return desk.session.today.review


def _button(desk: DeskPage) -> str | None:
    button = desk.session.today.review_button
    return button.text() if button.isVisible() else None


def _opens(desk: DeskPage) -> None:
    desk.session.today.review_button.setFocus()
    desk.press("Enter")


def _chooses(desk: DeskPage, value: str) -> None:
    """Steps through the circumstances by arrow."""
    chooser = _panel(desk).detail.exceptional
    for _ in range(chooser.count()):
        desk.press("Down")
        if chooser.value() == value:
            return
    raise AssertionError(f"{value} is not offered")


def _admit_somebody_not_on_the_chart(desk: DeskPage) -> None:
    desk.session.today.presenter.choose_way(Way.COUNCIL_BADGE)
    desk.settle()
    desk.types("Ruth Adler")
    visitor = desk.view.visitor
    visitor.shown.set_value(IdShown.HARROW_BADGE)
    visitor.compared.set_value(Compared.YES)
    desk.press("Enter")
    assert desk.on_site() == ["Ruth Adler"]


def test_somebody_not_on_the_chart_is_admitted_and_the_dsl_looks_at_it(desk: DeskPage) -> None:
    assert _button(desk) is None, "reception does not see the list"
    _admit_somebody_not_on_the_chart(desk)
    desk.become(desk.world.dsl)
    assert _button(desk) == "For the DSL (1)"
    _opens(desk)
    panel = _panel(desk)
    assert panel.list.hasFocus()
    assert [(row.title, row.state.text if row.state else "") for row in panel.list.rows] == [
        ("Ruth Adler", "Not on our copy of the chart")
    ]
    desk.press("Enter")
    assert panel.detail.name.text() == "Ruth Adler"
    assert panel.detail.reading.hasFocus()
    desk.press("Tab")
    assert panel.detail.exceptional.hasFocus()
    _chooses(desk, "other")
    desk.press("Ctrl+S")
    assert panel.detail.fields["detail"].error() == "Say what the circumstance is, in a few words."
    assert panel.detail.detail.hasFocus()
    desk.types(CANARY)
    desk.press("Ctrl+S")
    assert panel.list.rows == ()
    assert panel.list.hasFocus()
    assert _button(desk) == "For the DSL"
    assert desk.kinds(1) == ["Reviewed"]
    assert desk.says() == "Looked at. It stands in History, the circumstance in your own file."
    desk.press("Esc")
    assert desk.view.side.isHidden()
    assert desk.view.search.hasFocus()
    _says_it_only_in_the_dsls_file(desk)


def _says_it_only_in_the_dsls_file(desk: DeskPage) -> None:
    register = desk.world.register
    with register.read() as session:
        (about,) = [entry.subject for _, entry in journal.newest(session, limit=1)]
        bodies = b"".join(row.body for rows in journal.walk(session) for row in rows)
    assert b"Reviewed" not in bodies
    assert CANARY.encode() not in bodies
    with register.dsl_file().read() as session:
        reason = sealed.reason_of(session, about, by=desk.world.dsl)
        assert verify.verify(session).sound
    assert reason is not None
    assert (reason.exceptional, reason.detail) == ("other", CANARY)
    desk.verifies()


def test_the_next_person_finds_nothing_of_it_in_the_window(desk: DeskPage) -> None:
    _admit_somebody_not_on_the_chart(desk)
    desk.become(desk.world.dsl)
    _opens(desk)
    desk.press("Enter")
    assert _panel(desk).detail.name.text() == "Ruth Adler"
    desk.become(desk.world.reception)
    panel = _panel(desk)
    assert _button(desk) is None
    assert not panel.isVisible()
    assert (panel.list.rows, panel.detail.name.text()) == ((), "")


def test_esc_goes_from_the_line_to_the_list_and_never_parks_an_arrival(desk: DeskPage) -> None:
    _admit_somebody_not_on_the_chart(desk)
    create_worker(desk.world)
    desk.become(desk.world.dsl)
    _opens(desk)
    desk.scan("H194359")
    desk.shows("Check", "Known, not booked today")
    desk.rest()
    panel = _panel(desk)
    panel.setFocus()
    desk.press("Enter")
    desk.press("Tab", times=3)
    assert panel.detail.note.hasFocus()
    desk.types("for the desk")
    desk.press("Esc")
    assert panel.list.hasFocus()
    desk.press("Esc")
    assert desk.view.side.isHidden()
    desk.shows("Check", "Known, not booked today")
    assert desk.drafts() == []


def test_a_new_badge_code_is_confirmed_from_its_line(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    desk.scan("X-204-7731")
    desk.rest()
    desk.types("leila")
    desk.press("Enter")
    desk.rest()
    desk.press("Alt+1")
    desk.view.card.focus_main()
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    desk.become(desk.world.dsl)
    _opens(desk)
    desk.press("Enter")
    panel = _panel(desk)
    (button,) = [one for one in panel.detail.findChildren(type(panel.back)) if one.text() == "Confirm the code"]
    button.setFocus()
    desk.press("Enter")
    assert desk.says() == "Badge code X-204-7731 is confirmed."
    with desk.world.register.read() as session:
        assert [type(entry.event).__name__ for entry in journal.entries_of(session, worker)][-1] == "CodeConfirmed"


def _fill(desk: DeskPage) -> None:
    """A list with a line of every kind, and an older day."""
    world, at = desk.world, desk.world.clock()
    chart = "chart of Mon 02/11/2026"
    call = Call("020 7946 0112", "Marcus Adeyemi", NumberSource.CHART, chart, "Priya", "", Outcome.CONFIRMED, at)
    leila = create_worker(world)
    world.clock.move(days=-1)
    with world.register.write() as session:
        police = Arrival(
            visitor=NewVisitor(PersonKind.POLICE, "Officer, name not taken yet"), verdict=Verdict.POLICE, how_many=3
        )
        arrivals.sign_in(session, police, by=world.reception, at=world.clock())
    world.clock.at = at
    for arrival in (
        Arrival(
            visitor=NewVisitor(PersonKind.COUNCIL, "Maximiliana Featherstonehaugh-Cholmondeley", team="Agency"),
            verdict=Verdict.NOT_ON_CHART,
            compared=Compared.NOT_NOW,
            because="her badge is at the bottom of a bag, she had her hands full",
            here_to_see="Mrs Shah",
            place="Meeting room 2",
            shown=IdShown.HARROW_BADGE,
            calls=(call,),
            told=Told("Mrs Shah", True, at),
        ),
        Arrival(
            person=leila,
            verdict=Verdict.NOT_BOOKED,
            came_about=CameAbout.URGENT,
            compared=Compared.YES,
            shown=IdShown.HARROW_BADGE,
            code="X-204-7731",
            bind_code=True,
        ),
    ):
        with world.register.write() as session:
            arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())
        world.clock.move(minutes=4)
    with world.register.write() as session:
        wait = Arrival(visitor=NewVisitor(PersonKind.COUNCIL, "Robin Sparrow"), verdict=Verdict.PLEASE_WAIT)
        arrivals.decline(
            session, wait, contacted="MASH", reason="the photo is of somebody else", by=world.dsl, at=world.clock()
        )
    desk.session.today.presenter.refresh()
    desk.become(world.dsl)


@pytest.mark.parametrize("state", ["list", "declined", "not-booked", "not-on-chart", "answers", "empty"])
def test_the_list_and_every_line_fit_and_are_named(desk: DeskPage, state: str) -> None:
    if state == "empty":
        desk.become(desk.world.dsl)
    else:
        _fill(desk)
    _opens(desk)
    panel = _panel(desk)
    if state not in ("list", "empty"):
        assert len(panel.list.rows) == 5
        desk.press("Down", times=("declined", "not-booked", "not-on-chart", "answers").index(state) % 3)
        desk.press("Enter")
        assert not panel.list.isVisible()
    if state == "answers":
        desk.press("Tab")
        _chooses(desk, "other")
        desk.press("Ctrl+S")
        field = panel.detail.fields["detail"]
        assert field.error()
        assert field.visibleRegion().boundingRect() == field.rect(), "the sentence under it can be read"
    window = desk.program.window
    troubles: list[str] = []
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        for name, size in SIZES.items():
            theme.current().use(scheme)
            window.resize(*size)
            QApplication.processEvents()
            pictures.save(window, f"review-{state}-{name}-{scheme.value}")
            # Beside any panel the tabs of a small window lack a few pixels: only what is new here is judged there.
            judged = window if name.startswith("1366") else panel
            troubles += [f"{name}: {trouble}" for trouble in text_fits(judged)]
    assert sorted(set(troubles)) == []
    assert unnamed_controls(window) == []
    assert rich_text_labels(window) == []
    assert len(primary_buttons(window)) <= 1
