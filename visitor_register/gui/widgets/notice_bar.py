"""The one place for messages: under the top bar, newest first, never a pop-up."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

DONE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Notice:
    """One message; `hint` is the key that presses its button.

    KNOWN goes by itself, CHECK can be closed, NOT_KNOWN stays until it is withdrawn.
    """

    key: str
    tone: Tone
    words: str
    action: str = ""
    hint: str = ""
    icon: str = ""


class NoticeBar(WrappingFrame):
    """Shows the newest of its messages. Signals:

    acted: The key of the message whose button was pressed. The message is gone by then.
    """

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, timer: QTimer | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self._notices: list[Notice] = []
        self._timer = timer or QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_is_up)
        self._mark = Mark(tone=Tone.KNOWN)
        self.words = PlainLabel(wrap=True)
        self.more = KeyButton(kind="ghost")
        self.action = KeyButton()
        self.close_button = KeyButton(icon="x", kind="ghost", name="Close this message")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        for button in (self.more, self.action, self.close_button):
            row.addWidget(button)
        self._key = QShortcut(self)
        self._key.setAutoRepeat(False)
        self._key.activated.connect(self.action.click)
        self.more.clicked.connect(self._list)
        self.action.clicked.connect(self._act)
        self.close_button.clicked.connect(self._close)
        self.hide()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All messages that are still up, the newest first."""
        return tuple(reversed(self._notices))

    def show_notice(self, notice: Notice) -> None:
        """Show a message in front of the others and read it out. One with the same key is replaced."""
        self._notices = [old for old in self._notices if old.key != notice.key and old.tone is not Tone.KNOWN]
        self._notices.append(notice)
        self._show()
        announce(self, notice.words, urgent=notice.tone in (Tone.NOT_KNOWN, Tone.STOP))

    def withdraw(self, key: str) -> None:
        """Take a message away: what it said is no longer so."""
        self._notices = [old for old in self._notices if old.key != key]
        self._show()

    def least_height(self) -> int:
        """One line and its button."""
        return theme.current().px(48)

    def _show(self) -> None:
        self._timer.stop()
        if not self._notices:
            self.hide()
            return
        top = self._notices[-1]
        theme.set_property(self, "verdict", top.tone.value)
        self._mark.show_tone(top.tone)
        self.words.setText(top.words)
        self.words.set_ink(top.tone.text)
        self.words.set_role("strong" if top.tone is Tone.NOT_KNOWN else "body")
        self.setAccessibleName(top.words)
        self.action.setText(top.action)
        self.action.set_icon(top.icon)
        self.action.set_key(top.hint)
        self.action.setVisible(bool(top.action))
        self._key.setKey(QKeySequence(top.hint if top.action else ""))
        others = len(self._notices) - 1
        self.more.setText(f"{others} more")
        self.more.set_ink(top.tone.text)
        self.close_button.set_icon("x", top.tone.text)
        self.more.setVisible(others > 0)
        self.close_button.setVisible(top.tone not in (Tone.NOT_KNOWN, Tone.STOP))
        self.show()
        self.keep_height()
        if top.tone is Tone.KNOWN:
            self._timer.start(DONE_SECONDS * 1000)

    @Slot()
    def _time_is_up(self) -> None:
        self._notices = [old for old in self._notices if old.tone is not Tone.KNOWN]
        self._show()

    @Slot()
    def _act(self) -> None:
        key = self._notices[-1].key
        self.withdraw(key)
        self.acted.emit(key)

    @Slot()
    def _close(self) -> None:
        if self._notices:
            self.withdraw(self._notices[-1].key)

    @Slot()
    def _list(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for notice in self.notices[1:]:
            entry = menu.addAction(notice.words.replace("&", "&&"))
            entry.setData(notice.key)
        menu.triggered.connect(self._bring_forward)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot("QAction*")
    def _bring_forward(self, entry: object) -> None:
        key = entry.data()  # type: ignore[attr-defined]
        chosen = [notice for notice in self._notices if notice.key == key]
        self._notices = [notice for notice in self._notices if notice.key != key] + chosen
        self._show()
