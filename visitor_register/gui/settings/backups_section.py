"""The section of the backups: how they stand, the list, a second place, the termly try, and going back to one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from visitor_register.domain import backup_words, calendar
from visitor_register.gui import theme
from visitor_register.gui.settings.backups_presenter import BackupsPresenter
from visitor_register.gui.settings.backups_restore import RestoreBox
from visitor_register.gui.settings.boxes import button_row, secret
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone
from visitor_register.persistence.second_place import State
from visitor_register.services.restoring import Found

_ROW, _SHOWN = 56, 4
_RESTORE = (
    "The register goes back to the moment of a backup. What was written since has to be added again from paper; the "
    "register of now is put aside for a month. Press Restore beside a backup. With the recovery code the same can be "
    "done without signing in: on the page where everybody signs in."
)
_TRY = (
    "Once a term: the newest backup is restored into a folder of its own, every line in it proved, and all of it "
    "thrown away. The desk can be used meanwhile."
)


def ask_folder(parent: QWidget) -> str:
    """Let somebody choose where the copies are to lie."""
    return file_dialogs.folder(parent, "Where are the copies of the backups to lie?")


class BackupsSection(Section):
    """DSL and head do everything here; office and auditor see how it stands.

    Attributes:
        ask: Asks for a folder; tests give their own.
    """

    def __init__(self, presenter: SettingsPresenter, backups: BackupsPresenter) -> None:
        super().__init__(
            presenter,
            "backups",
            "Backups",
            "Made every 15 minutes if anything is new, and when the program ends. Each is opened and proved before "
            "it counts.",
            save="Back up now",
        )
        self.backups = backups
        backups.setParent(self)
        self.ask: Callable[[QWidget], str] = ask_folder
        self._found: list[Found] = []
        self.state = Note(Tone.KNOWN, "")
        self.list = ListPanel("Backups", row_height=_ROW)
        self.content.addWidget(self.state)
        self.content.addWidget(self.list)
        self.box = RestoreBox()
        self.box.hide()
        self.content.addWidget(self.box)
        self._build_second()
        self._build_try()
        self._restore_words = [PlainLabel("Go back to a backup", t="h2"), PlainLabel(_RESTORE, t="muted", wrap=True)]
        for label in self._restore_words:
            self.content.addWidget(label)
        self.content.addStretch(1)
        self.list.activated_row.connect(self._think_of_restoring)
        self.box.agreed.connect(backups.restore)
        self.box.left.connect(self._leave)
        backups.changed.connect(self.show_state)
        backups.progressed.connect(self._show_progress)
        backups.made.connect(self._say_made)
        backups.tried.connect(self._say_tried)
        backups.lost.connect(self.box.say_lost)
        backups.refused.connect(self._refuse_one)
        self.show_state()

    def _build_second(self) -> None:
        self.content.addWidget(PlainLabel("Second place", t="h2"))
        self.second = PlainLabel(wrap=True)
        self.folder = PlainLabel(t="muted", elide=True)
        self.folder_trouble = Note(Tone.CHECK, "")
        self.choose = KeyButton("Choose a folder", name="Choose a folder for the second place", icon="search")
        self.no_second = KeyButton("No second place")
        for widget in (self.second, self.folder, self.folder_trouble):
            self.content.addWidget(widget)
        self.content.addLayout(button_row(self.choose, self.no_second))
        self.folder_trouble.hide()
        self.choose.clicked.connect(self._ask_folder)
        self.no_second.clicked.connect(self._drop_second)

    def _build_try(self) -> None:
        self.drilled = PlainLabel(wrap=True)
        self.drill_own = secret()
        self.drill_field = Field("Your own password", self.drill_own)
        self.drill = KeyButton("Try the newest backup", icon="list-checks")
        self.result = Note(Tone.KNOWN, "")
        self.result.hide()
        self._try_words = PlainLabel(_TRY, t="muted", wrap=True)
        for widget in (PlainLabel("Try a backup", t="h2"), self._try_words, self.drilled, self.drill_field):
            self.content.addWidget(widget)
        self.content.addLayout(button_row(self.drill))
        self.content.addWidget(self.result)
        self.drill.clicked.connect(self._drill)
        self.drill_own.returnPressed.connect(self._drill)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """Nothing of it is typed; that a backup was tried stands in the register."""
        self.backups.look_again()
        return {}

    def focus_first(self) -> None:
        """The list, or what makes the first one."""
        (self.list if self._found else self.save_button).setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again whenever it is seen."""
        super().showEvent(event)
        self.backups.load()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_restore_words"):
            self._fit_list()

    @Slot()
    def save(self) -> None:
        """Make one now."""
        self.backups.make_now()

    @Slot()
    def discard(self) -> None:
        """Somebody else is at the desk: no password stays, and nobody thinks of restoring."""
        self._leave()
        self.drill_own.clear()
        self.drill_field.set_error("")
        self.result.hide()
        super().discard()
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Show how everything stands, to this role."""
        leads, busy = self.backups.leads(), self.backups.busy()
        self._found = self.backups.found()
        self._show_newest()
        self.list.set_rows(_rows(self._found, leads=leads))
        self._fit_list()
        second = self.backups.second()
        self.second.setText(_second_words(second))
        self.folder.setText(second.folder)
        self.folder.setVisible(bool(second.folder))
        self.no_second.setVisible(leads and bool(second.folder))
        at, sound = self.backups.drill_held()
        self.drilled.setText(_drill_words(at, sound=sound))
        for widget in (self.choose, self._try_words, self.drill_field, self.drill, *self._restore_words):
            widget.setVisible(leads)
        for button in (self.save_button, self.drill, self.box.restore):
            button.setDisabled(busy)
        if not busy:
            self.unsaved.setText("")

    def _show_newest(self) -> None:
        trouble = self.backups.trouble()
        if trouble:
            self.state.show_note(Tone.NOT_KNOWN, trouble, "The ones that are listed can still be relied on.")
        elif not self._found:
            self.state.show_note(Tone.CHECK, "There is no backup yet.", "Make one now; it takes a few seconds.")
        else:
            newest = self._found[0].backup
            when = calendar.relative(newest.made_at, self.backups.now())
            self.state.show_note(Tone.KNOWN, f"The newest backup is of {backup_words.moment(newest.made_at)}, {when}.")

    def _fit_list(self) -> None:
        """An empty list takes no room."""
        self.list.setFixedHeight(theme.current().px(_ROW) * min(_SHOWN, len(self._found)) + 2)
        self.list.setVisible(bool(self._found))

    @Slot(str)
    def _show_progress(self, words: str) -> None:
        if self.backups.busy():
            self.unsaved.setText(f"{words}.")

    @Slot(str)
    def _say_made(self, words: str) -> None:
        self.presenter.desk.tell(words)
        announce(self, words)

    @Slot()
    def _ask_folder(self) -> None:
        if folder := self.ask(self):
            self.backups.choose_folder(folder)

    @Slot()
    def _drop_second(self) -> None:
        self.backups.choose_folder("")

    @Slot()
    def _drill(self) -> None:
        self.result.hide()
        self.backups.drill(self.drill_own.text())

    @Slot(str, str, bool)
    def _say_tried(self, words: str, proof: str, sound: bool) -> None:
        self.drill_own.clear()
        more = f"Its words, to compare with a sheet printed then: {proof}" if proof else ""
        self.result.show_note(Tone.KNOWN if sound else Tone.NOT_KNOWN, words, more)
        self.result.show()
        self.area.ensureWidgetVisible(self.result)
        announce(self, words, urgent=not sound)

    @Slot(object)
    def _think_of_restoring(self, number: int) -> None:
        if not self.backups.leads():
            return
        found = self._found[number]
        self.box.ask(backup_words.moment(found.backup.made_at))
        self.backups.choose(found)
        self.area.ensureWidgetVisible(self.box)

    @Slot()
    def _leave(self) -> None:
        self.backups.forget()
        self.box.forget()

    @Slot(str, str)
    def _refuse_one(self, name: str, sentence: str) -> None:
        if name == "folder":
            self.folder_trouble.show_note(Tone.CHECK, sentence)
            self.folder_trouble.setVisible(bool(sentence))
            self.area.ensureWidgetVisible(self.choose)
        else:
            field = self.drill_field if name == "drill" else self.box.field
            field.set_error(sentence)
            if sentence:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                self.area.ensureWidgetVisible(field)
        if sentence:
            announce(self, sentence, urgent=True)


def _rows(found: Sequence[Found], *, leads: bool) -> list[Row]:
    return [_backup_row(number, one, leads=leads) for number, one in enumerate(found)]


def _backup_row(number: int, found: Found, *, leads: bool) -> Row:
    one = found.backup
    older = backup_words.dsl_part(one.made_at, one.dsl_made_at, is_older=one.manifest.dsl_is_older)
    second = " · ".join(part for part in (found.where.value, backup_words.size(one.size), older) if part)
    action = "Restore" if leads else ""
    return Row(number, backup_words.moment(one.made_at), second, note="checked", action=action)


def _second_words(second: State) -> str:
    if not second.folder:
        return (
            "None is chosen. If this PC breaks or is stolen, the backups on it are gone with it: choose another disk."
        )
    if second.trouble:
        return second.trouble
    if second.newest is None:
        return "No backup lies there yet. The next one is copied."
    return f"The newest copy there is of {backup_words.moment(second.newest)}. Each was read back after it was copied."


def _drill_words(at: datetime | None, *, sound: bool) -> str:
    if at is None:
        return "No backup was ever tried."
    return (
        f"Last tried on {backup_words.moment(at)}: {'it could be relied on' if sound else 'it could not be relied on'}."
    )
