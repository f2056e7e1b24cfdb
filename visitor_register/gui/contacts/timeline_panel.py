"""The timeline at the right of Contacts, and the form that saves it as a PDF or a list."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.contacts.timeline_list import TimelineList
from visitor_register.gui.contacts.timeline_presenter import Scope, Shown, TimelinePresenter
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.gui.widgets.wrap_box import WrapBox

ChoosePath = Callable[[QWidget, str], Path | None]

_AT_ONCE = 200
"""Lines that are shown at first, the newest: each is measured, and the window must not wait for that."""
_FIRST = "Write the name of a worker or a child reference, then press Enter."
_WITHOUT = (
    'In place of their names stands "a member of staff", also in what somebody typed. '
    "A name that the program does not know stays: read it before you send it."
)


def ask_path(parent: QWidget, suggested: str) -> Path | None:
    """Ask where it is to be saved."""
    kind = "PDF (*.pdf)" if suggested.endswith(".pdf") else "CSV (*.csv)"
    chosen, _ = file_dialogs.save_name(parent, "Save the timeline", suggested, kind)
    return Path(chosen) if chosen else None


class SaveForm(QWidget):
    """Whom it may name, and the password of the PDF."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.without = QCheckBox("Without names of school staff")
        self.password, self.again = line_edit(longest=100), line_edit(longest=100)
        for edit in (self.password, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field("Password for the PDF, or none", self.password)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.FIELD_GAP)
        column.addWidget(self.without)
        column.addWidget(PlainLabel(_WITHOUT, t="cap", wrap=True))
        column.addWidget(self.field)
        column.addWidget(Field("The same password again", self.again))
        column.addWidget(PlainLabel("Tell the password by telephone, never in the same e-mail.", t="cap", wrap=True))
        column.addStretch(1)

    def clear(self) -> None:
        """As it was at first: a password stays in no window."""
        self.without.setChecked(False)
        self.password.clear()
        self.again.clear()
        self.field.set_error("")


