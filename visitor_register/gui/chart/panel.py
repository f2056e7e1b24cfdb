"""The panel at the right of the chart: one person, the versions, or the message that asks for a newer chart."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.chart.ask_text import AskText
from visitor_register.gui.chart.person_card import PersonCard
from visitor_register.gui.chart.presenter import Card, ChartPresenter
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.side_panel import SidePanel


class VersionsCard(QWidget):
    """Every chart that was accepted; the newest can be undone, with a reason.

    Signals:
        undo_wanted: The version, and why.
    """

    undo_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._newest: UUID | None = None
        self.list = ListPanel("Charts that were accepted", empty="No chart was accepted yet.", row_height=58)
        self.why = line_edit()
        self.why_field = Field("Undo the newest import, because", self.why)
        self.undo = KeyButton("Undo this import", icon="undo-2", kind="danger")
        self.after = PlainLabel(
            "Whoever came with it is then not on the chart; nothing is deleted.", t="cap", wrap=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        for part in (self.why_field, self.undo, self.after):
            column.addWidget(part)
        column.addStretch(1)
        self.undo.clicked.connect(self._undo)

    def show_versions(self, rows: Sequence[Row], newest: UUID | None) -> None:
        """Show these charts."""
        self._newest = newest
        self.list.set_rows(rows)
        self.list.setFixedHeight(theme.current().px(58) * min(len(rows) or 1, 6) + 2)
        for part in (self.why_field, self.undo, self.after):
            part.setVisible(newest is not None)
        self.why.clear()
        self.why_field.set_error("")

    @Slot()
    def _undo(self) -> None:
        why = self.why.text().strip()
        self.why_field.set_error("" if why else "Write why: it stands in the history.")
        if why and self._newest is not None:
            self.undo_wanted.emit(self._newest, why)


class AskCard(QWidget):
    """A message to copy piece by piece into the mail program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.to, self.subject, self.text = line_edit(), line_edit(), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.copied = PlainLabel("", t="cap")
        self.buttons: dict[str, KeyButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for name, control in (("To", self.to), ("Subject", self.subject), ("Text", self.text)):
            column.addWidget(Field(name, control), 1 if name == "Text" else 0)
            button = KeyButton(f"Copy {name}", icon="list-checks")
            button.clicked.connect(self._copy)
            self.buttons[name] = button
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.text.setMinimumHeight(200)
        column.addWidget(self.copied)

    def show_ask(self, said: AskText) -> None:
        """Show this message; it may be changed before it is copied."""
        self.to.setText(said.to)
        self.subject.setText(said.subject)
        self.text.setPlainText(said.text)
        self.copied.setText("Nothing is sent from here.")

    @Slot()
    def _copy(self) -> None:
        name = next(name for name, button in self.buttons.items() if button is self.sender())
        said = {"To": self.to.text(), "Subject": self.subject.text(), "Text": self.text.toPlainText()}[name]
        QGuiApplication.clipboard().setText(said)
        self.copied.setText(f"{name} is copied. Nothing is sent from here.")


class ChartPanel(SidePanel):
    """Shows one of the three, under its title."""

    def __init__(self, presenter: ChartPresenter, parent: QWidget | None = None) -> None:
        super().__init__("Nobody chosen", parent=parent)
        self.title.setWordWrap(True)
        self.person, self.versions, self.ask = PersonCard(), VersionsCard(), AskCard()
        self.nobody = PlainLabel("Choose somebody in the table to see how to reach them.", t="muted", wrap=True)
        self._parts = (self.nobody, self.person, self.versions, self.ask)
        for part in self._parts:
            self.content.addWidget(part)
        self.content.addStretch(1)
        self._turn(self.nobody, "Nobody chosen")
        presenter.card_shown.connect(self._show_card)
        presenter.nobody_shown.connect(self._show_nobody)
        presenter.versions_shown.connect(self._show_versions)
        presenter.ask_shown.connect(self._show_ask)
        self.person.person_wanted.connect(presenter.show_person)
        self.person.confirmed.connect(presenter.confirm)
        self.person.withdrawn.connect(presenter.withdraw)
        self.person.parted.connect(presenter.part)
        self.versions.undo_wanted.connect(presenter.undo_version)

    def _turn(self, shown: QWidget, title: str) -> None:
        for part in self._parts:
            part.setVisible(part is shown)
        self.set_title(title)

    @Slot(object)
    def _show_card(self, card: Card) -> None:
        self.person.show_card(card)
        self._turn(self.person, card.name)

    @Slot()
    def _show_nobody(self) -> None:
        self._turn(self.nobody, "Nobody in this post")

    @Slot(object, object)
    def _show_versions(self, rows: Sequence[Row], newest: UUID | None) -> None:
        self.versions.show_versions(rows, newest)
        self._turn(self.versions, "Charts so far")

    @Slot(object)
    def _show_ask(self, said: AskText) -> None:
        self.ask.show_ask(said)
        self._turn(self.ask, "Ask for an update")
