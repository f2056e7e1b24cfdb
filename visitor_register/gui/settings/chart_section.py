"""The section of the structure chart: from when on it is old, where charts arrive, and the councils' keys."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitor_register.domain.chart_fingerprint import OF_KEY, readable
from visitor_register.domain.directory import CouncilKey
from visitor_register.gui import metrics, theme
from visitor_register.gui.settings.forms import write_day
from visitor_register.gui.settings.list_section import Question
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.school_sections import PolicySection, ask_folder
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row

_ROW_HEIGHT = 56
_ROWS_SEEN = 3


class ChartSection(PolicySection):
    """Ages and folder are one form; keys are confirmed while importing and only taken back here."""

    def __init__(self, presenter: SettingsPresenter, *, choose: Callable[[QWidget], str] = ask_folder) -> None:
        super().__init__(
            presenter,
            "charts",
            "Structure chart",
            "The chart goes out of date as people come and go, so its age is always shown.",
        )
        self._choose = choose
        self.add_row(
            self.field("amber", "Old after days (amber)", line_edit(longest=4)),
            self.field("red", "Very old after days (red)", line_edit(longest=4)),
        )
        self.button = KeyButton("Choose", name="Choose the folder for charts")
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.field("folder", "Folder in which charts arrive", line_edit(longest=400)), 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.content.addLayout(row)
        self.content.addWidget(
            PlainLabel(
                "A newer chart found there is offered to the DSL. It is never used by itself. Leave empty for none.",
                t="cap",
                wrap=True,
            )
        )
        self.keys = ListPanel(
            "Councils' keys", empty="No key confirmed yet. Importing a signed chart offers it.", row_height=_ROW_HEIGHT
        )
        self.question = Question("Take no more charts signed with it", "Keep it", reason="Why")
        for widget in (PlainLabel("Keys of councils that sign their charts", t="h2", wrap=True), self.keys):
            self.content.addWidget(widget)
        self.content.addWidget(self.question)
        self.content.addStretch(1)
        self._keys: dict[Any, CouncilKey] = {}
        self._asked: Any = None
        self.keys.activated_row.connect(self._question)
        self.question.agreed.connect(self._withdraw)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the keys too."""
        self._keys = {key.id: key for key in snapshot.keys}
        self.keys.set_rows([_row(key) for key in snapshot.keys])
        seen = max(1, min(len(snapshot.keys), _ROWS_SEEN))
        self.keys.setFixedHeight(theme.current().px(_ROW_HEIGHT) * seen + 2)
        super().show_snapshot(snapshot)

    @Slot()
    def discard(self) -> None:
        """Nothing asked, nothing typed."""
        self.question.hide()
        super().discard()

    @Slot()
    def _ask(self) -> None:
        folder = self._choose(self)
        if folder:
            put(self.controls["folder"], folder)

    @Slot(object)
    def _question(self, key: Any) -> None:
        self._asked = key
        self.question.ask(
            f"Shall charts of {self._keys[key].authority} signed with this key count no more? "
            "Charts in use stay in use."
        )

    @Slot(str)
    def _withdraw(self, reason: str) -> None:
        self.presenter.withdraw_key(self._asked, reason)


def _row(key: CouncilKey) -> Row:
    confirmed = f"confirmed {write_day(key.pinned_at.date())} with {key.confirmed_with}"
    return Row(key.id, key.authority, f"{readable(key.key, OF_KEY)} · {confirmed}", action="Withdraw")