class TimelinePanel(SidePanel):
    """Alt+S opens the form that saves it, Esc goes back from there, then closes the panel."""

    def __init__(
        self, presenter: TimelinePresenter, parent: QWidget | None = None, *, choose_path: ChoosePath = ask_path
    ) -> None:
        super().__init__("Timeline", parent=parent)
        self.presenter, self._choose_path = presenter, choose_path
        self.shown: Shown | None = None
        self.title.setWordWrap(True)
        self.hint.hide()
        self.head.setStretch(0, 1)
        self.search = SearchField(
            "Worker or child reference", name="Find the timeline of a worker or a child", kind="search"
        )
        self.chips = WrapBox()
        self.second = PlainLabel(t="cap", wrap=True)
        self.earlier = KeyButton("Show earlier ones", icon="arrow-up", kind="ghost")
        self.list = TimelineList()
        self.empty = EmptyState(
            "history", "Nothing yet", "Bookings, visits, contacts and deadlines stand here once they are written down."
        )
        self.form = SaveForm()
        self._from = 0
        self.save = KeyButton("Save a copy", icon="download", key="Alt+S", shortcut=True)
        self.as_pdf = KeyButton("Save as PDF", icon="download", kind="primary")
        self.as_list = KeyButton("Save as CSV")
        self.back = KeyButton("Back", key="Esc")
        self._lay_out()
        self._connect()
        self._show(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the panel gives it the keyboard: it belongs to the list, or to the search."""
        (self.search if self.presenter.asked is None else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form, then the panel."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self._go_back()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        for widget in (self.search, self.chips, self.second, self.earlier):
            self.content.addWidget(widget)
        for page in (self.list, self.empty, self.form):
            self.content.addWidget(page, 1)
        for button in (self.save, self.as_pdf, self.as_list, self.back):
            self.foot.addWidget(button)

    def _connect(self) -> None:
        self.search.returnPressed.connect(self._look_for)
        self.earlier.clicked.connect(self._show_earlier)
        self.save.clicked.connect(self._open_form)
        self.as_pdf.clicked.connect(self._save_pdf)
        self.as_list.clicked.connect(self._save_list)
        self.back.clicked.connect(self._go_back)
        self.presenter.shown.connect(self._show)
        self.presenter.wrong.connect(self.form.field.set_error)
        self.presenter.saved.connect(self._show_story)

    @Slot(object)
    def _show(self, shown: Shown | None) -> None:
        before, self.shown = self.shown, shown
        same = shown is not None and before is not None and before.asked == shown.asked
        self.set_title(f"Timeline: {shown.title}" if shown else "Timeline")
        self.second.setText(shown.second if shown else _FIRST)
        self.second.setVisible(bool(self.second.text()))
        self._show_scopes(shown)
        if not same:
            self._from = max(0, len(shown.lines) - _AT_ONCE) if shown else 0
        self._show_lines(stay=same)
        if shown is None:
            self.search.clear()
        # What somebody is typing into the form stays while the same timeline is read again.
        if same:
            self._turn_to(form=self.form.isVisibleTo(self))
        else:
            self._show_story()
        if shown is not None and not same:
            announce(self.second, f"{shown.title}: {shown.second or 'nothing yet'}")

    def _show_lines(self, *, stay: bool) -> None:
        shown = self.shown
        lines, child = (shown.lines, shown.asked.child_reference) if shown else ((), "")
        self.list.set_lines(lines[self._from :], child=child, stay=stay)

    @Slot()
    def _show_earlier(self) -> None:
        before, self._from = self._from, max(0, self._from - _AT_ONCE)
        self._show_lines(stay=False)
        self.list.stand_on(before - self._from)
        self._turn_to(form=False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_scopes(self, shown: Shown | None) -> None:
        scopes = shown.scopes if shown else ()
        had = any(chip.hasFocus() for chip in self.chips.findChildren(KeyButton))
        chips = [self._chip(scope, chosen=shown is not None and scope.asked == shown.asked) for scope in scopes]
        self.chips.set_parts(chips)
        self.chips.setVisible(bool(chips))
        if had:
            next((chip for chip in chips if chip.isChecked()), self.list).setFocus()

    def _chip(self, scope: Scope, *, chosen: bool) -> KeyButton:
        made = KeyButton(scope.words, kind="chip")
        made.setChecked(chosen)
        made.clicked.connect(partial(self.presenter.open, scope.asked))
        return made

    @Slot()
    def _look_for(self) -> None:
        self.presenter.look_for(self.search.text())

    @Slot()
    def _show_story(self) -> None:
        self.form.clear()
        self._turn_to(form=False)

    @Slot()
    def _open_form(self) -> None:
        self._turn_to(form=True)
        self.form.without.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, *, form: bool) -> None:
        told = bool(self.list.lines)
        nothing = self.shown is not None and not told
        self.form.setVisible(form)
        self.empty.setVisible(nothing and not form)
        self.list.setVisible(not nothing and not form)
        self.earlier.setVisible(self._from > 0 and not form)
        self.save.setVisible(told and not form)
        for button in (self.as_pdf, self.as_list):
            button.setVisible(form)

    @Slot()
    def _go_back(self) -> None:
        if self.form.isVisibleTo(self):
            self._show_story()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.presenter.close()
            self.closed.emit()

    @Slot()
    def close_panel(self) -> None:
        """The cross closes it, and what it showed is forgotten."""
        self.presenter.close()
        self.closed.emit()

    @Slot()
    def _save_pdf(self) -> None:
        password = self.form.password.text()
        if self.presenter.password_fits(password, self.form.again.text()):
            path = self._choose_path(self, self.presenter.suggested_name("pdf"))
            if path is not None:
                self.presenter.save_pdf(path, with_staff=not self.form.without.isChecked(), password=password)

    @Slot()
    def _save_list(self) -> None:
        path = self._choose_path(self, self.presenter.suggested_name("csv"))
        if path is not None:
            self.presenter.save_list(path, with_staff=not self.form.without.isChecked())
