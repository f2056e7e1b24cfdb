"""The result card: who stands at the desk, what the register says about it, and the one thing Enter does."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.key_button import KeyButton, Kind
from visitor_register.gui.widgets.marks import IconLine, Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_LONG_NAME = 26
_URGENT = (Tone.NOT_KNOWN, Tone.STOP)


@dataclass(frozen=True, slots=True)
class CardAction:
    """One button: what it is called in the code, what it says, the key that is shown, and its looks."""

    key: str
    words: str
    hint: str = ""
    icon: str = ""
    kind: Kind = "secondary"


@dataclass(frozen=True, slots=True)
class CardFact:
    """One small fact at the foot, with its icon."""

    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class CardContent:
    """Everything the card says. `verdict` and `fact` stand in the strip, `right` at its end."""

    tone: Tone
    verdict: str
    fact: str
    name: str
    lines: tuple[str, ...] = ()
    facts: tuple[CardFact, ...] = ()
    main: CardAction | None = None
    quiet: tuple[CardAction, ...] = ()
    right: str = ""


class ResultCard(WrappingFrame):
    """Shows one finding until the next. Signals:

    acted: The key of the action that was chosen.
    """

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "result")
        self.content: CardContent | None = None
        self._layout_class = LayoutClass.NORMAL
        self._buttons: dict[KeyButton, str] = {}
        self._strip = QFrame()
        self._strip.setProperty("role", "strip")
        self._mark = Mark(size=36, tone=Tone.KNOWN, on_band=True)
        self.verdict, self.fact = PlainLabel(t="verdict"), PlainLabel(t="verdict2", elide=True)
        self.right = PlainLabel(elide=True)
        self.right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(16, 0, 16, 0)
        strip.setSpacing(14)
        strip.addWidget(self._mark)
        strip.addWidget(self.verdict)
        strip.addWidget(self.fact, 1)
        strip.addWidget(self.right)
        self.name = PlainLabel(t="name", wrap=True)
        self._lines, self._side = QVBoxLayout(), QVBoxLayout()
        self._parts: list[QWidget] = []
        body = QHBoxLayout()
        body.setContentsMargins(20, 8, 16, 10)
        body.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.name)
        left.addSpacing(2)
        left.addLayout(self._lines)
        left.addStretch(1)
        self._lines.setSpacing(2)
        body.addLayout(left, 1)
        self._side_box = QWidget()
        self._side_box.setLayout(self._side)
        self._side.setContentsMargins(0, 4, 0, 0)
        self._side.setSpacing(12)
        body.addWidget(self._side_box, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addLayout(body)
        self.main: KeyButton | None = None

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Take less room on a small screen."""
        if layout_class is not self._layout_class:
            self._layout_class = layout_class
            if self.content is not None:
                self._show(self.content)

    def show_card(self, content: CardContent, *, read_out: bool = True) -> None:
        """Show a finding and read its verdict out."""
        self._show(content)
        if read_out:
            words = " ".join(part for part in (f"{content.verdict}.", content.fact, content.name) if part)
            announce(self, words, urgent=content.tone in _URGENT)

    def button(self, key: str) -> KeyButton | None:
        """The button of an action, if it is shown."""
        return next((button for button, name in self._buttons.items() if name == key), None)

    def buttons(self) -> tuple[KeyButton, ...]:
        """The buttons that are shown, the main one first."""
        return tuple(self._buttons)

    def focus_main(self) -> None:
        """Give the main button the keyboard, so that Enter does what it says."""
        if self.main is not None:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _show(self, content: CardContent) -> None:
        had_focus = self.main is not None and self.main.hasFocus()
        self.content = content
        self._clear()
        tone, compact = content.tone, self._layout_class is LayoutClass.COMPACT
        for widget in (self, self._strip):
            theme.set_property(widget, "verdict", tone.value)
        ink = tone.on if tone is Tone.STOP else tone.text
        self._mark.show_tone(tone)
        for label, words in ((self.verdict, content.verdict), (self.fact, content.fact), (self.right, content.right)):
            label.setText(words)
            label.set_ink(tone.on if tone is not Tone.NEUTRAL else tone.text)
        self.right.setVisible(bool(content.right) and not compact)
        self.name.setText(content.name)
        self.name.set_ink(ink)
        self.name.set_role("name2" if compact or len(content.name) > _LONG_NAME else "name")
        for words in content.lines:
            self._add_line(PlainLabel(words, t="body" if compact else "lead", ink=ink, wrap=True))
        self._add_facts(content, ink, compact)
        self._add_buttons(content, compact)
        self._fit()
        self.setAccessibleName(f"{content.verdict}. {content.fact}. {content.name}")
        if had_focus:
            self.focus_main()

    def _add_line(self, label: PlainLabel) -> None:
        self._parts.append(label)
        self._lines.addWidget(label)

    def _add_facts(self, content: CardContent, ink: str, compact: bool) -> None:
        if compact:
            for fact in content.facts[:1]:
                self._add_line(PlainLabel(fact.words, ink=ink, wrap=True))
            return
        row = self._row(self._lines, 20)
        row.setContentsMargins(0, 2, 0, 0)
        for fact in content.facts:
            row.addWidget(IconLine(fact.icon, fact.words, t="strong", ink=ink))
        row.addStretch(1)

    def _add_buttons(self, content: CardContent, compact: bool) -> None:
        self._side_box.setVisible(content.main is not None or bool(content.quiet))
        if content.main is not None:
            # On a full red card the outline carries a button better than ink does.
            kind: Kind = "quietbig" if content.tone is Tone.STOP else "primarybig"
            self.main = self._button(content.main, kind)
            self.main.set_low(compact)
            holder = self._row(self._side, 0)
            # Room for the ring around the button.
            holder.setContentsMargins(6, 2, 6, 0)
            holder.addWidget(self.main)
            # Shown now and not with the next event, so that it can take the focus at once.
            self.main.show()
        row = self._row(self._side, 8)
        for action in content.quiet[:2]:
            button = self._button(action, action.kind)
            if compact:
                button.set_key("")
            row.addWidget(button, 1)
            button.show()

    def _row(self, column: QVBoxLayout, spacing: int) -> QHBoxLayout:
        """A row in a widget of its own, which goes with all that stands in it.

        A layout taken out of another belongs to Python and to Qt at once, and is deleted twice.
        """
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(spacing)
        column.addWidget(box)
        box.show()
        self._parts.append(box)
        return row

    def _button(self, action: CardAction, kind: Kind) -> KeyButton:
        button = KeyButton(action.words, icon=action.icon, key=action.hint, kind=kind)
        button.clicked.connect(self._clicked)
        self._buttons[button] = action.key
        if self.content is not None and self.content.tone is Tone.STOP:
            button.ring_token = Tone.STOP.on
        return button

    def _clear(self) -> None:
        for part in self._parts:
            for column in (self._lines, self._side):
                column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self._buttons.clear()
        self.main = None

    def _fit(self) -> None:
        look = theme.current()
        self._strip.setFixedHeight(look.px(metrics.STRIP_HEIGHT))
        self._side_box.setMinimumWidth(look.px(metrics.PANEL_WIDTH) if self.main is not None else 0)
        self.keep_height()

    @Slot()
    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, KeyButton) and sender in self._buttons:
            self.acted.emit(self._buttons[sender])
