"""A section with a list at the top and a form under it, and a question before something is taken away."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from visitor_register.gui import metrics, theme
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel

_ROWS_SEEN = 4


class Question(QFrame):
    """Asked in the page: is this to go? With a reason where one is kept.

    Signals:
        agreed: Yes; the reason, or nothing.
    """

    agreed = Signal(str)

    def __init__(self, yes: str, no: str, *, reason: str = "") -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.words = PlainLabel(t="strong", wrap=True)
        self.reason = line_edit()
        self.field = Field(reason or "Reason", self.reason)
        if not reason:
            self.field.hide()
        self.yes = KeyButton(yes, kind="danger")
        self.no = KeyButton(no)
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(metrics.FIELD_GAP)
        column.addWidget(self.words)
        column.addWidget(self.field)
        column.addLayout(row)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self.hide)
        self.hide()

    def ask(self, words: str) -> None:
        """Ask, with nothing decided yet."""
        self.words.setText(words)
        self.reason.clear()
        self.show()
        (self.reason if self.field.isVisible() else self.no).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _agree(self) -> None:
        self.hide()
        self.agreed.emit(self.reason.text())


class ListSection(Section):
    """What is there, and a form that adds to it or changes the row whose button was pressed."""

    def __init__(
        self,
        presenter: SettingsPresenter,
        key: str,
        title: str,
        sentence: str,
        *,
        save: str,
        form_title: str,
        empty: str,
        question: Question,
        row_height: int = 56,
    ) -> None:
        super().__init__(presenter, key, title, sentence, save)
        self.list = ListPanel(title, empty=empty, row_height=row_height)
        self.question = question
        self.form_title = PlainLabel(form_title, t="h2", wrap=True)
        self.change: Any = None
        self._new_words = (save, form_title)
        for widget in (self.list, question, self.form_title):
            self.content.addWidget(widget)
        self._row_height = row_height
        self.list.activated_row.connect(self.act)

    def focus_first(self) -> None:
        """The list comes first."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def act(self, key: Any) -> None:
        """The button of a row."""
        raise NotImplementedError

    def fit_list(self) -> None:
        """Up to four rows are seen at once; more of them scroll."""
        seen = max(1, min(len(self.list.rows), _ROWS_SEEN))
        self.list.setFixedHeight(theme.current().px(self._row_height) * seen + 2)

    def begin_change(self, key: Any, title: str, save: str) -> None:
        """The form is now about a row."""
        self.change = key
        self.form_title.setText(title)
        self.save_button.setText(save)

    @Slot()
    def clear_form(self) -> None:
        """An empty form for a new one."""
        self.change = None
        self.save_button.setText(self._new_words[0])
        self.form_title.setText(self._new_words[1])
        self.put_form(self.blank())

    @Slot()
    def discard(self) -> None:
        """Nothing of the form stays."""
        self.question.hide()
        self.clear_form()

    def blank(self) -> dict[str, str]:
        """The texts of an empty form."""
        return dict.fromkeys(self.controls, "")

    def _took(self, section: str) -> None:
        if section == self.key:
            self.clear_form()
