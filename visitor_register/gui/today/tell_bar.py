"""Whom to ring now, under the search field: it takes no focus, and the next scan goes on as ever."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.today.scene import Scene, Work
from visitor_register.gui.today.tell_presenter import Shown, TellPresenter
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel

_WHERE_THERE_IS_ROOM = frozenset({Work.IDLE, Work.SEARCH})
_SHORT = 20
"""Letters of a name that fit on the button."""
_WORDS = 280
"""Pixels below which the words would be a column of single words."""


class TellBar(WrappingFrame):
    """The call script of the newest arrival, with the keys that say how the call went."""

    def __init__(self, presenter: TellPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._shown: Shown | None = None
        self._work, self._layout_class = Work.IDLE, LayoutClass.NORMAL
        self.ring = PlainLabel(t="strong", wrap=True)
        self.words = PlainLabel(wrap=True)
        self.state = PlainLabel(t="muted", wrap=True)
        self.told = KeyButton("Told", icon="check", key="F11", shortcut=True)
        self.no_answer = KeyButton("No answer", icon="phone", key="Ctrl+F11", shortcut=True)
        self.write = KeyButton("Write", icon="mail")
        self.away = KeyButton(icon="x", kind="ghost", name="Put this call away")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.ring)
        words.addWidget(self.words)
        words.addWidget(self.state)
        said = QHBoxLayout()
        said.setSpacing(10)
        said.addWidget(Mark("phone-call", size=24, ink="accent"))
        said.addLayout(words, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        self._buttons.addStretch(1)
        for button in (self.write, self.told, self.no_answer, self.away):
            # The mouse takes the focus from nobody: the next key belongs to the next visitor.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 6, 8, 6)
        self._row.setSpacing(8)
        self._row.addLayout(said, 1)
        self._row.addLayout(self._buttons)
        self.told.clicked.connect(presenter.told)
        self.no_answer.clicked.connect(presenter.no_answer)
        self.write.clicked.connect(presenter.write)
        self.away.clicked.connect(presenter.put_away)
        presenter.shown.connect(self.show_script)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under the words where both would be squeezed."""
        self._turn()
        super().resizeEvent(event)

    @Slot(object)
    def show_script(self, shown: Shown | None) -> None:
        """Show whom to ring and what to say; None when everybody was told."""
        new = shown is not None and (self._shown is None or shown.waiting.script != self._shown.waiting.script)
        self._shown = shown
        if shown is not None:
            script = shown.waiting.script
            self.words.setText(f"“{script.words}.”")
            more = (
                "" if not shown.more else f"Then {'one more call' if shown.more == 1 else f'{shown.more} more calls'}."
            )
            self.state.setText(" ".join(filter(None, (shown.waiting.state, more))))
            self.write.setText(f"Write to {shown.write}" if len(shown.write) <= _SHORT else "Write")
            self.write.setVisible(bool(shown.write))
            self.setAccessibleName(f"{script.ring}: {self.words.text()}")
        self._place()
        if new:
            announce(self, self.accessibleName())

    @Slot(object)
    def follow(self, scene: Scene) -> None:
        """Make room for whoever stands at the desk now."""
        self._work = scene.work
        self._place()

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """On a small screen the script waits until the next visitor is dealt with."""
        self._layout_class = layout_class
        self._place()

    def _turn(self) -> None:
        room = self.width() - self._buttons.sizeHint().width()
        narrow = room < theme.current().px(_WORDS)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def _place(self) -> None:
        """While somebody is signed in it is one line; where there is no room for that it comes back afterwards."""
        free = self._work in _WHERE_THERE_IS_ROOM
        if self._shown is not None:
            script = self._shown.waiting.script
            # Beside the card of somebody else it has to be said who this is about.
            self.ring.setText(f"{script.ring}:" if free else f"{script.ring}, for {script.visitor}")
        self.words.setVisible(free)
        self.state.setVisible(free and bool(self.state.text()))
        self.setVisible(self._shown is not None and (free or self._layout_class is not LayoutClass.COMPACT))
        if not self.isHidden():
            self._turn()
            self.keep_height()
