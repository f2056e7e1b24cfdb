"""From the first window to the last: first start or signing in, then the desk."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QStackedWidget

from visitor_register.domain import backup_words
from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterError
from visitor_register.gui import icons, theme
from visitor_register.gui.desk import Notice
from visitor_register.gui.desk_session import DeskSession
from visitor_register.gui.settings.machine import ThisPc, apply_look, wedge_settings
from visitor_register.gui.unlock.first_start_presenter import FirstStartPresenter
from visitor_register.gui.unlock.first_start_view import FirstStartView
from visitor_register.gui.unlock.recover_page import RecoverView
from visitor_register.gui.unlock.recover_presenter import RecoverPresenter
from visitor_register.gui.unlock.restore_presenter import RestorePresenter
from visitor_register.gui.unlock.restore_view import RestoreView
from visitor_register.gui.unlock.sign_in_presenter import SignInPresenter
from visitor_register.gui.unlock.sign_in_view import SignInView
from visitor_register.gui.wedge_filter import WedgeFilter
from visitor_register.gui.widgets.focus_ring import FocusRing
from visitor_register.persistence import register as registers
from visitor_register.persistence.keyring import Keyring, PasswordCost
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Opening, Outcome
from visitor_register.services import key_change
from visitor_register.settings import Machine

log = logging.getLogger(__name__)

SIZE = (1366, 768)


class Program(QObject):
    """Owns the one window on the screen and what is in it.

    The scanner's filter lives as long as the program: a burst is never a password.
    """

    def __init__(
        self,
        folder: Path,
        crash: Callable[[BaseException], None],
        *,
        now: Callable[[], datetime],
        cost: PasswordCost | None = None,
        wedge: WedgeFilter | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder, self._crash, self._now, self._cost = folder, crash, now, cost
        self.pc = ThisPc(folder)
        self.session: DeskSession | None = None
        self.first_start: FirstStartPresenter | None = None
        self.sign_in: SignInPresenter | None = None
        self.recovering: RecoverPresenter | None = None
        self.restoring: RestorePresenter | None = None
        self.wedge = wedge or WedgeFilter(wedge_settings(self.pc.machine), parent=self)
        self.wedge.scanned.connect(self._scanned)
        self.wedge.types_elsewhere.connect(self._scanner_moved)
        self.pc.changed.connect(self._machine_changed)
        self.window = QStackedWidget()
        theme.current().dress(self.window)
        self.window.setWindowTitle("Visitor Register")
        self.window.setWindowIcon(icons.icon("door-open", size=48))
        self.window.resize(*SIZE)
        self.ring = FocusRing(self.window)
        self._scan_before = ""
        self._from_paper = ""

    def now(self) -> datetime:
        """The program's clock."""
        return self._now()

    def start_with(self, register: Register, operator: Operator) -> None:
        """Show the desk at once, for somebody who is known already: the practice register."""
        apply_look(self.pc.machine)
        self.wedge.install()
        self.open_for(register, operator)
        self.window.show()

    def start(self) -> None:
        """Show the first window: the wizard where there is no register yet, else who is at the desk."""
        apply_look(self.pc.machine)
        self.wedge.install()
        self._show_first()
        self.window.show()

    def open_for(self, register: Register, operator: Operator, choice: str = "later") -> None:
        """Go to the desk with an open register."""
        session = DeskSession(register, operator, self.pc, self._crash, now=self._now, parent=self)
        self.session = session
        session.caretaker.restore_agreed.connect(self._close_and_restore)
        self.window.addWidget(session.window)
        self.window.setCurrentWidget(session.window)
        self.window.setMinimumSize(session.window.minimumSize())
        session.start()
        session.status.scanner_types_elsewhere(elsewhere=False)
        if choice == "sample":
            session.window.show_screen("chart")
            session.chart.load_sample()
        elif choice == "import":
            session.window.show_screen("chart")
            session.chart.begin_import()
        code, self._scan_before = self._scan_before, ""
        if code:
            session.read_code(code)
        words, self._from_paper = self._from_paper, ""
        if words:
            session.desk.said.emit(Notice("check", words, "Add from paper", session.today.open_paper))

    def close(self) -> None:
        """End everything that runs."""
        self.wedge.remove()
        for part in (self.first_start, self.sign_in, self.recovering, self.restoring, self.session):
            if part is not None:
                part.close()
        self.first_start = self.sign_in = self.recovering = self.restoring = self.session = None
        self.window.close()

    def _show_first(self) -> None:
        """The wizard where there is no register, else who is at the desk; keys that nobody can read lead to backups."""
        try:
            if registers.exists(self.folder):
                self._ask_who()
            else:
                self._begin()
        except RegisterError as error:
            self._ask_backup(str(error))

    def _begin(self) -> None:
        self.first_start = FirstStartPresenter(self.folder, self._crash, now=self._now, cost=self._cost)
        view = FirstStartView(self.first_start)
        self.window.addWidget(view)
        self.window.setCurrentWidget(view)
        self.first_start.finished.connect(self._first_start_done)
        view.restore_wanted.connect(self._ask_backup)

    def _ask_who(self) -> None:
        keyring = Keyring.load(self.folder / "keyring.json")
        self.sign_in = SignInPresenter(self._open_register, self._crash)
        view = SignInView(self.sign_in, offers_recovery=True)
        self.window.addWidget(view)
        self.window.setCurrentWidget(view)
        self.sign_in.opened.connect(self._signed_in)
        view.recovery_wanted.connect(self._ask_code)
        view.restore_wanted.connect(self._ask_backup)
        self.sign_in.start(keyring.people())

    def _open_register(self, operator: Operator, password: str) -> Register:
        register = Register.open(self.folder, operator, password)
        if register.keyring.changing and register.keys is not None:
            try:
                key_change.settle(register, register.keys, by=operator, at=self._now())
            except RegisterError:
                # Both files open as they are; Settings, Keys says that the change is to be finished.
                log.warning("a change of keys could not be finished at the start")
        return register

    @Slot()
    def _ask_code(self) -> None:
        """Nobody knows a password any more: the recovery code takes the place of the names."""
        self._end_sign_in()
        self._drop_page()
        self.recovering = RecoverPresenter(self.folder, self._crash, now=self._now, cost=self._cost)
        page = RecoverView(self.recovering)
        self.window.addWidget(page)
        self.window.setCurrentWidget(page)
        self.recovering.opened.connect(self._recovered)
        page.left.connect(self._leave_recovery)
        page.setFocus()

    @Slot()
    def _leave_recovery(self) -> None:
        self._end_recovery()
        self._drop_page()
        self._ask_who()

    @Slot(object, object, int)
    def _recovered(self, operator: Operator, register: Register, failed: int) -> None:
        self._end_recovery()
        self._drop_page()
        self.open_for(register, operator)
        if self.session is not None:
            tried = f" It was tried {failed} times in vain before." if failed > 1 else ""
            words = f"The recovery code opened the register.{tried} Make a new code in Settings, Keys."
            self.session.desk.said.emit(Notice("check", words))

    @Slot()
    def _ask_backup(self, sentence: str = "") -> None:
        """A backup is to be restored: with no register open, and none needed."""
        leads_back = "" if sentence else "Back to signing in" if self.sign_in is not None else "Back to a new register"
        self._end_sign_in()
        if self.first_start is not None:
            self.first_start.close()
            self.first_start = None
        self._drop_page()
        page = self._show_restoring(leads_back)
        page.tell(sentence)
        page.setFocus()

    def _show_restoring(self, leads_back: str) -> RestoreView:
        self.restoring = RestorePresenter(self.folder, self._crash, now=self._now, cost=self._cost)
        page = RestoreView(self.restoring, leads_back=leads_back)
        self.window.addWidget(page)
        self.window.setCurrentWidget(page)
        self.restoring.finished.connect(self._restored)
        page.left.connect(self._leave_restoring)
        self.restoring.start()
        return page

    @Slot(object, object)
    def _close_and_restore(self, made: Path, opening: Opening) -> None:
        """Agreed to at the open desk: the register is closed, and put aside; everybody signs in again."""
        if self.session is None:
            return
        session, self.session = self.session, None
        session.close(last_backup=False)
        self._drop_page()
        session.deleteLater()
        self._show_restoring("Back to signing in")
        if self.restoring is not None:
            self.restoring.restore_agreed(made, opening)

    @Slot()
    def _leave_restoring(self) -> None:
        self._end_restoring()
        self._drop_page()
        self._show_first()

    @Slot(object)
    def _restored(self, outcome: Outcome) -> None:
        self._from_paper = backup_words.from_paper(outcome.made_at, self._now())
        self._leave_restoring()

    def _end_restoring(self) -> None:
        if self.restoring is not None:
            self.restoring.close()
            self.restoring = None

    def _end_sign_in(self) -> None:
        if self.sign_in is not None:
            self.sign_in.close()
            self.sign_in = None

    def _end_recovery(self) -> None:
        if self.recovering is not None:
            self.recovering.close()
            self.recovering = None

    @Slot(object, object)
    def _signed_in(self, operator: Operator, register: Register) -> None:
        self._end_sign_in()
        self._drop_page()
        self.open_for(register, operator)

    @Slot(object, object, str)
    def _first_start_done(self, register: Register, operator: Operator, choice: str) -> None:
        if self.first_start is not None:
            self.first_start.close()
            self.first_start = None
        self._drop_page()
        self.open_for(register, operator, choice)

    def _drop_page(self) -> None:
        page = self.window.currentWidget()
        if page is not None:
            self.window.removeWidget(page)
            page.deleteLater()

    @Slot(str)
    def _scanned(self, code: str) -> None:
        if self.session is not None:
            self.session.read_code(code)
        elif self.sign_in is not None:
            self._scan_before = code
            self.sign_in.scan_kept()

    @Slot(bool)
    def _scanner_moved(self, elsewhere: bool) -> None:
        if self.session is not None:
            self.session.status.scanner_types_elsewhere(elsewhere)

    @Slot(object)
    def _machine_changed(self, machine: Machine) -> None:
        self.wedge.use(wedge_settings(machine))
