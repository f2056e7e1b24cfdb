"""Today as a whole: its view with the pages and panels that have presenters of their own."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.prints.pass_desk import PassDesk
from visitor_register.gui.today.camera_panel import CameraPanel
from visitor_register.gui.today.dsl_home import DslHome, FollowUpPage
from visitor_register.gui.today.dsl_home_presenter import DslHomePresenter
from visitor_register.gui.today.home_time import HomeTime
from visitor_register.gui.today.home_time_presenter import HomeTimePresenter
from visitor_register.gui.today.paper_form import PaperForm
from visitor_register.gui.today.paper_form_presenter import PaperFormPresenter, PaperLine
from visitor_register.gui.today.pass_key import PassKey
from visitor_register.gui.today.presenter import TodayPresenter
from visitor_register.gui.today.recent_scans import RecentScans
from visitor_register.gui.today.review_panel import ReviewButton, ReviewPanel
from visitor_register.gui.today.review_presenter import ReviewPresenter
from visitor_register.gui.today.scene import Scene, Work
from visitor_register.gui.today.tell_bar import TellBar
from visitor_register.gui.today.tell_presenter import TellPresenter
from visitor_register.gui.today.view import TodayView
from visitor_register.gui.widgets.expected_today import ExpectedTodayPanel
from visitor_register.gui.widgets.key_button import KeyButton


class TodayScreen(QObject):
    """Builds Today and joins its parts.

    Signals:
        scanned_over: A badge was scanned while something was being typed here; the page it was typed into.
    """

    scanned_over = Signal(object)

    def __init__(self, desk: Desk, *, camera: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.presenter = TodayPresenter(desk)
        self.view = TodayView(self.presenter)
        self.paper = PaperForm(PaperFormPresenter(desk))
        self.home_time = HomeTime(HomeTimePresenter(desk))
        self.camera = CameraPanel(desk.jobs, preferred=camera if camera >= 0 else None)
        self.recent = RecentScans()
        self.expected = ExpectedTodayPanel(desk)
        self.review = ReviewPanel(ReviewPresenter(desk))
        self.home = DslHomePresenter(desk, self)
        self.review.offer_home(DslHome(self.home), FollowUpPage(self.home))
        self.review_button = ReviewButton(self.review.presenter)
        self._work = Work.IDLE
        self._back_to_home_time = False
        self.view.add_page(Work.PAPER, self.paper)
        self.view.add_page(Work.HOME_TIME, self.home_time)
        for panel in (self.camera, self.recent, self.expected, self.review):
            self.view.side.addWidget(panel)
        self._tool("Expected", "calendar-plus", "Ctrl+E", self._toggle_expected)
        self._tool("Camera", "camera", "", self._toggle_camera)
        self._tool("Last five scans", "history", "", self._toggle_recent)
        self._tool("Add from paper", "clock", "Ctrl+P", self.open_paper)
        self.view.add_tool(self.review_button)
        presenter = self.presenter
        presenter.looked_up.connect(self._remember)
        presenter.scene.connect(self._follow)
        self.camera.code.connect(self.read_code)
        self.camera.folded.connect(self.view.side.fold)
        self.recent.chosen.connect(self.read_code)
        desk.operator_changed.connect(self.recent.forget)
        self.expected.saved.connect(self._expected_saved)
        self.expected.closed.connect(self.view.side.fold)
        self.review_button.clicked.connect(self._toggle_review)
        self.review.folded.connect(self._fold_review)
        desk.operator_changed.connect(self._put_review_away)
        self.paper.closed.connect(self._paper_closed)
        self.home_time.paper_wanted.connect(self._add_from_paper)
        self.home_time.finished.connect(presenter.close_card)
        self.review.presenter.refresh()

    @Slot(str)
    def read_code(self, code: str) -> None:
        """A code was read. A form that is being filled in stays as it is, behind the card."""
        if self._work is Work.PAPER and self.paper.has_content():
            self.scanned_over.emit(self.paper)
        self.presenter.read_code(code)

    @Slot()
    def open_paper(self) -> None:
        """Show *Add from paper*, as it was left."""
        self.presenter.show_work(Work.PAPER)
        self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def open_home_time(self) -> None:
        """Go through everybody who is still signed in."""
        self.presenter.show_work(Work.HOME_TIME)
        self.home_time.presenter.begin()
        self.home_time.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_passes(self, passes: PassDesk) -> None:
        """Print passes from here: at a sign-in by itself, and whenever somebody asks for one."""
        self.presenter.writer.print_passes(passes)
        PassKey(self.view, passes)

    def tell_arrivals(self, telling: TellPresenter) -> None:
        """Show whom to ring after each sign-in."""
        writer = self.presenter.writer
        self.tell_bar = TellBar(telling)
        self.view.add_strip(self.tell_bar)
        writer.arrived.connect(telling.begin)
        telling.trouble.connect(writer.say_trouble)
        self.presenter.board.connect(telling.follow)

    def close(self) -> None:
        """Let the camera go."""
        self.camera.close()

    def _tool(self, words: str, icon: str, key: str, slot: Callable[[], None]) -> None:
        button = KeyButton(words, icon=icon, kind="ghost")
        button.clicked.connect(slot)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.add_tool(button)
        if key:
            shortcut = QShortcut(QKeySequence(key), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @Slot()
    def _toggle_expected(self) -> None:
        self.expected.begin()
        self.view.side.toggle(self.expected)

    @Slot()
    def _toggle_camera(self) -> None:
        self.view.side.toggle(self.camera)

    @Slot()
    def _toggle_recent(self) -> None:
        self.view.side.toggle(self.recent)

    @Slot()
    def _toggle_review(self) -> None:
        self.review.begin()
        self.view.side.toggle(self.review)

    @Slot()
    def _fold_review(self) -> None:
        self.view.side.fold()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _put_review_away(self) -> None:
        """The next person opens the list anew, if they may."""
        if self.view.side.currentWidget() is self.review:
            self.view.side.fold()

    @Slot(str, str)
    def _remember(self, code: str, words: str) -> None:
        self.recent.add(self.desk.now(), code, words)

    @Slot(object)
    def _follow(self, scene: Scene) -> None:
        self._work = scene.work
        if scene.work is not Work.PAPER:
            self._back_to_home_time = False

    @Slot(object)
    def _add_from_paper(self, line: PaperLine) -> None:
        """Somebody came and was not signed in: the form begins with what the booking says."""
        self.presenter.show_work(Work.PAPER)
        self._back_to_home_time = True
        if not self.paper.begin_with(line):
            self.paper.begin()
            self.desk.said.emit(Notice("check", "Another line is being typed here. Save or discard it first."))

    @Slot()
    def _paper_closed(self) -> None:
        """Home time goes on where it was, if it asked for this line."""
        if self._back_to_home_time:
            self.presenter.show_work(Work.HOME_TIME)
            self.home_time.resume()
        else:
            self.presenter.close_card()

    @Slot(object)
    def _expected_saved(self, _booking: object) -> None:
        self.view.side.fold()
        self.desk.done("Noted: expected today.")
