"""Pre-arranged visits in the whole window, from the booking to the way out and the end of the day."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt

from tests.factories import CHEAP, NOW, PASSWORD, create_booking, create_worker
from tests.files import invitations as files
from tests.stories.desk import DeskPage
from visitor_register.domain.people import Operator, Role
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.services import bookings, people, sealed


def let_in(desk: DeskPage) -> Operator:
    """Somebody of the office, who may sign in with the password of the tests."""
    made, world = Operator(uuid4(), "Priya Anand", Role.OFFICE), desk.world
    with world.register.write() as session:
        people.add(
            session,
            world.register.keyring,
            made,
            password=PASSWORD,
            own_password=PASSWORD,
            by=world.dsl,
            at=world.clock(),
            cost=CHEAP,
        )
    return made


def fills(desk: DeskPage, control: Any, text: str) -> None:
    """Go to a field, type, and leave it; in a chooser the beginning of an answer."""
    control.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(control, Chooser) and not control.isEditable():
        desk.types(text)
        control.activated.emit(control.currentIndex())
        desk.settle()
        return
    line: Any = control.lineEdit() if isinstance(control, Chooser) else control
    line.selectAll()
    desk.types(text)
    if isinstance(control, Chooser):
        # The list of offers that hangs from it goes with the focus.
        desk.press("Tab")


def on_enter(desk: DeskPage) -> None:
    """The scanner's Return has passed: Enter is the person's."""
    desk.rest()
    desk.press("Enter")


def lines_of(desk: DeskPage, day: int) -> list[bookings.BookingLine]:
    """The bookings of a day of November or December 2026, counted on from the first of November."""
    start = NOW.replace(day=1, hour=0, minute=0)
    with desk.world.register.read() as session:
        return [
            line
            for line in bookings.between(session, start, start.replace(year=2027))
            if (line.booking.starts_at - start).days + 1 == day
        ]


def test_a_visit_at_short_notice_is_booked_by_the_office_and_its_visitor_is_known(desk: DeskPage) -> None:
    world = desk.world
    create_worker(world)
    office = let_in(desk)
    before = desk.entries()
    desk.become(office)
    desk.press("Ctrl+2")
    view: Any = desk.session.window.screen_named("bookings")
    form = view.form
    desk.press("Ctrl+N")
    fills(desk, form.who.search, "haddad")
    desk.press("Enter")
    for name, text in (("day", "30/11"), ("start", "10:00"), ("end", "11:00"), ("host", "Mrs Shah"), ("told", "E-m")):
        fills(desk, form.fields[name].control, text)
    assert form.notice.title.text() == "4 working days: short notice, reason needed"
    fills(desk, form.sealed.reason.control, "Cover")
    fills(desk, form.sealed.child, "C-0417")
    desk.press("Ctrl+S")
    assert desk.says() == "Booking saved."
    (line,) = lines_of(desk, 30)
    assert line.booking.has_sealed

    desk.become(world.reception)
    desk.press("Ctrl+1")
    world.clock.at = line.booking.starts_at
    world.clock.move(hours=-2)
    desk.scan("H194359")
    desk.shows("Known", "Expected 10:00 to see Mrs Shah, 2 h early", "Leila Haddad")
    on_enter(desk)
    assert desk.on_site() == ["Leila Haddad"]
    (line,) = lines_of(desk, 30)
    assert line.missing == ()
    world.clock.move(hours=3)
    desk.scan("H194359")
    on_enter(desk)
    assert desk.on_site() == []
    assert desk.kinds(desk.entries() - before) == ["Booked", "SealedForDsl", "Arrived", "Left"]
    desk.become(world.dsl)
    with world.register.dsl_file().read() as session:
        reason = sealed.reason_of(session, line.booking.id, by=world.dsl)
    assert reason is not None
    assert (reason.exceptional, reason.child_reference) == ("cover", "C-0417"), "what the office sealed, the DSL reads"
    desk.verifies()


def test_two_of_one_booking_come_apart_and_home_time_asks_about_who_is_left_and_who_never_came(
    desk: DeskPage,
) -> None:
    world = desk.world
    leila, ngozi = create_worker(world), create_worker(world, "Ngozi Eze", badge="H2222")
    tom, ada = create_worker(world, "Tom Okafor", badge="H3333"), create_worker(world, "Ada Obi", badge="H4444")
    both = create_booking(world, leila, ngozi)
    create_booking(world, tom, minutes=30)
    create_booking(world, ada, minutes=30)
    before = desk.entries()
    desk.scan("H194359")
    assert "0 of 2 here on this booking" in desk.view.card.content.lines  # type: ignore[union-attr]
    on_enter(desk)
    assert next(row.title for row in desk.view.idle.due.rows if row.title) == "Ngozi Eze (1 of 2 here)"
    world.clock.move(minutes=50)
    desk.scan("H2222")
    desk.shows("Known", "Expected 10:30 to see Mrs Shah, 44 min late", "Ngozi Eze")
    assert "1 of 2 here on this booking" in desk.view.card.content.lines  # type: ignore[union-attr]
    on_enter(desk)
    desk.scan("H194359")
    assert "2 of 2 here on this booking" in desk.view.card.content.lines  # type: ignore[union-attr]
    on_enter(desk)
    assert desk.on_site() == ["Ngozi Eze"]

    world.clock.at = NOW.replace(hour=16, minute=40)
    desk.session.status.refresh()
    desk.session.today.presenter.refresh()
    desk.settle()
    assert desk.says() == "1 person is still signed in. Nobody signed in for 2 bookings. Did they come?"
    desk.session.window.notices.action.click()
    desk.settle()
    page = desk.session.today.home_time
    assert (page.title.text(), page.hint.text()) == ("1 person still signed in", "2 bookings to ask about")
    desk.types("1215")
    desk.press("Enter")
    missed, came = sorted(page.no_shows.rows.values(), key=lambda row: row.name.text(), reverse=True)
    assert (missed.name.text(), came.name.text()) == ("Tom Okafor", "Ada Obi")
    missed.did_not.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press("Enter")
    assert came.did_not.hasFocus()
    desk.press("Tab")
    desk.press("Enter")
    sheet: Any = desk.session.today.paper
    assert sheet.isVisible()
    assert (sheet.typed().name, sheet.typed().here_to_see) == ("Ada Obi", "Mrs Shah")
    desk.types("11:05")
    for name, words in (("shown", "Harrow"), ("compared", "Yes")):
        fills(desk, sheet.fields[name].control, words)
    fills(desk, sheet.fields["left"].control, "11:55")
    desk.press("Ctrl+S")
    assert page.isVisible(), "home time goes on where it was"
    assert (missed.answer.text(), came.answer.text()) == ("Did not come", "Added from paper")
    assert page.done.hasFocus()
    desk.press("Esc")
    assert desk.kinds(desk.entries() - before) == [
        *["Arrived", "Arrived", "Left"],
        *["Left", "DidNotCome", "Arrived", "Left"],
    ]
    assert {line.booking.id: len(line.arrived) for line in lines_of(desk, 24)}[both] == 2
    desk.verifies()


def test_a_weekly_visit_with_one_moved_instance_brings_its_visitor_on_the_new_day(
    desk: DeskPage, tmp_path: Path
) -> None:
    world = desk.world
    create_worker(world, badge="leila.haddad")
    before = desk.entries()
    desk.become(world.dsl)
    desk.press("Ctrl+2")
    screen: Any = desk.session.window.screen_named("bookings")
    weekly = files.event(more=("RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU",))
    moved = files.event(
        "20261209T093000",
        "20261209T103000",
        sequence=1,
        more=("RECURRENCE-ID;TZID=GMT Standard Time:20261208T140000",),
    )
    _opens(desk, screen, tmp_path / "weekly.ics", weekly)
    fills(desk, screen.invitation.who[1].control, "Mrs")
    fills(desk, screen.invitation.who[2].control, "New")
    desk.press("Ctrl+Enter")
    assert desk.says() == "Visits: 3 booked."
    _opens(desk, screen, tmp_path / "moved.ics", moved)
    desk.press("Ctrl+Enter")
    assert desk.says() == "Visits: 1 updated."
    ids = {day: line.booking.id for day in (31, 39, 45) for line in lines_of(desk, day)}
    assert list(ids) == [31, 39, 45]

    desk.become(world.reception)
    desk.press("Ctrl+1")
    _on(desk, 8, 13)
    desk.scan("leila.haddad")
    desk.shows("Check", "Known, not booked today")
    assert "Today's visit was moved to tomorrow, Wed 9 Dec 09:30" in desk.view.card.content.lines  # type: ignore[union-attr]
    desk.rest()
    desk.press("Esc")
    _on(desk, 9, 9)
    desk.scan("leila.haddad")
    desk.shows("Known", "Expected 09:30 to see Mrs Shah", "Leila Haddad")
    on_enter(desk)
    assert _used(desk) == [ids[39]]
    world.clock.move(hours=1)
    desk.scan("leila.haddad")
    on_enter(desk)
    # A day early, and told so: one key takes it as that visit.
    _on(desk, 14, 14)
    desk.scan("leila.haddad")
    desk.shows("Check", "Known, not booked today")
    assert "Booked for tomorrow, Tue 15 Dec 14:00" in desk.view.card.content.lines  # type: ignore[union-attr]
    desk.rest()
    desk.press("F10")
    desk.shows("Known", "Booked for tomorrow, Tue 15 Dec 14:00 to see Mrs Shah", "Leila Haddad")
    desk.press("Enter")
    assert set(_used(desk)) == {ids[39], ids[45]}
    assert desk.kinds(desk.entries() - before) == [
        "PersonRecorded",
        *["Booked"] * 3,
        "BookingChanged",
        *["Arrived", "Left", "Arrived"],
    ]
    desk.verifies()


def _opens(desk: DeskPage, screen: Any, path: Path, event: str) -> None:
    """Ctrl+O, and the file is chosen. A child process reads it."""
    path.write_bytes(files.calendar(event).replace(b"Haddad@northvale", b"Haddad@harrow-lbc"))
    screen._pick = lambda _parent: [path]
    desk.press("Ctrl+O")
    desk.qtbot.waitUntil(lambda: not screen.presenter.invitation.reader.busy, timeout=20_000)
    desk.settle()


def _on(desk: DeskPage, day: int, hour: int) -> None:
    desk.world.clock.at = NOW.replace(month=12, day=day, hour=hour, minute=0)


def _used(desk: DeskPage) -> list[UUID]:
    return [line.booking.id for day in range(24, 50) for line in lines_of(desk, day) if line.arrived]
