"""The section of how staff and the DSL are told of an arrival, with a message to try the mail server."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain.policy import MailSecurity, TellBy, Telling
from visitor_register.errors import RegisterError
from visitor_register.files import mail_send
from visitor_register.files.mail_message import Message
from visitor_register.gui import metrics
from visitor_register.gui.file_reader import FileReader
from visitor_register.gui.settings import telling_form
from visitor_register.gui.settings.boxes import secret
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

_WAYS = [
    ("By telephone", TellBy.CALL.value),
    ("By telephone, and a message in this PC's mail program", TellBy.COMPOSE.value),
    ("By telephone, and a message that the program sends", TellBy.SEND.value),
]
_PROTECTIONS = [
    ("STARTTLS, usually port 587", MailSecurity.STARTTLS.value),
    ("TLS, usually port 465", MailSecurity.TLS.value),
    ("None, inside the school only", MailSecurity.NONE.value),
]
_TEST = "This is a test message of the visitor register. If you can read it, messages about arrivals will come."


class TellingSection(Section):
    """Nothing of the mail server is asked before somebody chooses that messages are sent."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "telling",
            "Told on arrival",
            "After each sign-in the desk sees whom to ring and what to say. A message can go to the same person as "
            "well. It says who, from where, when and where they wait; never why they came, and never a child.",
        )
        self.by = Chooser(_WAYS)
        self.content.addWidget(self.field("by", "How whoever they came to see is told", self.by))
        self.sending = QWidget()
        column = QVBoxLayout(self.sending)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.CARD_GAP)
        self.password = secret(longest=200)
        server = self.field("server", "Mail server", line_edit(longest=200))
        port = self.field("port", "Port", line_edit(longest=5))
        protection = self.field("security", "Protection", Chooser(_PROTECTIONS))
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        for widget, stretch in ((server, 5), (port, 2), (protection, 5)):
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.add_row(
            self.field("user", "User name, if the server asks", line_edit(longest=200)),
            self.field("password", "Password", self.password),
            into=column,
        )
        self.add_row(
            self.field("sender", "Messages come from", line_edit(longest=254)),
            self.field("dsl_address", "E-mail address of the DSL", line_edit(longest=254)),
            into=column,
        )
        self.test = KeyButton("Send a test message", icon="send")
        self.result = PlainLabel(t="muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.test)
        row.addWidget(self.result, 1)
        column.addLayout(row)
        column.addWidget(
            PlainLabel(
                "The DSL gets a message when the card says that they are to be told. Other addresses stand in "
                "Staff and places. The password stays on this PC, in the encrypted register, and is not shown again. "
                "A message that does not go never delays a sign-in.",
                t="cap",
                wrap=True,
            )
        )
        self.content.addWidget(self.sending)
        self.content.addStretch(1)
        self.mail = FileReader(self)
        self.by.currentIndexChanged.connect(self._show_sending)
        self.test.clicked.connect(self._test)
        self.mail.done.connect(self._went)
        self.mail.refused.connect(self._did_not_go)
        self.destroyed.connect(self.mail.cancel)
        self._show_sending()

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """As the register has it; of the password only whether there is one."""
        self.password.setPlaceholderText("Kept on this PC" if snapshot.mail_password else "")
        return telling_form.write(snapshot.policy.telling)

    @Slot()
    def save(self) -> None:
        """Save the setting, and the password apart from it."""
        self.presenter.save_telling(self.form())

    @Slot()
    def discard(self) -> None:
        """Nothing typed, nothing said of a test."""
        self.mail.cancel()
        self._say("")
        super().discard()

    @Slot()
    def _show_sending(self) -> None:
        self.sending.setVisible(self.by.value() == TellBy.SEND.value)

    @Slot()
    def _test(self) -> None:
        """Send with what stands in the form, saved or not."""
        said = self.presenter.read_telling(self.form())
        if said is None:
            return
        self._say(f"Sending to {said.sender} ...")
        self.test.setEnabled(False)
        typed = self.password.text()
        if typed or not said.user:
            self._send(said, typed)
        else:
            self.presenter.kept_password(partial(self._send, said))

    def _send(self, said: Telling, password: str) -> None:
        message = Message(said.sender, "Test message", _TEST)
        self.mail.run(partial(_send, mail_send.Account.of(said, password), message))

    @Slot(object)
    def _went(self, address: str) -> None:
        self._say(f"The mail server took it. Look whether it comes to {address}.")

    @Slot(object)
    def _did_not_go(self, error: RegisterError) -> None:
        self._say(f"{error} No message was sent.")

    def _say(self, words: str) -> None:
        self.test.setEnabled(True)
        self.result.setText(words)
        if words:
            announce(self, words)


def _send(account: mail_send.Account, message: Message) -> str:
    mail_send.send(account, message)
    return message.to
