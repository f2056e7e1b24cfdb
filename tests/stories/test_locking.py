"""The desk that nobody sits at: blank, locked, taken over, and nothing lost of what was begun."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QClipboard, QMouseEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu

from tests.factories import CHEAP, PASSWORD, create_booking, create_worker
from tests.gui.pictures import save
from tests.stories.desk import DeskPage
from visitor_register.domain.events import FireListPrinted
from visitor_register.domain.people import Operator, Role
from visitor_register.gui.history import view as history_view
from visitor_register.gui.unlock.proof_card import ProofCard
from visitor_register.gui.widgets.message_box import tell
from visitor_register.persistence import journal

PIN = "481526"


class Door:
    """The page over the desk, and the moments that bring it there."""

    def __init__(self, desk: DeskPage) -> None:
        self.desk = desk
        self.locking = desk.session.locking
        self.window = desk.session.window

    @property
    def card(self) -> ProofCard:
        return self.locking.page.card

    def sets_pin(self, operator: Operator, pin: str | None = PIN) -> None:
        """As the People section does: on the keyring, and told to the desk."""
        held = self.desk.session.register.keyring.set_pin(operator.id, PASSWORD, pin)
        self.desk.session.desk.pin_changed.emit(operator.id, held)

    def a_minute_goes_by(self) -> None:
        self.locking.idle.gone_quiet.emit()
        self.desk.settle()

    def four_minutes_go_by(self) -> None:
        self.a_minute_goes_by()
        self.desk.world.clock.move(minutes=4)
        self.locking.idle.left_alone.emit()
        self.desk.settle()

    def chooses(self, operator: Operator) -> None:
        rows = self.locking.page.people.rows
        next(row for row in rows if row.operator == operator).click()

    def types_pin(self, pin: str = PIN) -> None:
        self.desk.types(pin)
        self.desk.qtbot.waitUntil(lambda: not self.card.pin.isReadOnly())
        self.desk.settle()

    def types_password(self) -> None:
        self.desk.types(PASSWORD)
        self.desk.press("Enter")
        self.desk.qtbot.waitUntil(lambda: not self.card.password.edit.isReadOnly())
        self.desk.settle()

    def rests(self) -> None:
        """Let the moment pass in which Enter is still meant for the PIN."""
        self.locking._late_enter.stop()

    def moves_mouse(self) -> None:
        for x in (10, 12):
            where, none = QPointF(x, 400), Qt.MouseButton.NoButton
            move = QMouseEvent(QEvent.Type.MouseMove, where, where, none, none, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self.desk.program.window, move)
        self.desk.settle()


@pytest.fixture
def door(desk: DeskPage) -> Iterator[Door]:
    made = Door(desk)
    yield made
    made.rests()


# ---- a day at the counter


def test_a_morning_with_two_people_at_one_desk(desk: DeskPage, door: Door) -> None:
    worker = create_worker(desk.world)
    create_booking(desk.world, worker)
    door.sets_pin(desk.world.reception)
    desk.scan("H194359")
    desk.shows("Known", None, "Leila Haddad")
    door.four_minutes_go_by()
    assert desk.session.locked
    desk.qtbot.waitUntil(lambda: "1 draft is" in door.card.lines.text())
    said = "Locked at 10:28 after 4 minutes without use. Nothing was lost: 1 draft is waiting for you."
    assert door.card.lines.text() == said
    door.chooses(desk.world.reception)
    door.types_pin()
    assert not desk.session.locked
    desk.shows("Known", None, "Leila Haddad")
    desk.press("Enter")
    assert desk.on_site() == [], "the Enter after the sixth digit signs nobody in"
    door.rests()
    # The DSL needs the desk for a moment, by her password: nobody knows her PIN's keys yet.
    door.sets_pin(desk.world.dsl)
    desk.press("Ctrl+U")
    assert not desk.session.locked
    door.chooses(desk.world.dsl)
    assert door.card.password.isVisible()
    door.types_password()
    assert desk.session.desk.operator == desk.world.dsl
    assert desk.session.desk.dsl_jobs is not None
    assert desk.drafts() == ["Leila Haddad"], "drafts stay"
    # While it is her desk, her PIN unlocks it.
    desk.press("Ctrl+L")
    door.chooses(desk.world.dsl)
    door.types_pin()
    assert not desk.session.locked
    # Joan takes it back with her PIN: what opens the DSL's file is closed and forgotten.
    desk.session.window.top.person.click()
    door.chooses(desk.world.reception)
    door.types_pin()
    assert desk.session.desk.operator == desk.world.reception
    assert desk.session.desk.dsl_jobs is None
    assert desk.session.register.dsl is None
    assert desk.session.register.keys is not None
    assert desk.session.register.keys.dsl is None
    desk.press("Ctrl+L")
    door.chooses(desk.world.dsl)
    assert door.card.password.isVisible(), "her keys are gone: the password again"
    assert door.card.other_way.isHidden()


def test_a_change_of_hands_is_left_with_escape_and_locked_when_nobody_ends_it(desk: DeskPage, door: Door) -> None:
    desk.press("Ctrl+3")
    desk.press("Ctrl+U")
    assert door.window.covered_by is door.locking.page
    assert not desk.session.locked
    desk.press("F1")
    assert door.window.covered_by is door.locking.page, "the guide would cover the password"
    desk.press("F9")
    desk.press("Esc")
    assert door.window.covered_by is door.locking.page
    desk.press("Esc")
    assert door.window.covered_by is None
    assert door.window.current == "chart"
    assert desk.session.desk.operator == desk.world.reception
    # Nobody comes back to it: then it is locked.
    desk.press("Ctrl+U")
    door.chooses(desk.world.reception)
    desk.types("three")
    door.a_minute_goes_by()
    assert desk.session.locked
    assert door.card.lines.text().startswith("Locked at 10:24 after 1 minute without use.")
    assert door.card.password.text() == ""
    desk.press("Esc")
    assert desk.session.locked


# ---- blank


def test_the_first_key_or_move_uncovers_a_blank_screen_and_does_nothing_else(desk: DeskPage, door: Door) -> None:
    desk.press("Ctrl+5")
    field = next(edit for edit in door.window.stack.findChildren(QLineEdit) if edit.isVisible())
    field.setFocus()
    door.a_minute_goes_by()
    assert door.window.is_blank
    assert not door.window.stack.isVisible()
    assert not door.window.notices.isVisible()
    save(desk.program.window, "blank-1366-light")
    desk.press("Ctrl+1")
    assert not door.window.is_blank
    assert door.window.current == "history", "the first key leads nowhere"
    assert desk.focused() is field
    door.a_minute_goes_by()
    desk.types("a")
    assert not door.window.is_blank
    assert field.text() == "", "and types nothing"
    door.a_minute_goes_by()
    desk.press("Tab")
    assert not door.window.is_blank
    assert desk.focused() is field
    # The mouse does the same, and a click goes nowhere.
    desk.press("Ctrl+3")
    door.a_minute_goes_by()
    door.moves_mouse()
    assert not door.window.is_blank
    door.a_minute_goes_by()
    desk.qtbot.mouseClick(door.locking.blanking.page, Qt.MouseButton.LeftButton)
    assert not door.window.is_blank
    assert door.window.current == "chart"
    # The fire list and the lock are within reach.
    desk.press("Ctrl+3")
    door.a_minute_goes_by()
    desk.press("F9")
    assert door.window.covered_by is desk.session.fire_list
    desk.press("Esc")
    desk.press("Esc")
    assert not door.window.is_blank
    door.a_minute_goes_by()
    desk.press("Ctrl+L")
    assert desk.session.locked


def test_today_stays_and_a_scan_on_a_blank_screen_is_read_at_once(desk: DeskPage, door: Door) -> None:
    door.a_minute_goes_by()
    assert not door.window.is_blank
    create_booking(desk.world, create_worker(desk.world))
    desk.press("Ctrl+3")
    door.a_minute_goes_by()
    desk.scan("H194359")
    assert not door.window.is_blank
    desk.shows("Known", None, "Leila Haddad")
    # The DSL's own list is more than names and times.
    desk.become(desk.world.dsl)
    desk.session.today.review_button.click()
    desk.settle()
    assert desk.session.today.review.isVisible()
    door.a_minute_goes_by()
    assert door.window.is_blank


# ---- locked


def test_a_scan_while_locked_is_no_pin_and_five_wrong_pins_leave_the_password(desk: DeskPage, door: Door) -> None:
    create_booking(desk.world, create_worker(desk.world))
    create_worker(desk.world, "Grace Nwosu", badge="204771")
    door.sets_pin(desk.world.reception)
    desk.press("Ctrl+L")
    door.chooses(desk.world.reception)
    desk.scan(PIN)
    desk.scan("H194359")
    assert desk.session.locked
    assert door.card.pin.text() == ""
    assert door.locking.known.tries_left(desk.world.reception.id) == 5
    assert "A badge was scanned." in door.card.lines.text()
    desk.rest()
    door.types_pin()
    desk.shows("Known", None, "Leila Haddad")
    # Typed wrong five times, it is off; the password brings it back.
    door.rests()
    desk.press("Ctrl+L")
    door.chooses(desk.world.reception)
    for _ in range(5):
        door.types_pin("000111")
    assert "off until you give your password" in door.card.password.field.error()
    desk.press("Esc")
    door.chooses(desk.world.dsl)
    door.chooses(desk.world.reception)
    assert door.card.other_way.isHidden()
    door.types_password()
    assert not desk.session.locked
    desk.press("Ctrl+L")
    door.chooses(desk.world.reception)
    door.types_pin()
    assert not desk.session.locked


def test_the_fire_list_prints_while_locked_and_that_is_written_down(
    desk: DeskPage, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.press("Ctrl+L")
    desk.press("F9")
    desk.settle()
    paper = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper.setOutputFileName(str(tmp_path / "paper.pdf"))
    monkeypatch.setattr(desk.session.fire_presenter, "_printer_for", lambda _name: paper)
    desk.press("F9")
    with desk.world.register.read() as session:
        (_, entry), *_ = journal.newest(session, limit=1)
    assert entry.event == FireListPrinted(locked=True, drill=False, count=0)
    desk.press("Esc")
    assert door.window.covered_by is door.locking.page
    # Somebody stands outside with the list when the desk locks: it stays in sight.
    desk.become(desk.world.reception)
    desk.press("F9")
    door.four_minutes_go_by()
    assert desk.session.locked
    assert door.window.covered_by is desk.session.fire_list
    desk.press("Esc")
    assert door.window.covered_by is door.locking.page


def test_sleep_locks_at_once_and_nothing_lies_open(desk: DeskPage, door: Door) -> None:
    desk.press("Ctrl+3")
    door.locking.session.slept()
    assert desk.session.locked
    assert "because the computer was asleep" in door.card.lines.text()
    assert not door.window.is_blank
    door.locking.session.locked()
    assert "because the computer was asleep" in door.card.lines.text(), "the first reason stays"
    # A password that was half typed is not left for the next person.
    desk.become(desk.world.reception)
    desk.press("Ctrl+L")
    door.chooses(desk.world.reception)
    desk.types("three pl")
    door.a_minute_goes_by()
    assert door.card.password.text() == ""
    assert desk.session.sign_in.chosen is None
    assert desk.session.locked
    # What hangs open does not lie over the lock.
    desk.become(desk.world.reception)
    box = tell(door.window, "Something", "Leila Haddad is here.")
    closed: list[int] = []
    box.finished.connect(closed.append)
    menu = QMenu(door.window)
    menu.addAction("Leila Haddad")
    menu.popup(door.window.rect().center())
    door.locking.session.locked()
    assert not menu.isVisible()
    assert closed == [QDialog.DialogCode.Rejected]


# ---- leavers


def test_who_is_taken_off_the_list_is_out_at_once(desk: DeskPage, door: Door) -> None:
    keyring = desk.session.register.keyring
    priya = replace(desk.world.reception, name="Priya Anand")
    door.sets_pin(desk.world.reception)
    keys = keyring.open(desk.world.dsl.id, PASSWORD)
    keyring.give_anew(priya, "another three words", keys, CHEAP)
    desk.session.desk.access_changed.emit(desk.world.reception.id)
    assert desk.session.locked
    assert "because the access of Joan Mensah was changed" in door.card.lines.text()
    assert door.locking.known.tries_left(desk.world.reception.id) == 0
    assert [row.operator.name for row in door.locking.page.people.rows] == ["Nadia Shah", "Priya Anand"]
    # A slot that the register itself does not know so, as from an old copy of the keys, lets nobody in.
    promoted = replace(desk.world.reception, role=Role.OFFICE)
    keyring.give_anew(promoted, PASSWORD, keys, CHEAP)
    desk.session.desk.access_changed.emit(promoted.id)
    door.chooses(promoted)
    door.types_password()
    assert desk.session.locked
    assert "can no longer sign in like this" in door.card.trouble.accessibleName()


@pytest.mark.parametrize("ends", ["locked", "blank"])
def test_what_is_chosen_in_a_dialog_over_the_lock_is_not_saved(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    """A dialog of the system stays where it is when the desk locks itself; over a blank page it goes on counting."""
    door.window.show_screen("history")
    history = door.window.screen_named("history")
    left_alone = {"locked": door.four_minutes_go_by, "blank": door.a_minute_goes_by}[ends]

    def chosen(*_: object) -> tuple[str, str]:
        left_alone()
        return str(tmp_path / "visits.csv"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    asked = history_view.ask_path(history, "visits.csv")
    assert (asked is None) == (ends == "locked")


@pytest.mark.parametrize("ours", [True, False])
def test_what_was_copied_here_is_not_for_whoever_takes_the_desk_over(
    door: Door, monkeypatch: pytest.MonkeyPatch, ours: bool
) -> None:
    # Without a screen nobody owns it.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)
    desk = door.desk
    QApplication.clipboard().setText("a letter of the DSL's")
    desk.press("Ctrl+L")
    door.chooses(desk.world.reception)
    door.types_password()
    assert QApplication.clipboard().text() == "a letter of the DSL's", "it is the same person"
    desk.press("Ctrl+U")
    door.chooses(desk.world.dsl)
    door.types_password()
    assert desk.session.desk.operator == desk.world.dsl
    assert QApplication.clipboard().text() == ("" if ours else "a letter of the DSL's")
    QApplication.clipboard().clear()
