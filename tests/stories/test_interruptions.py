"""Interruptions are normal: a scan in the middle of something, the fire list, the lock, a wrong leaving."""

import pypdfium2

from tests.factories import PASSWORD, create_booking, create_visit, create_worker
from tests.stories.desk import DeskPage
from visitor_register.domain.visits import VisitState
from visitor_register.services import front_desk


def _pdf_text(desk: DeskPage) -> str:
    """The text of the fire list's file, read by a library that did not write it."""
    path = desk.world.register.folder / "fire-list.pdf"
    desk.qtbot.waitUntil(path.exists)
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_two_workers_on_one_booking_arrive_one_after_the_other(desk: DeskPage) -> None:
    first = create_worker(desk.world, "Grace Nwosu", badge="H111111")
    second = create_worker(desk.world, "Owen Pritchard", badge="H222222")
    create_booking(desk.world, first, second)
    desk.scan("H111111")
    desk.shows("Known", "Expected 10:30 to see Mrs Shah", "Grace Nwosu")
    desk.rest()
    desk.press("Enter")
    desk.scan("H222222")
    desk.shows("Known", "Expected 10:30 to see Mrs Shah", "Owen Pritchard")
    assert "1 of 2 here on this booking" in [
        label.text() for label in desk.view.card.findChildren(type(desk.view.card.name))
    ]
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Grace Nwosu", "Owen Pritchard"]
    desk.verifies()


def test_a_scan_while_typing_from_paper_leaves_the_form_as_it_was(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.press("Ctrl+P")
    desk.types("Pat Pipe")
    typed = desk.session.today.paper.typed()
    desk.scan("H194359")
    desk.shows("Known", None, "Leila Haddad")
    assert "Add from paper" in desk.says()
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    desk.press("Ctrl+P")
    assert desk.session.today.paper.typed() == typed


def test_the_fire_list_in_the_middle_of_an_arrival_names_who_is_being_taken(desk: DeskPage) -> None:
    here = create_worker(desk.world, "Maria Lindqvist", badge="H333333")
    create_visit(desk.world, here)
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.scan("H194359")
    desk.shows("Known")
    desk.rest()
    desk.press("F9")
    assert desk.session.window.covered_by is desk.session.fire_list
    assert desk.drafts() == ["Leila Haddad"]
    desk.press("Esc")
    desk.shows("Known", None, "Leila Haddad")
    desk.qtbot.waitUntil(lambda: "Lindqvist" in _pdf_text(desk) and "Haddad" in _pdf_text(desk))


def test_who_is_signed_in_stands_in_the_fire_lists_file(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.scan("H194359")
    desk.rest()
    desk.press("Enter")
    desk.qtbot.waitUntil(lambda: "Haddad, Leila" in _pdf_text(desk))
    assert "Visitors signed in here: 1" in _pdf_text(desk)


def test_signed_out_with_somebody_elses_pass_and_put_back(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    visit = create_visit(desk.world, worker)
    desk.world.clock.move(minutes=10)
    desk.scan("H194359")
    desk.shows("Already here")
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == []
    lists = desk.view.idle.left
    lists.setFocus()
    desk.press("Down")
    desk.press("Enter")
    desk.types("It was her colleague's pass")
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    assert desk.kinds(3) == ["Arrived", "Left", "PutBack"]
    with desk.world.register.read() as session:
        stands = front_desk.visit_of(session, visit.id)
    assert stands is not None
    assert stands.state is VisitState.ON_SITE
    desk.verifies()


def test_not_this_person_takes_a_sign_in_back_at_once(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.scan("H194359")
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Leila Haddad"]
    desk.session.window.notices.action.click()
    desk.settle()
    assert desk.on_site() == []
    assert desk.kinds(2) == ["Arrived", "ArrivalUndone"]
    desk.verifies()


def test_a_scan_while_locked_is_kept_and_is_no_password(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.press("Ctrl+L")
    assert desk.session.locked
    desk.scan("H194359")
    assert desk.session.locked
    assert desk.session.lock_view.password.text() == ""
    desk.session.sign_in.choose(desk.world.reception)
    desk.session.lock_view.password.setFocus()
    desk.rest()
    desk.types(PASSWORD)
    desk.press("Enter")
    desk.qtbot.waitUntil(lambda: not desk.session.locked)
    desk.shows("Known", None, "Leila Haddad")


def test_the_fire_list_opens_while_locked_and_goes_back_to_the_lock(desk: DeskPage) -> None:
    desk.press("Ctrl+L")
    desk.press("F9")
    assert desk.session.window.covered_by is desk.session.fire_list
    desk.press("Esc")
    assert desk.session.locked
    assert desk.session.window.covered_by is desk.session.lock_view


def test_the_next_scan_parks_an_unfinished_arrival_which_goes_on_where_it_was(desk: DeskPage) -> None:
    create_worker(desk.world, "Grace Nwosu", badge="H111111")
    second = create_worker(desk.world, "Owen Pritchard", badge="H222222")
    create_booking(desk.world, second)
    desk.scan("H111111")
    desk.rest()
    desk.press("Alt+3")
    desk.scan("H222222")
    desk.shows("Known", None, "Owen Pritchard")
    assert desk.drafts() == ["Grace Nwosu"]
    desk.rest()
    desk.press("Enter")
    desk.scan("H111111")
    desk.shows("Check", "Known, not booked today", "Grace Nwosu")
    assert desk.view.work.reasons.options.value() is not None
    desk.view.card.focus_main()
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == ["Grace Nwosu", "Owen Pritchard"] or desk.on_site() == ["Owen Pritchard", "Grace Nwosu"]
    assert desk.drafts() == []
    desk.verifies()


def test_closing_the_program_keeps_what_was_filled_in_and_forgets_a_mere_look(desk: DeskPage) -> None:
    create_worker(desk.world, "Grace Nwosu", badge="H111111")
    create_worker(desk.world, "Owen Pritchard", badge="H222222")
    desk.scan("H222222")
    desk.scan("H111111")
    desk.rest()
    desk.press("Alt+3")
    desk.session.today.presenter.put_aside()
    desk.session.jobs.close()
    assert desk.drafts() == ["Grace Nwosu"]


def test_escape_parks_and_the_lists_come_back(desk: DeskPage) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    desk.scan("H194359")
    desk.shows("Known")
    desk.rest()
    desk.press("Esc")
    assert desk.is_idle()
    assert desk.drafts() == ["Leila Haddad"]
