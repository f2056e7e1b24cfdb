"""The section of people: who may sign in, a form that lets somebody else or changes them, and taking them off."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from visitor_register.domain.people import Role
from visitor_register.gui import metrics
from visitor_register.gui.settings.access_presenter import AccessPresenter
from visitor_register.gui.settings.boxes import secret, sunken
from visitor_register.gui.settings.list_section import ListSection, Question
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.members import Member

ROLE_WORDS: dict[Role, tuple[str, str]] = {
    Role.RECEPTION: ("Reception", "signs visitors in and out; never which child, never why"),
    Role.OFFICE: ("Office", "also bookings and chart import"),
    Role.DSL: ("DSL or deputy", "also child references, purposes and contacts"),
    Role.HEAD: ("Head", "everything"),
    Role.AUDITOR: ("Auditor", "reads only, no child references"),
}
_INTERRUPTED = "Cannot sign in: the last change was interrupted. Make it again."


class RemoveQuestion(Question):
    """Asks for a reason and for one's own password; it stays until the removal is saved."""

    def __init__(self) -> None:
        super().__init__("Remove", "Keep", reason="Why, for instance: left the school")
        self.own = secret()
        self.own_field = Field("Your own password", self.own)
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        for field in (self.field, self.own_field):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.layout().insertLayout(1, row)  # type: ignore[union-attr]
        self.own.returnPressed.connect(self.yes.click)

    def ask(self, words: str) -> None:
        """Ask, with nothing typed yet."""
        self.forget()
        super().ask(words)

    def forget(self) -> None:
        """No password stays."""
        self.own.setText("")
        self.own_field.set_error("")

    @Slot()
    def _agree(self) -> None:
        self.agreed.emit(self.reason.text())


class PeopleSection(ListSection):
    """Who may sign in.

    Signals:
        keys_wanted: Somebody was removed, and the keys are to be changed now.
    """

    keys_wanted = Signal()

    def __init__(self, presenter: SettingsPresenter) -> None:
        self.remove_question = RemoveQuestion()
        super().__init__(
            presenter,
            "people",
            "People",
            "Everybody signs in with a name and password of their own: it stands beside what they enter.",
            save="Add person",
            form_title="Add a person",
            empty="Nobody yet",
            question=self.remove_question,
        )
        self.access = AccessPresenter(presenter, self)
        self._members: dict[Any, Member] = {}
        self._asked: Member | None = None
        self._build_after()
        roles = [(words, role.value) for role, (words, _) in ROLE_WORDS.items()]
        self.name = line_edit(longest=80)
        self.add_row(self.field("name", "Name", self.name), self.field("role", "Role", Chooser(roles)))
        self._secret = [secret() for _ in range(3)]
        self.add_row(
            self.field("password", "Their new password", self._secret[0]),
            self.field("again", "Their new password again", self._secret[1]),
        )
        self.add_row(self.field("own", "Your own password", self._secret[2]), PlainLabel())
        self.fields["remove_own"] = self.remove_question.own_field
        self.show_typed = QCheckBox("Show what is typed")
        self.show_typed.toggled.connect(self._show)
        self.content.addWidget(self.show_typed)
        self.content.addStretch(1)
        self.remove = KeyButton("Remove", kind="danger")
        self.remove.hide()
        self.foot.addWidget(self.remove)
        self.remove.clicked.connect(self._ask_for_changed)
        self.remove_question.agreed.connect(self._remove)
        self.access.removed.connect(self._offer_keys)
        self._show(False)

    def _build_after(self) -> None:
        """What is offered after a removal stands where it was asked."""
        self.after, box = sunken()
        self.after_words = PlainLabel(wrap=True)
        self.change_keys = KeyButton("Change the keys now", icon="key-round")
        self.later = KeyButton("Not now")
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        for button in (self.change_keys, self.later):
            row.addWidget(button)
        row.addStretch(1)
        box.addWidget(self.after_words)
        box.addLayout(row)
        self.content.insertWidget(self.content.indexOf(self.form_title), self.after)
        self.after.hide()
        self.change_keys.clicked.connect(self._go_to_keys)
        self.later.clicked.connect(self.after.hide)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """An empty form."""
        return self.blank()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show everybody."""
        self._members = {one.id: one for one in snapshot.people}
        me = self.presenter.operator.id
        self.list.set_rows([_row(one, you=one.id == me) for one in snapshot.people])
        self.fit_list()
        super().show_snapshot(snapshot)

    @Slot()
    def save(self) -> None:
        """Add somebody, or change whose row was chosen."""
        if self.change is None:
            self.access.add(self.form())
        else:
            self.access.change(self._members[self.change], self.form())

    @Slot(object)
    def act(self, key: Any) -> None:
        """Put somebody into the form; oneself is only ever removed here."""
        member = self._members[key]
        self.after.hide()
        self.question.hide()
        self.clear_form()
        if key == self.presenter.operator.id:
            self._ask(member)
            return
        self.begin_change(key, f"Another role or a new password for {member.name}", "Save")
        self.name.setReadOnly(True)
        self.remove.show()
        for name, text in {"name": member.name, "role": member.role.value}.items():
            put(self.controls[name], text)
        self.settle()
        self.discard_button.show()
        self.area.ensureWidgetVisible(self.fields["own"])
        self.controls["role"].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def clear_form(self) -> None:
        """No password stays on the screen."""
        self.show_typed.setChecked(False)
        self.name.setReadOnly(False)
        self.remove.hide()
        self.remove_question.forget()
        super().clear_form()

    @Slot()
    def discard(self) -> None:
        """Nothing asked, nothing typed."""
        self.after.hide()
        super().discard()

    @Slot()
    def _ask_for_changed(self) -> None:
        self._ask(self._members[self.change])

    def _ask(self, member: Member) -> None:
        self._asked = member
        self.question.ask(f"Remove {member.name}? Their password opens this register no more.")
        self.area.ensureWidgetVisible(self.question)

    @Slot(str)
    def _remove(self, reason: str) -> None:
        if self._asked is not None:
            self.access.remove(self._asked, reason, self.remove_question.own.text())

    @Slot(str)
    def _offer_keys(self, name: str) -> None:
        self.question.hide()
        words = (
            f"{name} is off the list. If they may have a copy of the register's files, change the keys too: an old key "
            "then opens nothing that is written from now on."
        )
        self.after_words.setText(words)
        self.after.show()
        self.change_keys.setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, words)

    @Slot()
    def _go_to_keys(self) -> None:
        self.after.hide()
        self.keys_wanted.emit()

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        for line in self._secret:
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


def _row(member: Member, *, you: bool) -> Row:
    words = ": ".join(ROLE_WORDS[member.role])
    if not member.may_sign_in:
        words = _INTERRUPTED
    elif member.older:
        words = "An older program made this sign-in. Give a new password."
    return Row(
        member.id,
        member.name,
        words,
        pill=PillSpec("You", Tone.HERE) if you else None,
        action="Remove" if you else "Change",
    )
