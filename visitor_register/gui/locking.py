"""Who is let in at a desk that runs: the lock, the change of hands, and what comes from being left alone."""

from collections.abc import Callable
from enum import Enum
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterError
from visitor_register.gui.blanking import Blanking
from visitor_register.gui.desk import Desk
from visitor_register.gui.idle import BLANK_AFTER, LOCK_AFTER, Idle
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.main_window import MainWindow
from visitor_register.gui.session_lock import SessionLock
from visitor_register.gui.unlock.known_keys import KnownKeys
from visitor_register.gui.unlock.late_enter import LateEnter
from visitor_register.gui.unlock.sign_in_presenter import SignInPresenter, Way
from visitor_register.gui.unlock.sign_in_view import SignInView
from visitor_register.gui.widgets.keys import press_with
from visitor_register.persistence.keyring import Keys
from visitor_register.persistence.register import Register
from visitor_register.services.today import Board

SWITCH_KEY = "Ctrl+U"


class _State(Enum):
    OPEN = "somebody is at the desk"
    SWITCHING = "somebody else may take it over; it is not locked"
    LOCKED = "somebody has to show who they are"


class Locking(QObject):
    """Covers the desk and uncovers it again.

    Signals:
        covering: The desk is about to be covered; what is being typed there is kept.
        locked: It was locked. The page is shown unless the fire list is open: that stays in sight.
        let_in: The desk can be used again; with a badge that was scanned meanwhile, or nothing.
        handed_over: Somebody else is at the desk than before.
    """

    covering = Signal()
    locked = Signal()
    let_in = Signal(str)
    handed_over = Signal()

    def __init__(
        self,
        register: Register,
        desk: Desk,
        window: MainWindow,
        crash: Callable[[BaseException], None],
        *,
        open_dsl: Callable[[], JobRunner | None],
        today_is_private: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._register, self._desk, self._window, self._open_dsl = register, desk, window, open_dsl
        self._state, self._scan, self._drafts = _State.OPEN, "", 0
        self.known = KnownKeys()
        if register.keys is not None:
            self.known.keep(desk.operator, register.keys)
        self.sign_in = SignInPresenter(self._try_password, crash, known=self.known, parent=self)
        self.page = SignInView(self.sign_in)
        window.add_cover(self.page)
        self.idle = Idle(parent=self)
        self.blanking = Blanking(window, today_is_private, parent=self)
        self.session = SessionLock(parent=self)
        self._late_enter = LateEnter(parent=self)
        self._connect()

    @property
    def is_locked(self) -> bool:
        """Whether somebody has to show who they are."""
        return self._state is _State.LOCKED

    @property
    def is_asking(self) -> bool:
        """Whether the page belongs over the desk: locked, or to be handed over."""
        return self._state is not _State.OPEN

    def start(self) -> None:
        """Begin to notice that nobody is there."""
        self.idle.start()
        self.session.start(self._window)

    def close(self) -> None:
        """The program ends."""
        self.idle.stop()
        self.session.stop()
        self._late_enter.stop()
        self.sign_in.close()

    @Slot()
    def lock(self) -> None:
        """Somebody leaves the desk, and says so."""
        self._lock("")

    @Slot()
    def switch(self) -> None:
        """Ask who takes the desk over. Nothing is locked until somebody does, or everybody has gone."""
        if self._state is _State.OPEN:
            self._cover(_State.SWITCHING)
            self.sign_in.switch(self._people(), self._desk.operator)
            self._window.cover_with(self.page)

    def keep_scan(self, code: str) -> None:
        """A badge scanned now is shown when somebody is at the desk; the last of several."""
        self._scan = code
        self.sign_in.scan_kept()

    @Slot(object)
    def count_drafts(self, board: Board) -> None:
        """How many drafts wait for whoever unlocks."""
        self._drafts = len(board.drafts)
        self.sign_in.count_drafts(self._drafts)

    @Slot(object)
    def forget(self, operator: UUID) -> None:
        """Somebody's access has changed: their PIN opens nothing, and they are not left at the desk."""
        self.known.forget(operator)
        people, at_desk = self._people(), self._desk.operator
        if operator == at_desk.id and at_desk not in people:
            self._lock(f" because the access of {at_desk.name} was changed")
        if self.is_asking:
            self.sign_in.list_again(people)

    @Slot(object, object)
    def use_pin(self, operator: UUID, held: bytes | None) -> None:
        """Somebody has another PIN from now on, or none."""
        self.known.use_pin(operator, held)

    def _connect(self) -> None:
        top, desk = self._window.top, self._desk
        top.lock_pressed.connect(self.lock)
        top.person_pressed.connect(self.switch)
        press_with(top.person, SWITCH_KEY)
        top.person.setAccessibleDescription(f"Somebody else takes over: {SWITCH_KEY}")
        self.idle.gone_quiet.connect(self._gone_quiet)
        self.idle.left_alone.connect(self._left_alone)
        self.idle.moved.connect(self.blanking.uncover)
        self.session.away.connect(self._lock)
        self.sign_in.opened.connect(self._open)
        self.sign_in.left.connect(self._uncover)
        desk.access_changed.connect(self.forget)
        desk.pin_changed.connect(self.use_pin)

    def _people(self) -> list[Operator]:
        people = self._register.keyring.people()
        self.known.keep_only(people)
        return people

    @Slot(str)
    def _lock(self, why: str) -> None:
        if self._state is _State.LOCKED:
            return
        if self._state is _State.OPEN:
            self._cover(_State.LOCKED)
        self._state = _State.LOCKED
        self.sign_in.lock(self._people(), at=self._desk.now(), why=why, drafts=self._drafts)
        self.locked.emit()

    def _cover(self, state: _State) -> None:
        self.blanking.uncover()
        self.covering.emit()
        self._state = state
        self.page.set_school(self._window.top.school.text())
        _close_loose_windows(self._window)

    @Slot()
    def _gone_quiet(self) -> None:
        match self._state:
            case _State.OPEN:
                self.blanking.cover()
            case _State.SWITCHING:
                self._lock(_without_use(BLANK_AFTER))
            case _State.LOCKED:
                # A half-typed password is not left for the next person.
                self.sign_in.ask_anew()

    @Slot()
    def _left_alone(self) -> None:
        self._lock(_without_use(LOCK_AFTER))

    def _try_password(self, operator: Operator, password: str) -> Keys:
        """Beside the window: what a password opens, if the register itself still knows this person so."""
        keys = self._register.keyring.open(operator.id, password)
        self._register.let_nobody_back(operator)
        return keys

    @Slot(object, object)
    def _open(self, operator: Operator, keys: Keys) -> None:
        """Somebody showed who they are, perhaps somebody else than before."""
        desk, register = self._desk, self._register
        if operator != desk.operator or (keys.dsl is not None and register.dsl is None):
            if desk.dsl_jobs is not None:
                desk.dsl_jobs.close()
            try:
                register.let_in(keys)
            except RegisterError as error:
                desk.dsl_jobs = None
                self.sign_in.told.emit(str(error))
                return
            desk.hand_over(operator, self._open_dsl())
            self.known.hand_over(operator)
            _empty_clipboard()
            self.handed_over.emit()
        self.known.keep(operator, keys)
        if self.sign_in.way is Way.PIN:
            self._late_enter.expect()
        self._uncover()

    @Slot()
    def _uncover(self) -> None:
        self._state = _State.OPEN
        self._window.uncover()
        code, self._scan = self._scan, ""
        self.sign_in.scan_shown()
        self.let_in.emit(code)


def _without_use(seconds: int) -> str:
    minutes = seconds // 60
    return f" after {'1 minute' if minutes == 1 else f'{minutes} minutes'} without use"


def _empty_clipboard() -> None:
    """What was copied in this program is not for whoever takes the desk over; what another program copied stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()


def _close_loose_windows(desk: MainWindow) -> None:
    """Lists that hang open and questions in windows of their own would lie over the page; they can be asked again."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if popup is QApplication.activePopupWidget():
            break
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible() and _belongs_to(window, desk.window()):
            window.reject()


def _belongs_to(window: QWidget, whole: QWidget) -> bool:
    """Whether a window was opened from the other. A message that the program itself shows was not, and stays."""
    parent = window.parentWidget()
    while parent is not None and parent.window() is not whole:
        parent = parent.window().parentWidget()
    return parent is not None
