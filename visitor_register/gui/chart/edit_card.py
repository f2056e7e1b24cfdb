"""The form for changing one person of the chart by hand; why is asked every time."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel, plain_tip
from visitor_register.services.chart_edits import Editable, HandForm

_ABOUT = "Until a chart says it too, the card says who changed it. The next chart is held against it."
_NOBODY = "Not known"
_TEXTS = ("name", "known_as", "phone", "mobile", "email", "staff_number")


class EditCard(QWidget):
    """Ctrl+S saves, Esc leaves. The buttons belong into the foot of the panel it is in.

    Signals:
        wrong_at: The field that is wrong first: it should be seen.
        typed: What stands in the form, after each change.
        saved: The same, to be saved.
        left: Nothing of it is wanted.
    """

    wrong_at = Signal(object)
    typed = Signal(object)
    saved = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.lines = {name: line_edit() for name in _TEXTS}
        self.job_title, self.team = line_edit(), Chooser(editable=True, placeholder="")
        self.reports_to = Chooser(placeholder=_NOBODY)
        self.gone = KeyButton("Has left: the post is vacant", kind="chip", icon="log-out")
        self.reason = line_edit(placeholder="The team manager told us on the telephone")
        self.fields = {
            "name": Field("Name", self.lines["name"]),
            "known_as": Field("Known as", self.lines["known_as"]),
            "job_title": Field("Job title", self.job_title),
            "team": Field("Team", self.team),
            "reports_to": Field("Reports to", self.reports_to),
            "phone": Field("Phone", self.lines["phone"]),
            "mobile": Field("Mobile", self.lines["mobile"]),
            "email": Field("E-mail", self.lines["email"]),
            "staff_number": Field("Staff number", self.lines["staff_number"]),
            "reason": Field("How do you know", self.reason),
        }
        self.save_button = KeyButton("Save", icon="check", key="Ctrl+S", shortcut=True, name="Save the change")
        self.leave = KeyButton("Leave as it is")
        self._lay_out()
        for line in (*self.lines.values(), self.job_title, self.reason):
            line.textChanged.connect(self._changed)
        self.team.editTextChanged.connect(self._changed)
        self.reports_to.chosen.connect(self._changed)
        self.gone.toggled.connect(self._changed)
        self.save_button.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)

    def show_form(self, found: Editable, form: HandForm) -> None:
        """Fill the form."""
        self._filling = True
        for name, line in self.lines.items():
            line.setText(getattr(form, name))
        self.job_title.setText(form.job_title)
        self.team.set_options([(team, team) for team in found.teams])
        self.team.set_value(form.team)
        self.reports_to.set_options([(_NOBODY, ""), *((words, key) for key, words in found.above)])
        self.reports_to.set_value(form.reports_to or "")
        self.fields["reports_to"].setVisible(found.post is not None)
        self.gone.setChecked(not form.on_chart)
        self.reason.setText(form.reason)
        self.show_wrong({})
        self._filling = False
        self._show_gone()

    @Slot(object)
    def show_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at each field what to write instead."""
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        first = next((self.fields[name] for name in self.fields if name in wrong), None)
        if first is not None:
            first.setFocus()
            self.wrong_at.emit(first)

    def take_focus(self) -> None:
        """Begin at the top."""
        self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def form(self) -> HandForm:
        """What stands in the form."""
        above = self.reports_to.value()
        texts = {name: line.text() for name, line in self.lines.items()}
        return HandForm(
            **texts,
            job_title=self.job_title.text(),
            team=self.team.value(),
            reports_to=above if isinstance(above, UUID) else None,
            on_chart=not self.gone.isChecked(),
            reason=self.reason.text(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_ABOUT, t="cap", wrap=True))
        column.addWidget(self.gone, 0, Qt.AlignmentFlag.AlignLeft)
        for names in (
            ("name",),
            ("known_as", "staff_number"),
            ("job_title",),
            ("team",),
            ("reports_to",),
            ("phone", "mobile"),
            ("email",),
            ("reason",),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            for name in names:
                row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addStretch(1)

    def _show_gone(self) -> None:
        """Who has left needs no other field. A long title of the manager's is told whole in the tip."""
        self.reports_to.setToolTip(plain_tip(self.reports_to.currentText()))
        for name, field in self.fields.items():
            field.setEnabled(name == "reason" or not self.gone.isChecked())

    @Slot()
    def _changed(self) -> None:
        if not self._filling:
            self._show_gone()
            self.typed.emit(self.form())

    @Slot()
    def _save(self) -> None:
        self.saved.emit(self.form())
