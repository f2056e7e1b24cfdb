"""The section of one person's data: who asks for a copy, and where it is to lie."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget

from visitor_register.gui import theme
from visitor_register.gui.settings.boxes import secret
from visitor_register.gui.settings.copy_presenter import CopyPresenter
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.who_field import Guest

_ROW, _SHOWN = 56, 4


def ask_folder(parent: QWidget) -> Path | None:
    """Let somebody choose where the copy is to lie."""
    chosen = file_dialogs.folder(parent, "Where is the copy to lie?")
    return Path(chosen) if chosen else None


class CopySection(Section):
    """Find somebody by name; the list takes Enter; one button writes the copy.

    Attributes:
        ask: Asks for the folder; tests give their own.
    """

    def __init__(self, presenter: SettingsPresenter, copies: CopyPresenter) -> None:
        super().__init__(
            presenter,
            "copy",
            "One person's data",
            "Somebody may ask for all that the register holds about them. The copy is a PDF to read and the same for "
            "another program. References of children are left out. That a copy was made is written down.",
            save="Save the copy",
        )
        self.copies = copies
        copies.setParent(self)
        self.ask: Callable[[QWidget], Path | None] = ask_folder
        self._people: tuple[Guest, ...] = ()
        self._chosen: Guest | None = None
        self.search = line_edit(longest=80)
        self.search.setPlaceholderText("Two letters of a name")
        self.who = Field("Whose data", self.search)
        self.list = ListPanel("People found", row_height=_ROW)
        self.content.addWidget(self.who)
        self.content.addWidget(self.list)
        self.password, self.again = secret(longest=100), secret(longest=100)
        self.password_field = Field("Password for the PDF, if it needs one", self.password)
        self.add_row(self.password_field, Field("The password again", self.again))
        self.result = PlainLabel(t="muted", wrap=True)
        self.content.addWidget(self.result)
        self.content.addStretch(1)
        self.search.textChanged.connect(self._typed)
        self.list.activated_row.connect(self._choose)
        copies.found.connect(self._show_found)
        copies.refused.connect(self.password_field.set_error)
        copies.made.connect(self._made)
        copies.busy_changed.connect(self.save_button.setDisabled)
        self._show_list()

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """Nothing of it is kept."""
        return {}

    def focus_first(self) -> None:
        """Give the name the keyboard."""
        self.search.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "result"):
            self._show_list()

    @Slot()
    def discard(self) -> None:
        """Somebody else is at the desk: nobody's name stays."""
        self._forget()
        self.result.setText("")
        super().discard()

    @Slot()
    def save(self) -> None:
        """Ask where, then write it."""
        if self._chosen is None or not isinstance(self._chosen.visitor, UUID):
            self.who.set_error("Find the person first, and choose them from the list.")
            self.search.setFocus()
            return
        password = self.password.text()
        if not self.copies.check(password, self.again.text()):
            return
        folder = self.ask(self)
        if folder is not None:
            self.result.setText("")
            self.copies.save(self._chosen.visitor, folder, password)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.who.set_error("")
        if self._chosen is None or text != self._chosen.name:
            self._chosen = None
            self.copies.search(text)

    @Slot(object)
    def _show_found(self, answer: tuple[str, Sequence[Guest]]) -> None:
        text, found = answer
        if text == self.search.text() and self._chosen is None:
            self._people = tuple(found)
            self._show_list()

    @Slot(object)
    def _choose(self, number: int) -> None:
        self._chosen = self._people[number]
        self.search.setText(self._chosen.name)
        self._people = (self._chosen,)
        self._show_list()
        self.password.setFocus()

    @Slot(str)
    def _made(self, words: str) -> None:
        self._forget()
        self.result.setText(words)
        announce(self, words)

    def _forget(self) -> None:
        self._chosen, self._people = None, ()
        for line in (self.search, self.password, self.again):
            line.setText("")
        self.password_field.set_error("")
        self._show_list()

    def _show_list(self) -> None:
        """An empty list takes no room."""
        action = "" if self._chosen is not None else "Choose"
        self.list.set_rows(
            [Row(number, one.name, one.second, action=action) for number, one in enumerate(self._people)]
        )
        self.list.setFixedHeight(theme.current().px(_ROW) * min(_SHOWN, len(self._people)) + 2)
        self.list.setVisible(bool(self._people))
