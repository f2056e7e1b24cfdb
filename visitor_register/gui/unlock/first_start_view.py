"""The short wizard of the first start: six pages, one question each, Enter goes on."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.errors import RegisterError
from visitor_register.gui import metrics, theme
from visitor_register.gui.prints import recovery_paper
from visitor_register.gui.prints.recovery_paper import Paper, SystemPaper
from visitor_register.gui.unlock.first_start_pages import (
    BeginPage,
    CodePage,
    Page,
    PersonPage,
    SchoolPage,
    TypeBackPage,
)
from visitor_register.gui.unlock.first_start_presenter import FirstStartPresenter, Step
from visitor_register.gui.unlock.scrolled import scrolled
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_DSL = "Designated safeguarding lead. Sees everything, and changes the settings."
_RECEPTION = "Signs visitors in and out. Others are added later in Settings."


class FirstStartView(QFrame):
    """One card in the middle: step, title, page, buttons fixed at the foot.

    Signals:
        restore_wanted: There was a register already; its backup is to be restored.
    """

    restore_wanted = Signal()

    def __init__(
        self, presenter: FirstStartPresenter, *, paper: Paper | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._presenter, self._paper = presenter, paper or SystemPaper()
        self.school = SchoolPage(str(presenter.folder))
        self.dsl = PersonPage("dsl", "The DSL", _DSL, "Next", extension=True)
        self.reception = PersonPage("reception", "The receptionist", _RECEPTION, "Make the register", extension=False)
        self.code = CodePage()
        self.type_back = TypeBackPage()
        self.begin = BeginPage()
        self.pages: list[Page] = [self.school, self.dsl, self.reception, self.code, self.type_back, self.begin]
        self.step = PlainLabel(t="capb")
        self.title = PlainLabel(t="h1", wrap=True)
        self.sentence = PlainLabel(t="muted", wrap=True)
        self.trouble = Note(Tone.CHECK, "")
        self.back = KeyButton("Back", icon="chevron-left")
        self.busy = PlainLabel(t="muted", elide=True)
        self.next = KeyButton("Next", key="Enter", kind="primary")
        self._stack = QStackedWidget()
        self._build()
        self._show_step(presenter.step)
        self._tell("")
        for page in self.pages:
            page.entered.connect(self._go_on)
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(presenter.back)
        self.school.restore.clicked.connect(self.restore_wanted)
        self.code.print_wanted.connect(self._print)
        self.code.save_wanted.connect(self._save)
        self.begin.chosen.connect(presenter.choose)
        presenter.step_changed.connect(self._show_step)
        presenter.refused.connect(self._refuse)
        presenter.told.connect(self._tell)
        presenter.busy_changed.connect(self._show_busy)
        presenter.code_made.connect(self.code.code.setText)

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
        self._card.body.addWidget(scrolled(inside), 1)
        self._card.body.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addStretch()
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 100)
        middle.addStretch(1)
        # All the height there is, up to the most the card may have.
        outer.addLayout(middle, 1)
        outer.addStretch()
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self._card.setMaximumSize(look.px(680), look.px(500))

    @Slot(object)
    def _show_step(self, step: Step) -> None:
        page = self.pages[step]
        for other in self.pages:
            # Only the page in use counts for the height; a long one scrolls.
            across, used = QSizePolicy.Policy.Preferred, other is page
            other.setSizePolicy(across, across if used else QSizePolicy.Policy.Ignored)
        self._stack.setCurrentWidget(page)
        self.step.setText(f"Step {step + 1} of {len(self.pages)}")
        self.title.setText(page.title)
        self.sentence.setText(page.sentence)
        self.next.setText(page.next_words)
        self.next.setVisible(bool(page.next_words))
        # Where there is no field, Enter presses whatever has the keyboard.
        self.next.set_key("Enter" if page.fields else "")
        self.back.setVisible(step > Step.SCHOOL)
        page.first().setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, f"{self.step.text()}. {page.title}")

    @Slot()
    def _go_on(self) -> None:
        ask = self._presenter
        dsl, reception = self.dsl, self.reception
        match ask.step:
            case Step.SCHOOL:
                ask.name_school(self.school.edit.text())
            case Step.DSL:
                ask.name_dsl(dsl.name.text(), dsl.password.text(), dsl.again.text(), dsl.extension.text())
            case Step.RECEPTION:
                ask.name_reception(reception.name.text(), reception.password.text(), reception.again.text())
            case Step.CODE:
                ask.written_down()
            case Step.TYPE_BACK:
                ask.type_back(self.type_back.edit.text())

    @Slot()
    def _print(self) -> None:
        if self._paper.print_text(self, recovery_paper.words(self.school.edit.text(), self.code.code.text())):
            self.code.kept.setText("Sent to the printer. See that it can be read before you go on.")

    @Slot()
    def _save(self) -> None:
        path = self._paper.ask_file(self)
        if path is None:
            return
        try:
            text = recovery_paper.words(self.school.edit.text(), self.code.code.text())
            recovery_paper.save(path, text, register=Path(self._presenter.folder))
        except RegisterError as error:
            self.code.kept.setText(str(error))
        else:
            self.code.kept.setText(f"Saved as {path.name}.")

    @Slot(str, str)
    def _refuse(self, name: str, sentence: str) -> None:
        fields = {key: field for page in self.pages for key, field in page.fields.items()}
        if not name:
            for field in fields.values():
                field.set_error("")
            return
        first = not any(field.error() for field in fields.values())
        fields[name].set_error(sentence)
        if first:
            fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, sentence, urgent=True)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.trouble.show_note(Tone.CHECK, sentence)
        self.trouble.setVisible(bool(sentence))

    @Slot(bool, str)
    def _show_busy(self, _busy: bool, word: str) -> None:
        self.busy.setText(word)
