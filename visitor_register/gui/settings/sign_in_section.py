"""The section of one's own sign-in: another password, and the PIN that unlocks the running program."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from visitor_register.gui import metrics
from visitor_register.gui.settings.access_presenter import AccessPresenter
from visitor_register.gui.settings.boxes import secret
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

_WHAT_FOR = (
    "Six digits that unlock the program after a break, while it is running and once you gave your password. "
    "A PIN never opens the register by itself. After five wrong tries only the password helps."
)


class SignInSection(Section):
    """For everybody, and only ever about oneself."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "sign_in",
            "My sign-in",
            "Your password opens the register. Nobody can look it up; the DSL or the head can give you a new one.",
            save="Change my password",
        )
        self.access = AccessPresenter(presenter, self)
        self.who = PlainLabel(t="h2", elide=True)
        self.content.addWidget(self.who)
        self.add_row(self.field("old", "Password you use now", secret()), PlainLabel())
        self.again = secret()
        self.add_row(
            self.field("new", "New password, at least 8 characters", secret()),
            self.field("again", "New password again", self.again),
        )
        self.content.addWidget(PlainLabel("Three plain words make a good password.", t="cap"))
        self.pin_title = PlainLabel(t="h2")
        self.content.addWidget(self.pin_title)
        self.content.addWidget(PlainLabel(_WHAT_FOR, t="muted", wrap=True))
        self.add_row(
            self.field("pin", "PIN, six digits", secret(longest=6)),
            self.field("pin_again", "PIN again", secret(longest=6)),
        )
        self.pin_own = secret()
        self.add_row(self.field("pin_own", "Password you use now", self.pin_own), PlainLabel())
        self.set_pin = KeyButton("Set PIN", icon="lock")
        self.take_off = KeyButton("Take PIN off")
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.set_pin)
        row.addWidget(self.take_off)
        row.addStretch(1)
        self.content.addLayout(row)
        self.content.addStretch(1)
        self.set_pin.clicked.connect(self._set_pin)
        self.pin_own.returnPressed.connect(self.set_pin.click)
        self.again.returnPressed.connect(self.save_button.click)
        self.take_off.clicked.connect(self._take_off)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """Nothing of it is ever shown again."""
        return dict.fromkeys(self.controls, "")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say whose it is, and whether there is a PIN."""
        me = self.presenter.operator
        has_pin = self.presenter.register.keyring.has_pin(me.id)
        self.who.setText(f"Password of {me.name}")
        self.pin_title.setText("PIN: set" if has_pin else "PIN: none")
        self.set_pin.setText("Set another PIN" if has_pin else "Set PIN")
        self.take_off.setVisible(has_pin)
        super().show_snapshot(snapshot)

    @Slot()
    def save(self) -> None:
        """Set another password."""
        self.access.change_own_password(self.form())

    @Slot()
    def _set_pin(self) -> None:
        self.access.set_pin(self.form())

    @Slot()
    def _take_off(self) -> None:
        self.access.take_pin_off(self.form())

    def _took(self, section: str) -> None:
        if section == self.key:
            self.put_form(dict.fromkeys(self.controls, ""))
