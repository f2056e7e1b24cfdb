"""The panel at the right of Contacts in which a letter is written, or a deadline taken up the ladder."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from visitor_register.domain.contacts import Rung
from visitor_register.gui.contacts.escalate_box import EscalateBox
from visitor_register.gui.contacts.letter_form import LetterForm
from visitor_register.gui.contacts.write_presenter import WritePresenter
from visitor_register.gui.contacts.write_state import TITLES, Draft, Ladder
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.gui.widgets.tone import Tone


class WritePanel(SidePanel):
    """Shows the letter, or before one of an escalation the ladder; `leave` ends both.

    The panel is closed from inside (`closed`), and forgets what was in it whenever its presenter does.
    """

    def __init__(self, presenter: WritePresenter, parent: QWidget | None = None) -> None:
        super().__init__("Write an e-mail", parent=parent)
        self.title.setWordWrap(True)
        self.presenter = presenter
        self.letter, self.ladder = LetterForm(), EscalateBox()
        self.logged = Note(Tone.KNOWN, "")
        self.open = KeyButton("Open in mail program", icon="mail", kind="primary")
        self.leave = KeyButton("Close")
        for part in (self.logged, self.letter, self.ladder):
            self.content.addWidget(part)
        self.content.addStretch(1)
        for button in (self.open, self.leave):
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        presenter.drafted.connect(self._show_draft)
        presenter.found.connect(self.letter.show_found)
        presenter.refused.connect(self._refuse)
        presenter.logged.connect(self._show_logged)
        presenter.ladder_shown.connect(self._show_ladder)
        presenter.early.connect(self._show_early)
        presenter.closed.connect(self._forget)
        self.letter.search_wanted.connect(presenter.search)
        self.letter.person_wanted.connect(self._write_to)
        self.letter.reference_changed.connect(self._change)
        self.ladder.step_wanted.connect(presenter.take)
        self.ladder.ended.connect(presenter.end)
        self.letter.chart.clicked.connect(presenter.ask_for_chart)
        self.open.clicked.connect(self._open)
        self.letter.log.clicked.connect(self._log)
        self.leave.clicked.connect(self.closed)
        self.closed.connect(presenter.close)
        self._forget()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the panel gives it the keyboard: it belongs to what is wanted first."""
        (self.letter if self.letter.isVisibleTo(self) else self.ladder).focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is Close, also where the panel stands beside the list."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.leave.click()
            return
        super().keyPressEvent(event)

    @Slot(object)
    def _show_draft(self, draft: Draft) -> None:
        begun_anew = not self.letter.isVisibleTo(self)
        if begun_anew or draft.letter is None:
            self.letter.forget()
            self.ladder.forget()
        self.set_title(TITLES[draft.begun.kind])
        self.letter.show_draft(draft)
        self._turn(self.letter)
        if begun_anew or draft.letter is None:
            self.letter.focus_first()
            self._reveal_soon(self.letter.who)

    @Slot(object)
    def _show_ladder(self, found: Ladder) -> None:
        self.letter.forget()
        self.set_title("Escalate")
        self.ladder.show_ladder(found)
        self._turn(self.ladder)
        self.ladder.focus_first()
        self._reveal_soon(self.ladder.about)

    @Slot(object, str)
    def _show_early(self, rung: Rung, sentence: str) -> None:
        self.ladder.show_early(rung, sentence)
        self._reveal_soon(self.ladder.early)
        announce(self, sentence, urgent=True)

    @Slot(str)
    def _show_logged(self, said: str) -> None:
        """Say that it is logged; then it is only opened again."""
        title, _, more = said.partition(". ")
        self.logged.show_note(Tone.KNOWN, title, more)
        self.logged.setVisible(bool(said))
        self.open.setText("Open it again" if said else "Open in mail program")
        self.open.set_kind("secondary" if said else "primary")
        draft = self.presenter.draft
        self.open.setVisible(draft is not None and draft.letter is not None)
        self.letter.log.setVisible(not said)
        if said:
            self._reveal_soon(self.logged)

    @Slot(object)
    def _refuse(self, wrong: Mapping[str, str]) -> None:
        if "outcome" in wrong:
            self.ladder.outcome.set_error(wrong["outcome"])
            return
        first = self.letter.show_wrong(wrong)
        if first is not None:
            first.setFocus()
            self.reveal(first)
            announce(self, " ".join(wrong.values()), urgent=True)

    @Slot(object)
    def _write_to(self, person: UUID) -> None:
        if self.presenter.draft is not None:
            self.presenter.change(self.letter.form(), person)

    @Slot()
    def _change(self) -> None:
        self.presenter.change(self.letter.form())

    @Slot()
    def _open(self) -> None:
        self.presenter.open(self.letter.form())

    @Slot()
    def _log(self) -> None:
        self.presenter.log(self.letter.form())

    @Slot()
    def _forget(self) -> None:
        self.letter.forget()
        self.ladder.forget()
        self._turn(None)

    def _reveal_soon(self, widget: QWidget) -> None:
        """Scroll to it, once everything has the height of its new words."""
        QTimer.singleShot(0, widget, partial(self.reveal, widget))

    def _turn(self, shown: QWidget | None) -> None:
        for part in (self.letter, self.ladder):
            part.setVisible(part is shown)
        self._show_logged(self.presenter.said)
