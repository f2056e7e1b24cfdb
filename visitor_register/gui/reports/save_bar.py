"""How a copy of the report is saved: for the school or for sharing, and with a password on a PDF."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from visitor_register.files.pdf_password import SHORTEST
from visitor_register.gui import metrics
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton

UNDER = (3, 5, 10)


class SaveBar(Card):
    """Opens under the heading. Enter saves, Esc closes it.

    Signals:
        wanted: Choose a place and save.
        under_chosen: The number below which a copy for sharing hides numbers.
        closed: It is not wanted any more.
    """

    wanted = Signal()
    under_chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.ending = ".pdf"
        self.sharing = QCheckBox("For sharing: small numbers are hidden")
        self.under = Chooser([(f"under {number}", number) for number in UNDER], name="Hidden numbers")
        self.password = line_edit(longest=100)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_field = Field("Password for the PDF, if it needs one", self.password)
        self.save = KeyButton("Save PDF", icon="download", kind="primary")
        self.close_button = KeyButton("Close", key="Esc")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(metrics.CARD_GAP)
            self.body.addLayout(row)
        first.addWidget(self.sharing)
        first.addWidget(self.under)
        first.addStretch(1)
        second.addWidget(self.password_field, 2)
        second.addStretch(1)
        second.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        second.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.setAccessibleName("Save a copy")
        self.under.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.under.setMinimumContentsLength(12)
        self.sharing.toggled.connect(self.under.setVisible)
        self.under.chosen.connect(self.under_chosen)
        self.save.clicked.connect(self._save)
        self.password.returnPressed.connect(self._save)
        self.close_button.clicked.connect(self.closed)

    def open_for(self, ending: str, *, sharing: bool, under: int) -> None:
        """Ask how a copy with this ending of its name is to be."""
        self.ending = ending
        self.sharing.setChecked(sharing)
        self.under.setVisible(sharing)
        self.set_under(under)
        self.password.clear()
        self.password_field.set_error("")
        self.password_field.setVisible(ending == ".pdf")
        self.save.setText("Save PDF" if ending == ".pdf" else "Save spreadsheet")
        self.show()
        self.save.setFocus()

    def set_under(self, under: int) -> None:
        """Show the number in force."""
        if under not in UNDER and self.under.count() == len(UNDER):
            self.under.add_option(f"under {under}", under)
        self.under.set_value(under)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _save(self) -> None:
        password = self.password.text()
        if password and len(password) < SHORTEST:
            self.password_field.set_error(f"Use at least {SHORTEST} letters: three plain words are easy to say.")
            return
        self.password_field.set_error("")
        self.wanted.emit()
