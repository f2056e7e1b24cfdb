"""An invitation on the Bookings screen: dropped, confirmed, updated, called off, refused; and looked at."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.factories import World, create_booking, create_worker
from tests.files import invitations as files
from tests.gui import pictures, walkers
from tests.gui.test_bookings import Office, clerk, desk, dsl_desk, everything_written, operator
from visitor_register.domain.people import Role
from visitor_register.files import invitation_ics
from visitor_register.gui.bookings.invitation_presenter import InvitationPresenter
from visitor_register.gui.bookings.invitation_view import InvitationPage
from visitor_register.gui.desk import Desk
from visitor_register.gui.theme import Theme
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.services import sealed

__all__ = ["clerk", "desk", "dsl_desk", "operator"]
WEEKLY = ("RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU",)
SECRETS = ("Child 17", "CIN visit", "see the child alone")


class Invited(Office):
    """The screen with files that arrive."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot, folder: Path) -> None:
        super().__init__(world, desk, qtbot)
        self.folder = folder
        self.page: InvitationPage = self.view.invitation
        self.invitation: InvitationPresenter = self.presenter.invitation
        # The same reading without a process of its own: the sandbox has its own tests.
        self.invitation.reader._opener = invitation_ics.read

    def file(self, *events: str, method: str = "REQUEST", name: str = "meeting.ics") -> Path:
        """A file as it comes; the organiser's address is the one on the chart."""
        path = self.folder / name
        data = files.calendar(*events, method=method)
        path.write_bytes(data.replace(b"Haddad@northvale", b"Haddad@harrow-lbc"))
        return path

    def drops(self, *paths: Path) -> None:
        """Drop files on the screen."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        held = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entering = QDragEnterEvent(QPointF(50, 50).toPoint(), *held)
        QApplication.sendEvent(self.view, entering)
        assert entering.isAccepted() == bool(paths)
        QApplication.sendEvent(self.view, QDropEvent(QPointF(50, 50), *held))
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.presenter.invitation.reader.busy)
        super().settle()

    def is_asked(self) -> bool:
        """Whether the page of the invitation is shown."""
        return self.page.isVisible()

    def answers(self, number: int, words: str) -> None:
        """Choose an answer by its beginning, with the keyboard."""
        chooser = self.page.who[number].control
        assert isinstance(chooser, Chooser)
        self.chooses(chooser, words)

    def confirms(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def office(world: World, desk: Desk, qtbot: QtBot, tmp_path: Path) -> Invited:
    create_worker(world, badge="leila.haddad")
    return Invited(world, desk, qtbot, tmp_path)


def books(office: Invited) -> None:
    """Drop the weekly invitation and confirm who is meant."""
    office.drops(office.file(files.event(more=WEEKLY)))
    office.answers(1, "Mrs")
    office.answers(2, "New")
    office.confirms()


def test_a_dropped_invitation_is_confirmed_with_the_keyboard(office: Invited) -> None:
    office.drops(office.file(files.event(more=WEEKLY)))
    page = office.page
    assert (page.title.text(), page.confirm.text()) == ("Invitation from Leila Haddad", "Book 4 visits")
    labels = [field.label.text() for field in page.who]
    assert labels[0] == "Haddad, Leila · leila.haddad@harrow-lbc.example · invites"
    first, host, newcomer = (field.control for field in page.who)
    assert isinstance(first, Chooser)
    assert first.currentText() == "Leila Haddad, CIN Team 3 (by e-mail)"
    assert host.hasFocus(), "the first whom nobody is certain of"
    office.confirms()
    assert [field.error() for field in page.who] == ["", "Say who this is.", "Say who this is."]
    office.answers(1, "Mrs")
    office.answers(2, "New")
    assert isinstance(newcomer, Chooser)
    assert newcomer.currentText() == "New visitor: Ngozi Eze, northvale.example (somebody else)"
    for _ in range(3):
        office.press(Qt.Key.Key_Down)
    assert newcomer.currentText() == "New visitor: Ngozi Eze, northvale.example (police)"
    office.confirms()
    assert office.said.last == "Visits: 4 booked."
    assert not office.is_asked()
    assert office.view.title.text() == "30 Nov to 4 Dec 2026"
    assert office.week()[0][:4] == (
        "Tue 1 Dec, 14:00 to 15:00",
        "Leila Haddad, Ngozi Eze, CIN Team 3, northvale.example",
        "Mrs Shah, Meeting room 2",
        "Invitation, Fri 20/11/2026",
    )
    assert office.view.calendar.cards, "the week it was booked in is shown"
    assert office.view.focusWidget() in office.view.calendar.cards.values()
    assert office.view.form.isVisible()


def test_an_update_and_a_cancellation_change_exactly_what_they_name(office: Invited) -> None:
    books(office)
    moved = files.event(
        "20261209T093000", "20261209T103000", sequence=1, more=("RECURRENCE-ID;TZID=GMT Standard Time:20261208T140000",)
    )
    office.drops(office.file(moved))
    assert office.page.confirm.text() == "Update 1 visit"
    assert [cell.as_words() for cell in office.page.meetings.rows[0].cells] == [
        "Wed 09/12/2026",
        "09:30 to 10:30",
        "Changed",
        "was Tue 08/12/2026 14:00",
    ]
    assert [field.control.value() for field in office.page.who].count(None) == 0  # type: ignore[attr-defined]
    office.confirms()
    assert office.week()[0][0] == "Wed 9 Dec, 09:30 to 10:30"
    office.drops(office.file(files.event(sequence=2, more=WEEKLY), method="CANCEL"))
    assert (office.page.confirm.text(), office.page.who) == ("Cancel 4 visits", [])
    assert office.page.confirm.hasFocus()
    office.confirms()
    assert office.said.last == "Visits: 4 cancelled."
    office.drops(office.file(files.event(more=WEEKLY)))
    assert office.page.confirm.isHidden()
    assert office.page.sentence.text().startswith("Nothing is to be done")
    assert office.page.leave.hasFocus()
    office.press(Qt.Key.Key_Escape)
    assert not office.is_asked()


def test_a_file_that_is_none_gets_one_sentence_and_several_come_one_by_one(office: Invited) -> None:
    bad = office.folder / "list.ics"
    bad.write_text("Name,Job Title")
    office.drops(bad)
    assert office.said.last.startswith("This is no invitation")
    assert not office.is_asked()
    one, other = office.file(files.event()), office.file(files.event(uid="b"), name="b.ics")
    office.view._pick = lambda _parent: [one, other]
    office.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert office.page.hint.text() == "Tue 01/12/2026 · 1 more to come"
    office.press(Qt.Key.Key_Escape)
    assert (office.is_asked(), office.page.hint.text()) == (True, "Tue 01/12/2026")
    office.presenter.refresh()
    office.settle()
    assert office.is_asked(), "the week is read again without it"
    office.desk.hand_over(office.world.reception, None)
    office.settle()
    assert not office.is_asked()
    office.invitation.open([one] * 21)
    assert office.said.last.startswith("These are more than 20 files")


def test_what_was_changed_meanwhile_is_shown_again(office: Invited) -> None:
    path = office.file(files.event())
    office.drops(path)
    plan = office.invitation._plan
    books_it = Invited(office.world, office.desk, office.qtbot, office.folder)
    assert plan is not None
    books_it.drops(path)
    for number, words in ((1, "Mrs"), (2, "Does")):
        books_it.answers(number, words)
        office.answers(number, words)
    books_it.confirms()
    office.page.confirm.click()
    office.settle()
    assert office.said.last.startswith("The bookings of this invitation were changed meanwhile")
    assert office.page.confirm.isHidden()


def test_its_words_are_sealed_from_the_office_and_kept_for_the_dsl(
    office: Invited, dsl_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    books(office)
    written = everything_written(office.world)
    shown = " ".join(label.text() for label in office.view.findChildren(QLabel))
    assert not [word for word in SECRETS if word in written + shown + office.view.windowTitle()]
    assert all(line.booking.has_sealed for line in office.lines())
    mine = Invited(office.world, dsl_desk, qtbot, tmp_path)
    mine.drops(mine.file(files.event(uid="c")))
    assert mine.page.sentence.text().endswith("Its subject and text are kept for the DSL.")
    mine.answers(1, "Mrs")
    mine.answers(2, "Does")
    mine.confirms()
    (line,) = [line for line in mine.lines() if line.booking.uid == "c"]
    assert not line.booking.has_sealed
    with office.world.register.dsl_file().read() as session:
        reason = sealed.reason_of(session, line.booking.id, by=office.world.dsl)
    assert reason is not None
    assert reason.detail.startswith("Invitation: CIN visit, Child 17\nPlease")
    mine.presenter.open(line.booking.id)
    mine.settle()
    box = mine.form.sealed
    assert (box.text.toPlainText(), box.say.text(), box.invitation.isVisible()) == (reason.detail, "", True)
    assert not mine.presenter.form.unsaved
    mine.chooses(box.purpose.control, "Core")  # type: ignore[arg-type]
    mine.saves()
    with office.world.register.dsl_file().read() as session:
        after = sealed.reason_of(session, line.booking.id, by=office.world.dsl)
    assert after is not None
    assert (after.purpose, after.detail) == ("core_group", reason.detail), "its text is not lost in the form"
    assert office.desk.operator.role is Role.OFFICE


def test_a_visit_is_confirmed_by_message_and_calendar_file(office: Invited) -> None:
    booking = create_booking(office.world, create_worker(office.world, "Tom Okafor", badge="h20"))
    reply = office.view.reply
    opened: list[str] = []

    def open_link(link: QUrl) -> bool:
        opened.append(link.toString())
        return len(opened) == 1

    office.presenter.reply._open_link = open_link
    assert not reply.isVisible()
    office.presenter.refresh()
    office.settle()
    office.presenter.open(booking)
    office.settle()
    reply.mail.click()
    office.settle()
    assert opened[0].startswith("mailto:h20@harrow-lbc.example?subject=Visit")
    assert office.said.last == "No manager of Tom Okafor with an e-mail address is known."
    reply.mail.click()
    office.settle()
    assert office.said.last == "No mail program opened. Copy the message instead."
    reply.copy.click()
    office.settle()
    copied = QApplication.clipboard().text()
    assert copied.startswith("To: h20@harrow-lbc.example\nSubject: Visit to Elmbrook Primary School, ")
    path = office.folder / "visit.ics"
    for place in (office.folder / "gone" / "a.ics", path):
        reply.ask_place = lambda _parent, _name, place=place: place  # type: ignore[misc]
        reply.file.click()
        office.settle()
    assert [notice.text for notice in office.said.notices[-2:]] == [
        "The file cannot be written there: choose another folder.",
        "Saved for the visitor's calendar: attach it to the message.",
    ]
    office.drops(path)
    assert office.said.last.startswith("This invitation was written by this register")
    office.fills("room", "Hall")
    reply.copy.click()
    assert office.said.last == "The booking was changed. Save it first, then answer."
    office.form.reveal(reply)
    pictures.save(office.view, "booking-reply")


def test_nothing_is_cut_and_everything_has_a_name(office: Invited, every_look: Theme) -> None:
    books(office)
    office.drops(
        office.file(
            files.event("20261202T140000", "20261202T160000", sequence=1, more=(WEEKLY[0].replace("TU", "WE"),))
        )
    )
    name = f"{every_look.scheme.value}-{every_look.factor}"
    for width, height in ((1366, 698), (911, 442)):
        office.show(width, height)
        assert walkers.text_fits(office.view) == []
        assert walkers.unnamed_controls(office.view) == []
        assert walkers.primary_buttons(office.view) == ["Update 4 visits"]
        pictures.save(office.view, f"invitation-{name}-{width}")
    assert walkers.rich_text_labels(office.view) == []
