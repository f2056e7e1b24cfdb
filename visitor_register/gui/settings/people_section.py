"""The section of people: who may sign in, and a form that lets somebody else."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit

from visitor_register.domain.people import Role
from visitor_register.gui.settings.list_section import ListSection, Question
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.rows import Row

ROLE_WORDS: dict[Role, tuple[str, str]] = {
    Role.RECEPTION: ("Reception", "signs visitors in and out; never which child, never why"),
    Role.OFFICE: ("Office", "also bookings and chart import"),
    Role.DSL: ("DSL or deputy", "also child references, purposes and contacts"),
    Role.HEAD: ("Head", "everything"),
    Role.AUDITOR: ("Auditor", "reads only, no child references"),
}


class PeopleSection(ListSection):
    """Who may sign in."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "people",
            "People",
            "Everybody signs in with a name and password of their own: it stands beside what they enter.",
            save="Add person",
            form_title="Add a person",
            empty="Nobody yet",
            question=Question("", ""),
        )
        roles = [(words, role.value) for role, (words, _) in ROLE_WORDS.items()]
        self.add_row(self.field("name", "Name", line_edit(longest=80)), self.field("role", "Role", Chooser(roles)))
        self._secret = [line_edit(longest=256) for _ in range(3)]
        self.add_row(
            self.field("password", "Their password", self._secret[0]),
            self.field("again", "Their password again", self._secret[1]),
        )
        self.content.addWidget(self.field("own", "Your own password", self._secret[2]))
        self.show_typed = QCheckBox("Show what is typed")
        self.show_typed.toggled.connect(self._show)
        self.content.addWidget(self.show_typed)
        self.content.addStretch(1)
        self._show(False)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """An empty form."""
        return self.blank()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show everybody."""
        self.list.set_rows(
            [Row(person.id, person.name, ": ".join(ROLE_WORDS[person.role])) for person in snapshot.people]
        )
        self.fit_list()
        super().show_snapshot(snapshot)

    @Slot()
    def save(self) -> None:
        """Add somebody."""
        self.presenter.add_person(self.form())

    @Slot(object)
    def act(self, key: Any) -> None:
        """Rows are only to be read; taking somebody off the list is not built yet."""

    @Slot()
    def clear_form(self) -> None:
        """No password stays on the screen."""
        self.show_typed.setChecked(False)
        super().clear_form()

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        for line in self._secret:
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
