"""The form *Add from paper*: the fields of the paper sheet in its order, filled in by keyboard alone."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from visitor_register.domain.assurance import Compared, Expiry, IdShown
from visitor_register.domain.people import Person, PersonKind
from visitor_register.domain.visits import Visit
from visitor_register.gui import metrics, theme, wording
from visitor_register.gui.today.paper_form_presenter import KINDS, PAPER_FIELDS, PaperFormPresenter, PaperLine
from visitor_register.gui.today.paper_grid import FieldGrid
from visitor_register.gui.today.paper_name import NameLine, team_of
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import plain_tip

# Qt hands an answer that is a text back as a plain one.
_ANSWERS: dict[str, type[StrEnum]] = {"kind": PersonKind, "shown": IdShown, "expiry": Expiry, "compared": Compared}


class PaperForm(Card):
    """What stands on the paper sheet, typed in. Esc closes it and keeps what was typed.

    Signals:
        saved: The visit. The form is empty again.
        closed: Show something else: after Esc, after *Discard*, and after *Save* unless another line follows.
    """

    saved = Signal(object)
    closed = Signal()

    def __init__(self, presenter: PaperFormPresenter, parent: QWidget | None = None) -> None:
        super().__init__("Add from paper", "True times, as they stand on the sheet", parent=parent)
        self.presenter = presenter
        self._line = PaperLine()
        self._another = False
        self._make_fields()
        self._make_foot()
        for keys, slot in (("Ctrl+S", self.save), ("Ctrl+Return", self.save_and_another)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        presenter.found.connect(self.name.show_people)
        presenter.lists_read.connect(self._show_lists)
        presenter.wrong.connect(self._show_wrong)
        presenter.saved.connect(self._saved)
        self.setFocusProxy(self.name)
        self._fill(PaperLine(day=presenter.today()))

    def has_content(self) -> bool:
        """Whether something was typed that would be missed. The date and the writer are of the sheet, not the line."""
        typed = self.typed()
        return typed != PaperLine(typed.visit, day=typed.day, written_by=typed.written_by)

    def begin(self) -> None:
        """Go to the name; what was typed before stays."""
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def begin_with(self, line: PaperLine) -> bool:
        """Begin with what is known already, at the time of the arrival; False when another line is being typed."""
        if self.has_content():
            return False
        self._fill(line)
        self.fields["arrived"].control.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def typed(self) -> PaperLine:
        """The line as it stands in the fields."""
        values: dict[str, Any] = {"assistance": self._assistance.isChecked()}
        for name, field in self.fields.items():
            if isinstance(field.control, QLineEdit):
                values[name] = field.control.text()
            elif isinstance(field.control, Chooser):
                value = field.control.value()
                values[name] = _ANSWERS[name](value) if name in _ANSWERS and value is not None else value
        return replace(self._line, **values)

    def offer_sheet(self, print_now: Callable[[], None]) -> None:
        """Offer a blank sheet to write on, printed by this slot of a QObject."""
        self.sheet_button.clicked.connect(print_now)
        self.sheet_button.show()

    @Slot()
    def save(self) -> None:
        """Save this line and close."""
        self._another = False
        self.presenter.save(self.typed())

    @Slot()
    def save_and_another(self) -> None:
        """Save this line and begin the next one of the same sheet."""
        self._another = True
        self.presenter.save(self.typed())

    @Slot()
    def discard(self) -> None:
        """Forget what was typed, and close."""
        self._fill(PaperLine(day=self.presenter.today()))
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the list of names first, then the form."""
        if not event.matches(QKeySequence.StandardKey.Cancel):
            super().keyPressEvent(event)
        elif not self.name.close_list():
            self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Offer whom visitors come to see, as Settings say now."""
        super().showEvent(event)
        if not event.spontaneous():
            self.presenter.read_lists()

    def hideEvent(self, event: QHideEvent) -> None:
        """A scan may take the form's place while a list hangs from a field: it must not stay behind."""
        for field in self.fields.values():
            if isinstance(field.control, Chooser):
                field.control.hidePopup()
                completer = field.control.completer()
                popup = completer.popup() if completer is not None else None
                if popup is not None:
                    popup.hide()
        super().hideEvent(event)

    def _make_fields(self) -> None:
        self.name = NameLine(self)
        self._organisation = line_edit()
        self._kind = Chooser([(words, kind) for kind, words in KINDS.items()])
        self._shown = Chooser([(words, shown) for shown, words in wording.ID_SHOWN.items()])
        self._compared = Chooser([(words, compared) for compared, words in wording.COMPARED.items()])
        self._assistance = QCheckBox("To leave the building")
        controls: dict[str, QWidget] = {
            "name": self.name,
            "kind": self._kind,
            "organisation": self._organisation,
            "here_to_see": Chooser(editable=True, placeholder=""),
            "place": Chooser(editable=True, placeholder=""),
            "arrived": line_edit(longest=10),
            "left": line_edit(longest=10, placeholder="Empty if not on the sheet"),
            "shown": self._shown,
            "expiry": Chooser([(words, expiry) for expiry, words in wording.EXPIRY.items()]),
            "compared": self._compared,
            "assistance": self._assistance,
        }
        self.fields = {
            name: Field(label, controls.get(name) or line_edit(), beside=True) for name, label in PAPER_FIELDS.items()
        }
        for field in self.fields.values():
            # A label stands beside its control, also when a sentence stands under that.
            field.label.setMinimumHeight(theme.current().px(metrics.CONTROL_HEIGHT - 2))
            row = field.layout()
            if row is not None:
                row.setAlignment(field.label, Qt.AlignmentFlag.AlignTop)
        self.grid = FieldGrid(self.fields.values())
        self.page = QScrollArea()
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setWidgetResizable(True)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page.setWidget(self.grid)
        self.body.addWidget(self.page, 1)
        self.name.typed.connect(self._name_typed)
        self.name.picked.connect(self._picked)
        for chooser in (self._shown, self._compared):
            chooser.chosen.connect(self._ask_what_follows)

    def _make_foot(self) -> None:
        self.save_button = KeyButton("Save", key="Ctrl+S", kind="primary")
        self.another_button = KeyButton("Save, add another", key="Ctrl+Enter")
        self.sheet_button = KeyButton("Blank sheet", icon="printer", kind="ghost", name="Print a blank sheet")
        self.sheet_button.hide()
        self.discard_button = KeyButton("Discard")
        self.close_button = KeyButton("Close", key="Esc")
        foot = QHBoxLayout()
        foot.setSpacing(metrics.FIELD_GAP)
        foot.addWidget(self.save_button)
        foot.addWidget(self.another_button)
        foot.addStretch(1)
        foot.addWidget(self.sheet_button)
        foot.addWidget(self.discard_button)
        foot.addWidget(self.close_button)
        self.body.addLayout(foot)
        self.save_button.clicked.connect(self.save)
        self.another_button.clicked.connect(self.save_and_another)
        self.discard_button.clicked.connect(self.discard)
        self.close_button.clicked.connect(self.closed)

    def _fill(self, line: PaperLine) -> None:
        self._line = line
        for name, field in self.fields.items():
            if isinstance(field.control, QLineEdit):
                field.control.setText(getattr(line, name))
            elif isinstance(field.control, Chooser):
                field.control.set_value(getattr(line, name))
        self._assistance.setChecked(line.assistance)
        self._know(line.person is not None)
        self._show_wrong({})
        self._ask_what_follows()

    def _know(self, known: bool) -> None:
        """Kind and team of somebody the register knows are not for the sheet to say."""
        self._kind.setEnabled(not known)
        self._organisation.setEnabled(not known)
        if not known:
            self._organisation.setToolTip("")

    @Slot(str)
    def _name_typed(self, text: str) -> None:
        if self._line.person is not None:
            self._line = replace(self._line, person=None)
            self._kind.set_value(None)
            self._organisation.clear()
            self._know(False)
        self.presenter.search(text)

    @Slot(object)
    def _picked(self, person: Person) -> None:
        self._line = replace(self._line, person=person.id)
        self._kind.set_value(person.kind)
        self._organisation.setText(team_of(person))
        self._organisation.setCursorPosition(0)
        self._organisation.setToolTip(plain_tip(team_of(person)))
        self._know(True)
        self.fields["here_to_see"].control.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _ask_what_follows(self) -> None:
        self.grid.ask(self.fields["which"], self._shown.value() == IdShown.OTHER_PHOTO)
        self.grid.ask(self.fields["because"], self._compared.value() == Compared.NOT_NOW)

    @Slot(object, object)
    def _show_lists(self, names: tuple[str, ...], places: tuple[str, ...]) -> None:
        for name, offered in (("here_to_see", names), ("place", places)):
            chooser = self.fields[name].control
            if isinstance(chooser, Chooser):
                chooser.set_options([(words, words) for words in offered])

    @Slot(object)
    def _show_wrong(self, sentences: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.set_error(sentences.get(name, ""))
        first = next((field for name, field in self.fields.items() if name in sentences), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.TabFocusReason)
            announce(first, first.error(), urgent=True)
            # Once the sentences have found their room.
            QTimer.singleShot(0, self, self._reveal)

    @Slot()
    def _reveal(self) -> None:
        """Scroll to the first field with a sentence under it."""
        first = next((field for field in self.fields.values() if field.error()), None)
        if first is not None:
            self.page.ensureWidgetVisible(first, 0, 0)

    @Slot(object)
    def _saved(self, visit: Visit) -> None:
        line = self.typed()
        self._fill(PaperLine(day=line.day, written_by=line.written_by))
        self.saved.emit(visit)
        if self._another:
            self.begin()
        else:
            self.closed.emit()
