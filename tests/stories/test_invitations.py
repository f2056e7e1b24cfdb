"""An invitation in the whole window: dropped, updated, one meeting called off, then all of it; nothing leaks."""

import logging
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.factories import create_worker
from tests.files import invitations as files
from tests.stories.desk import DeskPage
from visitor_register.persistence import journal
from visitor_register.services import sealed

WEEKLY = ("RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU",)
SECOND = "RECURRENCE-ID;TZID=GMT Standard Time:20261208T140000"
SECRETS = ("Child 17", "CIN visit", "see the child alone")


class Bookings:
    """The Bookings screen, with files that arrive in a folder."""

    def __init__(self, desk: DeskPage, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        desk.press("Ctrl+2")
        self.view: Any = desk.session.window.screen_named("bookings")

    def opens(self, *events: str, method: str = "REQUEST") -> None:
        """Ctrl+O, and the file is chosen. A child process reads it."""
        path = self.folder / "meeting.ics"
        data = files.calendar(*events, method=method)
        path.write_bytes(data.replace(b"Haddad@northvale", b"Haddad@harrow-lbc"))
        self.view._pick = lambda _parent: [path]
        self.desk.press("Ctrl+O")
        self.desk.qtbot.waitUntil(lambda: not self.view.presenter.invitation.reader.busy, timeout=20_000)
        self.desk.settle()

    def answers(self, number: int, letters: str) -> None:
        """Tab to a person and type the beginning of the answer."""
        chooser = self.view.invitation.who[number].control
        chooser.setFocus(Qt.FocusReason.TabFocusReason)
        self.desk.types(letters)

    def confirms(self) -> None:
        self.desk.press("Ctrl+Enter")

    def week(self) -> list[str]:
        return [row.cells[0].as_words() + ": " + row.cells[5].as_words() for row in self.view.table.rows]


def _seen(desk: DeskPage) -> str:
    window = desk.program.window
    texts = [label.text() for label in window.findChildren(QLabel)]
    return " ".join([*texts, *(widget.windowTitle() for widget in (window, *window.findChildren(QWidget)))])


def test_an_invitation_its_update_and_its_cancellation(
    desk: DeskPage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world = desk.world
    create_worker(world, badge="leila.haddad")
    desk.become(world.dsl)
    before = desk.entries()
    screen = Bookings(desk, tmp_path)
    screen.opens(files.event(more=WEEKLY))
    screen.answers(1, "Mrs")
    screen.answers(2, "New")
    screen.confirms()
    assert desk.says() == "Visits: 3 booked."
    assert screen.week() == ["Tue 1 Dec, 14:00 to 15:00: Planned"]
    screen.opens(files.event("20261209T093000", "20261209T103000", sequence=1, more=(SECOND,)))
    screen.confirms()
    assert (desk.says(), screen.week()) == ("Visits: 1 updated.", ["Wed 9 Dec, 09:30 to 10:30: Changed"])
    screen.opens(files.event("20261208T140000", sequence=0, more=(SECOND,)))
    assert screen.view.invitation.confirm.isHidden()
    desk.press("Esc")
    screen.opens(files.event("20261209T093000", sequence=2, more=(SECOND,)), method="CANCEL")
    screen.confirms()
    screen.opens(files.event(sequence=3, more=WEEKLY), method="CANCEL")
    screen.confirms()
    assert desk.says() == "Visits: 2 cancelled."
    assert desk.kinds(desk.entries() - before) == [
        "PersonRecorded",
        "Booked",
        "Booked",
        "Booked",
        "BookingChanged",
        "BookingCancelled",
        "BookingCancelled",
        "BookingCancelled",
    ]
    assert not [word for word in SECRETS if word in _seen(desk) + caplog.text]
    assert not [path for path in world.register.folder.rglob("*") if "17" in path.stem]
    line = screen.view.presenter._lines.popitem()[1]
    with world.register.dsl_file().read() as session:
        reason = sealed.reason_of(session, line.booking.id, by=world.dsl)
        assert journal.count(session) > 0
    assert reason is not None
    assert reason.detail.startswith("Invitation: CIN visit, Child 17")
    desk.verifies()
