"""The section of keys: who holds which, a new recovery code, and a change of the keys themselves."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Slot

from visitor_register.domain.backup_words import listed
from visitor_register.domain.people import SEES_CHILDREN
from visitor_register.errors import RegisterError
from visitor_register.gui.prints import recovery_paper
from visitor_register.gui.prints.recovery_paper import Paper, SystemPaper
from visitor_register.gui.settings.access_presenter import AccessPresenter
from visitor_register.gui.settings.boxes import button_row, secret, sunken
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_CODE = (
    "It opens the register when all passwords are forgotten, and lies in the school safe. Make a new one when the "
    "paper was lost or seen by others. The old one counts until the new one was typed back."
)
_CHANGE = (
    "Both files are written anew under new keys. Do it when somebody left who may have a copy of the files, or a "
    "laptop or backup was lost. Everybody's password and the recovery code stay. It takes a few seconds."
)
_UNFINISHED = "A change of keys was interrupted. Both files open as before; finish it now."


class KeysSection(Section):
    """For DSL and head.

    Attributes:
        paper: Prints and saves the recovery code; tests give their own.
    """

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "keys",
            "Keys",
            "The register's files are encrypted. A password or the recovery code opens what its owner may see.",
        )
        self.access = AccessPresenter(presenter, self)
        self.paper: Paper = SystemPaper()
        self._school = ""
        for widget in (self.save_button, self.unsaved):
            widget.hide()
        self.holders = PlainLabel(wrap=True)
        self.note = Note(Tone.CHECK, "")
        self.content.addWidget(self.holders)
        self.content.addWidget(self.note)
        self._build_code()
        self._build_change()
        self.content.addStretch(1)
        self.access.code_kept.connect(self._leave_code)
        self.access.progress.connect(self._show_progress)
        self.access.keys_changed.connect(self._say_changed)

    def _build_code(self) -> None:
        self.content.addWidget(PlainLabel("Recovery code", t="h2"))
        self.content.addWidget(PlainLabel(_CODE, t="muted", wrap=True))
        self.make = KeyButton("Make a new code", icon="key-round")
        self.content.addLayout(button_row(self.make))
        self.box, column = sunken()
        self.code = PlainLabel(t="verdict", wrap=True)
        self.kept = PlainLabel("Print it, save it on a stick, or write it down. It is shown only now.", wrap=True)
        self.print = KeyButton("Print it", icon="printer")
        self.save_file = KeyButton("Save it to a file", icon="download")
        self.use = KeyButton("Use this code", icon="check")
        self.leave = KeyButton("Keep the old one")
        column.addWidget(self.code)
        column.addWidget(self.kept)
        column.addLayout(button_row(self.print, self.save_file))
        self.code_own = secret()
        self.add_row(
            self.field("back", "Type it back from your paper"),
            self.field("code_own", "Your own password", self.code_own),
            into=column,
        )
        column.addLayout(button_row(self.use, self.leave))
        self.content.addWidget(self.box)
        self.box.hide()
        press: tuple[tuple[KeyButton, Callable[[], None]], ...] = (
            (self.make, self._make_code),
            (self.print, self._print),
            (self.save_file, self._save_file),
            (self.use, self._use_code),
            (self.leave, self._leave_code),
        )
        for button, pressed in press:
            button.clicked.connect(pressed)
        self.code_own.returnPressed.connect(self.use.click)

    def _build_change(self) -> None:
        self.content.addWidget(PlainLabel("Change the keys", t="h2"))
        self.content.addWidget(PlainLabel(_CHANGE, t="muted", wrap=True))
        self.own = secret()
        self.add_row(self.field("own", "Your own password", self.own), PlainLabel())
        self.change_keys = KeyButton("Change the keys", icon="key-round", kind="primary")
        self.progress = PlainLabel(wrap=True)
        self.content.addLayout(button_row(self.change_keys))
        self.content.addWidget(self.progress)
        self.change_keys.clicked.connect(self._change)
        self.own.returnPressed.connect(self.change_keys.click)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """Nothing of it is ever shown again."""
        return dict.fromkeys(self.controls, "")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say who holds what, and what has to be done before the keys can be changed."""
        register = self.presenter.register
        self._school = snapshot.policy.school.name
        everybody = [one.name for one in snapshot.people if one.may_sign_in]
        leads = [one.name for one in snapshot.people if one.may_sign_in and one.role in SEES_CHILDREN]
        self.holders.setText(
            f"The desk's file, with visitors, bookings and the chart: {listed(everybody)}.\n"
            f"The DSL's file and notes for the DSL, with references of children: {listed(leads)}.\n"
            "Both, without a password: whoever has the recovery code."
        )
        keys = register.keys
        older = register.keyring.not_made_here(keys) if keys is not None and keys.seal is not None else []
        self._show_note(_UNFINISHED if register.keyring.changing else _older(older))
        self.change_keys.setText("Finish the change" if register.keyring.changing else "Change the keys")
        super().show_snapshot(snapshot)

    def focus_first(self) -> None:
        """The first thing to press."""
        self.make.setFocus()

    def focus_change(self) -> None:
        """Who came here to change the keys types their password, and does not make a new code instead."""
        self.own.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(self.change_keys)

    @Slot()
    def discard(self) -> None:
        """Somebody else is at the desk: no code stays on the screen."""
        self._forget_code()
        self.progress.setText("")
        super().discard()

    @Slot()
    def _make_code(self) -> None:
        self.code.setText(self.access.make_code())
        self.box.show()
        self.make.hide()
        self.print.setFocus()
        self.area.ensureWidgetVisible(self.box)

    @Slot()
    def _print(self) -> None:
        if self.paper.print_text(self, recovery_paper.words(self._school, self.code.text())):
            self.kept.setText("Sent to the printer. See that it can be read before you go on.")

    @Slot()
    def _save_file(self) -> None:
        path = self.paper.ask_file(self)
        if path is None:
            return
        try:
            words = recovery_paper.words(self._school, self.code.text())
            recovery_paper.save(path, words, register=self.presenter.register.folder)
        except RegisterError as error:
            self.kept.setText(str(error))
        else:
            self.kept.setText(f"Saved as {path.name}.")

    @Slot()
    def _use_code(self) -> None:
        self.access.keep_code(self.code.text(), self.form())

    @Slot()
    def _leave_code(self) -> None:
        self._forget_code()
        self.put_form(dict.fromkeys(self.controls, ""))

    def _forget_code(self) -> None:
        self.code.setText("")
        self.kept.setText("Print it, save it on a stick, or write it down. It is shown only now.")
        self.box.hide()
        self.make.show()

    @Slot()
    def _change(self) -> None:
        self.access.change_keys(self.form())

    @Slot(str)
    def _show_progress(self, words: str) -> None:
        self.progress.setText(words)
        self.change_keys.setDisabled(bool(words))

    @Slot()
    def _say_changed(self) -> None:
        words = "Done. Both files have new keys, which were read back."
        self.progress.setText(words)
        announce(self, words)

    def _took(self, section: str) -> None:
        if section == self.key:
            self.put_form(dict.fromkeys(self.controls, ""))

    def _show_note(self, words: str) -> None:
        self.note.show_note(Tone.CHECK, words)
        self.note.setVisible(bool(words))


def _older(names: list[str]) -> str:
    if not names:
        return ""
    return (
        f"Before the keys can be changed, {listed(names)} must be made new: a new password under People, your own "
        "under My sign-in, a new recovery code here. An older program made them."
    )
