"""A section with a list that the DSL and the head change, a row at a time, and that everybody else reads."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.settings.list_section import ListSection, Question
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

_ROWS_SEEN = 5


class KeptList(ListSection):
    """The list, a form for one more or for the row that was chosen, and a button that takes that row away."""

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
        remove: str = "Take it off",
    ) -> None:
        super().__init__(
            presenter,
            key,
            title,
            sentence,
            save=save,
            form_title=form_title,
            empty=empty,
            question=Question(remove, "Keep it"),
        )
        self.only = PlainLabel("Only the DSL or the head changes this.", t="cap", wrap=True)
        self.content.insertWidget(1, self.only)
        self.form_box = QWidget()
        self.form_lines = QVBoxLayout(self.form_box)
        self.form_lines.setContentsMargins(0, 0, 0, 0)
        self.form_lines.setSpacing(metrics.CARD_GAP)
        self.content.addWidget(self.form_box)
        self.content.addStretch(1)
        self.remove = KeyButton(remove, kind="danger")
        self.remove.hide()
        self.foot.addWidget(self.remove)
        self.remove.clicked.connect(self._ask)
        self.question.agreed.connect(self._agreed)

    def asked(self) -> str:
        """The question before the chosen row goes."""
        raise NotImplementedError

    def take_away(self) -> None:
        """Write the list without the chosen row."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the form only to those who may change something."""
        leads = self.presenter.leads()
        self.only.setVisible(not leads)
        for widget in (self.form_title, self.form_box, self.save_button):
            widget.setVisible(leads)
        self.fit_list()
        super().show_snapshot(snapshot)

    def fit_list(self) -> None:
        """Some rows are seen at once; more of them scroll."""
        seen = max(1, min(len(self.list.rows), _ROWS_SEEN))
        self.list.setFixedHeight(theme.current().px(self._row_height) * seen + 2)

    def begin_change(self, key: Any, title: str, save: str) -> None:
        """The form is about a row, which can be taken away as well."""
        super().begin_change(key, title, save)
        self.remove.show()
        first = next(iter(self.controls.values()))
        self.area.ensureWidgetVisible(first)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def clear_form(self) -> None:
        """An empty form; there is nothing to take away."""
        self.remove.hide()
        super().clear_form()

    @Slot()
    def _ask(self) -> None:
        self.question.ask(self.asked())
        self.area.ensureWidgetVisible(self.question)

    @Slot(str)
    def _agreed(self, _reason: str) -> None:
        self.take_away()
