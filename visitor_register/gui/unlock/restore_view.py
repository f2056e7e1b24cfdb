"""Restoring a backup: one card, four pages, and the way back as long as nothing was restored."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from visitor_register.domain.people import Operator
from visitor_register.gui.unlock.restore_pages import CheckedPage, ChoosePage, DonePage, OpenPage
from visitor_register.gui.unlock.restore_presenter import RestorePresenter, Step
from visitor_register.gui.unlock.steps import StepsView
from visitor_register.persistence.restore import Outcome
from visitor_register.services.restoring import Found, Look


def ask_folder(parent: QWidget) -> Path | None:
    """Let somebody choose where the backups lie."""
    chosen = QFileDialog.getExistingDirectory(parent, "Where are the backups?")
    return Path(chosen) if chosen else None


class RestoreView(StepsView):
    """For the time when no register is open. `leads_back` says where Back on the first page leads; "" is nowhere.

    Attributes:
        ask: Asks for a folder; tests give their own.

    Signals:
        left: Nothing is restored after all.
    """

    left = Signal()

    def __init__(self, presenter: RestorePresenter, *, leads_back: str, parent: QWidget | None = None) -> None:
        self.choose, self.open, self.checked, self.done = ChoosePage(), OpenPage(), CheckedPage(), DonePage()
        super().__init__((self.choose, self.open, self.checked, self.done), high=600, parent=parent)
        self._presenter, self._leads_back = presenter, leads_back
        self._keepers: Sequence[Operator] = ()
        self.ask: Callable[[QWidget], Path | None] = ask_folder
        for page in self.pages:
            page.entered.connect(self._go_on)
        self.choose.chosen.connect(presenter.choose)
        self.choose.folder_wanted.connect(self._ask_folder)
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self.area.verticalScrollBar().rangeChanged.connect(self._look_down)
        presenter.step_changed.connect(self._show_step)
        presenter.found_changed.connect(self._show_found)
        presenter.keepers_changed.connect(self._show_keepers)
        presenter.looked.connect(self._show_look)
        presenter.restored.connect(self._show_outcome)
        presenter.refused.connect(self.refuse)
        presenter.told.connect(self.tell)
        presenter.busy_changed.connect(self.show_busy)
        self._show_step(presenter.step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to what is asked."""
        self.pages[self._presenter.step].first().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_step(self, step: Step) -> None:
        page = self.pages[step]
        if step is not Step.CHECKED:
            for field in (self.open.secret, self.checked.password, self.checked.again):
                field.clear()
        if step is Step.OPEN:
            self.open.secret.show_password(self.open.asks_code())
        self.next.setVisible(step is not Step.CHOOSE or bool(self.choose.list.rows))
        self.back.setText(self._leads_back if step is Step.CHOOSE else "Back")
        self.back.setVisible(step is not Step.DONE and bool(self._leads_back or step is not Step.CHOOSE))
        self.area.verticalScrollBar().setValue(0)
        self.show_page(page, f"Step {step + 1} of {len(self.pages)}")
        if step in (Step.CHECKED, Step.DONE) and page.first() is page:
            self.next.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int, int)
    def _look_down(self, _lowest: int, _highest: int) -> None:
        """In a low window what is to be typed stands below what one sees, as soon as it has a place."""
        if self._presenter.step is Step.OPEN:
            self.area.ensureWidgetVisible(self.open.secret)

    @Slot(object)
    def _show_found(self, found: Sequence[Found]) -> None:
        self.choose.show_found(found)
        if self._presenter.step is Step.CHOOSE:
            self.next.setVisible(bool(found))
            if found and self.choose.other.hasFocus():
                self.choose.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_keepers(self, keepers: Sequence[Operator]) -> None:
        self._keepers = keepers
        self.open.which.setText(f"Backup of {self._chosen_words()}")
        self.open.offer(keepers)

    @Slot(object, bool)
    def _show_look(self, look: Look, new_password: bool) -> None:
        self.checked.show_look(look, self._keepers, new_password=new_password)

    @Slot(object)
    def _show_outcome(self, outcome: Outcome) -> None:
        self.done.show_outcome(outcome)

    @Slot()
    def _go_on(self) -> None:
        ask = self._presenter
        match ask.step:
            case Step.CHOOSE:
                path = self.choose.current()
                if path is not None:
                    ask.choose(path)
            case Step.OPEN:
                ask.try_it(self.open.who.value() or None, self.open.secret.text())
            case Step.CHECKED:
                page = self.checked
                ask.restore(page.who.value(), page.password.text(), page.again.text())
            case Step.DONE:
                ask.sign_in()

    @Slot()
    def _go_back(self) -> None:
        if self._presenter.step is Step.CHOOSE:
            self.left.emit()
        else:
            self._presenter.back()

    @Slot()
    def _ask_folder(self) -> None:
        folder = self.ask(self)
        if folder is not None:
            self._presenter.look_in(folder)

    def _chosen_words(self) -> str:
        current = self.choose.current()
        row = next((one for one in self.choose.list.rows if one.key == current), None)
        return "" if row is None else f"{row.title}, {row.note}"
