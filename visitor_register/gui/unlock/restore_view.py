"""Restoring a backup: one card, four pages, and the way back as long as nothing was restored."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.domain.people import Operator
from visitor_register.gui import metrics, theme
from visitor_register.gui.unlock.first_start_pages import Page
from visitor_register.gui.unlock.restore_pages import CheckedPage, ChoosePage, DonePage, OpenPage
from visitor_register.gui.unlock.restore_presenter import RestorePresenter, Step
from visitor_register.gui.unlock.scrolled import scrolled
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone
from visitor_register.persistence.restore import Outcome
from visitor_register.services.restoring import Found, Look


def ask_folder(parent: QWidget) -> Path | None:
    """Let somebody choose where the backups lie."""
    chosen = QFileDialog.getExistingDirectory(parent, "Where are the backups?")
    return Path(chosen) if chosen else None


class RestoreView(QFrame):
    """For the time when no register is open. `leads_back` says where Back on the first page leads; "" is nowhere.

    Attributes:
        ask: Asks for a folder; tests give their own.

    Signals:
        left: Nothing is restored after all.
    """

    left = Signal()

    def __init__(self, presenter: RestorePresenter, *, leads_back: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._presenter, self._leads_back = presenter, leads_back
        self._keepers: Sequence[Operator] = ()
        self.ask: Callable[[QWidget], Path | None] = ask_folder
        self.choose, self.open, self.checked, self.done = ChoosePage(), OpenPage(), CheckedPage(), DonePage()
        self.pages: tuple[Page, ...] = (self.choose, self.open, self.checked, self.done)
        self.step = PlainLabel(t="capb")
        self.title = PlainLabel(t="h1", wrap=True)
        self.sentence = PlainLabel(t="muted", wrap=True)
        self.trouble = Note(Tone.CHECK, "")
        self.back = KeyButton("Back", icon="chevron-left")
        self.busy = PlainLabel(t="muted", elide=True)
        self.next = KeyButton("Use this one", key="Enter", kind="primary")
        self._stack = QStackedWidget()
        self._build()
        self._tell("")
        for page in self.pages:
            page.entered.connect(self._go_on)
        self.choose.chosen.connect(presenter.choose)
        self.choose.folder_wanted.connect(self._ask_folder)
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self._area.verticalScrollBar().rangeChanged.connect(self._look_down)
        presenter.step_changed.connect(self._show_step)
        presenter.found_changed.connect(self._show_found)
        presenter.keepers_changed.connect(self._show_keepers)
        presenter.looked.connect(self._show_look)
        presenter.restored.connect(self._show_outcome)
        presenter.refused.connect(self._refuse)
        presenter.told.connect(self._tell)
        presenter.busy_changed.connect(self._show_busy)
        self._show_step(presenter.step)

    def tell(self, sentence: str) -> None:
        """Say why somebody was led here."""
        self._tell(sentence)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to what is asked."""
        self.pages[self._presenter.step].first().setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_card"):
            self._fit()

    def _build(self) -> None:
        self._card = Card(margin=24)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(metrics.CARD_GAP)
        column.addWidget(self.sentence)
        column.addWidget(self.trouble)
        for page in self.pages:
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setSpacing(metrics.FIELD_GAP)
        foot.addWidget(self.back)
        foot.addWidget(self.busy, 1)
        foot.addWidget(self.next)
        for part in (self.step, self.title):
            self._card.body.addWidget(part)
        self._area = scrolled(inside)
        self._card.body.addWidget(self._area, 1)
        self._card.body.addLayout(foot)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 100)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addStretch()
        outer.addLayout(middle, 1)
        outer.addStretch()
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self._card.setMaximumSize(look.px(680), look.px(600))

    @Slot(object)
    def _show_step(self, step: Step) -> None:
        page = self.pages[step]
        for other in self.pages:
            # Only the page in use counts for the height; a long one scrolls.
            used = QSizePolicy.Policy.Preferred if other is page else QSizePolicy.Policy.Ignored
            other.setSizePolicy(QSizePolicy.Policy.Preferred, used)
        if step is not Step.CHECKED:
            for field in (self.open.secret, self.checked.password, self.checked.again):
                field.clear()
        if step is Step.OPEN:
            self.open.secret.show_password(self.open.asks_code())
        self._stack.setCurrentWidget(page)
        self.step.setText(f"Step {step + 1} of {len(self.pages)}")
        self.title.setText(page.title)
        self.sentence.setText(page.sentence)
        self.next.setText(page.next_words)
        self.next.setVisible(step is not Step.CHOOSE or bool(self.choose.list.rows))
        self.back.setText(self._leads_back if step is Step.CHOOSE else "Back")
        self.back.setVisible(step is not Step.DONE and bool(self._leads_back or step is not Step.CHOOSE))
        self._area.verticalScrollBar().setValue(0)
        page.first().setFocus(Qt.FocusReason.TabFocusReason)
        if step in (Step.CHECKED, Step.DONE) and page.first() is page:
            self.next.setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, f"{self.step.text()}. {page.title}")

    @Slot(int, int)
    def _look_down(self, _lowest: int, _highest: int) -> None:
        """In a low window what is to be typed stands below what one sees, as soon as it has a place."""
        if self._presenter.step is Step.OPEN:
            self._area.ensureWidgetVisible(self.open.secret)

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

    @Slot(str, str)
    def _refuse(self, name: str, sentence: str) -> None:
        fields = {key: field for page in self.pages for key, field in page.fields.items()}
        if not name:
            for field in fields.values():
                field.set_error("")
            return
        fields[name].set_error(sentence)
        fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(fields[name])
        announce(self, sentence, urgent=True)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.trouble.show_note(Tone.CHECK, sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, urgent=True)

    @Slot(bool, str)
    def _show_busy(self, busy: bool, words: str) -> None:
        self.busy.setText(words)
        for button in (self.back, self.next):
            button.setDisabled(busy)
