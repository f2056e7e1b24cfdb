"""The arrival panel: what is recorded about an arrival. What only a person can see is never filled in."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.assurance import Compared, IdShown
from visitor_register.domain.policy import Policy
from visitor_register.domain.verification import Supervision, Verdict, Way
from visitor_register.gui import wording
from visitor_register.gui.today.scene import Scene
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.tone import Tone


class ArrivalPanel(Card):
    """Shows an arrival and says what a person changes.

    Signals:
        edited: The name of a field of `Arrival` and its new value.
        way: The desk saw something else: no badge today, say.
    """

    edited = Signal(str, object)
    way = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Arrival", "Filled in for you. Change only what differs.", parent=parent)
        self.no_badge = KeyButton("No badge today", key="F7", kind="chip", shortcut=True)
        self.no_badge.setCheckable(False)
        self.head.addWidget(self.no_badge)
        self.problem = Note(Tone.NOT_KNOWN, "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 6)
        self._grid.setColumnStretch(3, 5)
        self.body.addWidget(Scrolling(inside), 1)
        self._fields: dict[QWidget, str] = {}
        self.shown = self._chooser("shown", [(text, kind) for kind, text in wording.ID_SHOWN.items()])
        self.expiry = self._chooser("expiry", [(text, kind) for kind, text in wording.EXPIRY.items()])
        self.compared = self._chooser("compared", [(text, kind) for kind, text in wording.COMPARED.items()])
        self.which = self._line("shown_which", "Which photo ID, no number")
        self.because = self._line("because", "Why not, in a few words")
        self.basis = self._chooser("basis", [(text, kind) for kind, text in wording.BASIS.items()])
        self.basis_note = self._line("basis_note", "Optional")
        self.here_to_see = self._chooser("here_to_see", [], editable=True)
        self.place = self._chooser("place", [], editable=True)
        self.supervision = self._chooser("supervision", [(text, kind) for kind, text in wording.SUPERVISION.items()])
        self.lanyard = _Lanyard()
        self.pass_number = self._line("pass_number", "Optional")
        self.note = self._line("note", "For example: bay 4")
        self.assistance = QCheckBox("Needs assistance")
        self.notice = QCheckBox("Notice read")
        self.assistance.toggled.connect(self._assisted)
        self.notice.toggled.connect(self._noticed)
        self.no_badge.clicked.connect(self._no_badge)
        self._notice_version = 1
        self._lay_out()

    def show_scene(self, scene: Scene) -> None:
        """Show an arrival; a field somebody is typing in is left alone."""
        arrival, rules = scene.arrival, scene.rules
        if arrival is None or rules is None:
            return
        self._offer(self.here_to_see, rules.staff.names)
        self._offer(self.place, rules.staff.places)
        for widget, name in self._fields.items():
            value = getattr(arrival, name)
            if isinstance(widget, Chooser) and widget.value() != value:
                widget.set_value(value)
            elif isinstance(widget, QLineEdit) and widget.text().strip() != value:
                widget.setText(value)
        self._show_checks(arrival, rules, notice_due=scene.finding is not None and scene.finding.notice_due)
        self._row_label(self.which).setVisible(arrival.shown is IdShown.OTHER_PHOTO)
        self.which.setVisible(arrival.shown is IdShown.OTHER_PHOTO)
        self._row_label(self.because).setVisible(arrival.compared is Compared.NOT_NOW)
        self.because.setVisible(arrival.compared is Compared.NOT_NOW)
        self.lanyard.show_word(arrival.lanyard, arrival.supervision)
        known = arrival.verdict in (Verdict.KNOWN, Verdict.NOT_BOOKED)
        self.no_badge.setVisible(known)
        self.hint.setVisible(known)

    def show_problem(self, sentence: str) -> None:
        """Say which answer is missing, above the fields, and go to it."""
        self.problem.setVisible(bool(sentence))
        if not sentence:
            return
        self.problem.show_note(Tone.NOT_KNOWN, sentence)
        for widget in (self.shown, self.which, self.compared, self.because, self.basis_note):
            empty = not widget.value() if isinstance(widget, Chooser) else not widget.text().strip()
            if empty and widget.isVisible() and widget is not self.basis_note:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def focus_first(self) -> None:
        """Begin with what only a person can see."""
        self.shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        seen = QHBoxLayout()
        seen.setSpacing(8)
        for chooser in (self.shown, self.expiry, self.compared):
            seen.addWidget(chooser, 1)
        self._labels: dict[QWidget, PlainLabel] = {}
        self._add(0, 0, "You saw", self.shown)
        self._grid.addLayout(seen, 0, 1, 1, 3)
        self._add(1, 0, "Which ID", self.which)
        self._add(1, 2, "Because", self.because)
        self._add(2, 0, "DBS evidence", self.basis)
        self._add(2, 2, "Note", self.basis_note)
        self._add(3, 0, "Here to see", self.here_to_see)
        self._add(3, 2, "Where", self.place)
        self._add(4, 0, "Supervision", self.supervision)
        self._add(4, 2, "Lanyard", self.lanyard)
        self._add(5, 0, "Note to desk", self.note)
        self._add(5, 2, "Pass number", self.pass_number)
        checks = QHBoxLayout()
        checks.setSpacing(24)
        checks.addWidget(self.notice)
        checks.addWidget(self.assistance)
        checks.addStretch(1)
        self._grid.addLayout(checks, 6, 1, 1, 3)
        self._grid.setRowStretch(7, 1)
        self.shown.setAccessibleName("ID shown")
        self.shown.setPlaceholderText("ID shown")
        self.expiry.setAccessibleName("Expiry")
        self.expiry.setPlaceholderText("Expiry")
        self.compared.setAccessibleName("Face and photo compared")
        self.compared.setPlaceholderText("Face and photo")

    def _add(self, row: int, column: int, words: str, control: QWidget) -> None:
        label = PlainLabel(words, t="label")
        self._labels[control] = label
        self._grid.addWidget(label, row, column)
        if control is not self.shown:
            self._grid.addWidget(control, row, column + 1)
        control.setAccessibleName(words)

    def _row_label(self, control: QWidget) -> PlainLabel:
        return self._labels[control]

    def _chooser(self, name: str, options: list[tuple[str, Any]], *, editable: bool = False) -> Chooser:
        chooser = Chooser(options, editable=editable)
        chooser.chosen.connect(self._chosen)
        self._fields[chooser] = name
        return chooser

    def _line(self, name: str, placeholder: str) -> QLineEdit:
        line = line_edit(placeholder=placeholder)
        line.editingFinished.connect(self._typed)
        self._fields[line] = name
        return line

    def _offer(self, chooser: Chooser, names: tuple[str, ...]) -> None:
        if [chooser.itemText(n) for n in range(chooser.count())] != list(names):
            chooser.set_options([(name, name) for name in names])

    def _show_checks(self, arrival: Arrival, rules: Policy, *, notice_due: bool) -> None:
        self._notice_version = rules.notice.version
        for box, on in ((self.notice, arrival.notice_version is not None), (self.assistance, arrival.needs_assistance)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        self.notice.setVisible(notice_due)
        self.notice.setText(f"Has read the visitor notice, version {rules.notice.version}")

    @Slot(object)
    def _chosen(self, value: object) -> None:
        sender = self.sender()
        if isinstance(sender, Chooser):
            self.show_problem("")
            self.edited.emit(self._fields[sender], value)

    @Slot()
    def _typed(self) -> None:
        sender = self.sender()
        if isinstance(sender, QLineEdit) and sender in self._fields:
            self.edited.emit(self._fields[sender], sender.text().strip())

    @Slot(bool)
    def _assisted(self, on: bool) -> None:
        self.edited.emit("needs_assistance", on)

    @Slot(bool)
    def _noticed(self, on: bool) -> None:
        self.edited.emit("notice_version", self._notice_version if on else None)

    @Slot()
    def _no_badge(self) -> None:
        self.way.emit(Way.NO_BADGE)


class _Lanyard(QWidget):
    """The word on the lanyard: the word counts, the colour is the lanyard's own."""

    def __init__(self) -> None:
        super().__init__()
        self.word = PlainLabel(t="strong")
        self.meaning = PlainLabel(t="muted", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Mark("tag", size=20))
        row.addWidget(self.word)
        row.addWidget(self.meaning, 1)

    def show_word(self, word: str, supervision: Supervision) -> None:
        """Which lanyard to hand over."""
        self.word.setText(word or "none")
        self.meaning.setText(wording.SUPERVISION[supervision].lower())
        self.setAccessibleName(f"Lanyard says {word or 'nothing'}")


class ArrivalLine(Card):
    """The arrival in one line, where there is no room for the panel.

    Signals:
        change: Somebody wants to say something else.
    """

    change = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=6, parent=parent)
        self.body.setContentsMargins(14, 5, 8, 5)
        self.words = PlainLabel(wrap=True)
        self.button = KeyButton("Change", icon="pencil", key="F2")
        self.button.clicked.connect(self.change)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(PlainLabel("Arrival", t="h2"))
        lines = QVBoxLayout()
        lines.addWidget(self.words)
        row.addLayout(lines, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)

    def show_scene(self, scene: Scene) -> None:
        """Say what Enter would record."""
        arrival = scene.arrival
        if arrival is None:
            return
        where = ", ".join(part for part in (arrival.here_to_see, arrival.place) if part)
        lanyard = f"{wording.SUPERVISION[arrival.supervision]}, {arrival.lanyard} lanyard" if arrival.lanyard else ""
        parts = (wording.BASIS[arrival.basis], where, lanyard)
        self.words.setText(". ".join(part for part in parts if part) + ".")
