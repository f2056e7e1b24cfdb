"""One section of Settings: title, a sentence, fields that scroll, and one button that saves."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visitor_register.gui import metrics, theme
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

CONTENT_WIDTH = 720
_LARGE_TYPE = 1.3
_ON = "on"


def get(control: QWidget) -> str:
    """What a control says, as text."""
    if isinstance(control, QLineEdit):
        return control.text()
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText()
    if isinstance(control, QCheckBox):
        return _ON if control.isChecked() else ""
    if isinstance(control, Chooser):
        return str(control.value() if control.value() is not None else "")
    raise TypeError(type(control).__name__)


def put(control: QWidget, text: str) -> None:
    """Let a control say this, where it says something else."""
    if get(control) == text:
        return
    if isinstance(control, QLineEdit):
        control.setText(text)
        control.setCursorPosition(0)
    elif isinstance(control, QPlainTextEdit):
        control.setPlainText(text)
    elif isinstance(control, QCheckBox):
        control.setChecked(text == _ON)
    elif isinstance(control, Chooser):
        control.set_value(text)


class Section(Card):
    """Knows whether something in it is not saved yet. What it shows and saves is said by its children.

    Signals:
        edited: Something was typed or taken back; ask `is_unsaved`.
    """

    edited = Signal()

    def __init__(self, presenter: SettingsPresenter, key: str, title: str, sentence: str, save: str = "Save") -> None:
        super().__init__(margin=16)
        self.presenter, self.key = presenter, key
        self.controls: dict[str, QWidget] = {}
        self.fields: dict[str, Field] = {}
        self._clean: dict[str, str] | None = None
        self._rows: list[QBoxLayout] = []
        self.setAccessibleName(title)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(2, 0, 6, 2)
        self.content.setSpacing(metrics.CARD_GAP)
        self._inside = inside
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self.area = scroll
        self.save_button = KeyButton(save, icon="check", key="Ctrl+S", kind="primary", shortcut=True)
        self.discard_button = KeyButton("Discard", icon="undo-2")
        self.discard_button.hide()
        self.unsaved = PlainLabel(t="cap", elide=True)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(metrics.FIELD_GAP)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.discard_button)
        self.foot.addWidget(self.unsaved, 1)
        self.body.addWidget(PlainLabel(title, t="h1"))
        self.content.addWidget(PlainLabel(sentence, t="muted", wrap=True))
        self.body.addWidget(scroll, 1)
        self.body.addLayout(self.foot)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        presenter.loaded.connect(self.show_snapshot)
        presenter.refused.connect(self._refuse)
        presenter.saved.connect(self._took)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """The texts of the form, as they are in the register."""
        raise NotImplementedError

    @Slot()
    def save(self) -> None:
        """Hand the form to the presenter."""
        self.presenter.save(self.key, self.form())

    def form(self) -> dict[str, str]:
        """What the form says now."""
        return {name: get(control) for name, control in self.controls.items()}

    def is_unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._clean is not None and self.form() != self._clean

    def put_form(self, form: Mapping[str, str]) -> None:
        """Show these texts; they count as saved."""
        for name, text in form.items():
            put(self.controls[name], text)
        self.settle()

    @Slot()
    def discard(self) -> None:
        """Back to what is saved: asked for, or because somebody else is at the desk now."""
        if self._clean is not None:
            self.put_form(self._clean)

    def settle(self) -> None:
        """What is shown now counts as saved, and nothing is wrong with it."""
        self._clean = self.form()
        for field in self.fields.values():
            field.set_error("")
        self._edited()

    def watch(self, name: str, control: QWidget) -> QWidget:
        """Make a control part of the form."""
        self.controls[name] = control
        if isinstance(control, QLineEdit | QPlainTextEdit):
            control.textChanged.connect(self._edited)
        elif isinstance(control, QCheckBox):
            control.toggled.connect(self._edited)
        elif isinstance(control, Chooser):
            control.currentIndexChanged.connect(self._edited)
            control.editTextChanged.connect(self._edited)
        return control

    def field(self, name: str, label: str, control: QWidget | None = None) -> Field:
        """A labelled control of the form; a line to type in unless another is given."""
        made = Field(label, self.watch(name, control or line_edit()))
        self.fields[name] = made
        return made

    def add_row(self, *widgets: QWidget, into: QVBoxLayout | None = None) -> None:
        """Put widgets side by side; one under the other where there is no room for their words."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rows.append(row)
        row.setSpacing(metrics.FIELD_GAP)
        for widget in widgets:
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        (into or self.content).addLayout(row)

    def focus_first(self) -> None:
        """Give the first control the keyboard."""
        first = next(iter(self.controls.values()), self.save_button)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def fit(self, *, compact: bool) -> None:
        """Lay out for this much room. Lines of a form are not stretched over a wide window."""
        look = theme.current()
        self._inside.setMaximumWidth(look.px(CONTENT_WIDTH))
        narrow = compact and look.factor >= _LARGE_TYPE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for row in self._rows:
            row.setDirection(down if narrow else across)

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how things are now, unless something is being typed."""
        if not self.is_unsaved():
            self.put_form(self.fill(snapshot))

    @Slot()
    def _edited(self, *_: object) -> None:
        unsaved = self.is_unsaved()
        self.unsaved.setText("Not saved yet" if unsaved else "")
        self.discard_button.setVisible(unsaved)
        self.edited.emit()

    @Slot(str)
    def _took(self, section: str) -> None:
        if section == self.key:
            self.settle()

    @Slot(str, str, str)
    def _refuse(self, section: str, name: str, sentence: str) -> None:
        if section != self.key:
            return
        for field in self.fields.values():
            field.set_error("")
        self.fields[name].set_error(sentence)
        self.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(self.fields[name])
        announce(self, sentence, urgent=True)
