"""One card in the middle, with a page for each step, and the buttons fixed at its foot."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.unlock.scrolled import scrolled
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_WIDE = 680


class Page(QWidget):
    """One step: its title, one sentence, and fields by name.

    Signals:
        entered: Return was pressed in a field.
    """

    entered = Signal()

    def __init__(self, title: str, sentence: str, next_words: str) -> None:
        super().__init__()
        self.title, self.sentence, self.next_words = title, sentence, next_words
        self.fields: dict[str, Field] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2, 2, 2, 2)
        self.column.setSpacing(metrics.CARD_GAP)

    def first(self) -> QWidget:
        """What gets the keyboard."""
        return next(iter(self.fields.values())) if self.fields else self


class StepsView(QFrame):
    """Shows one page after the other. What comes after which is said by its children, who connect the buttons.

    Attributes:
        back, next: The buttons at the foot, with `busy` between them.
        trouble: What is wrong with something else than a field.
    """

    def __init__(
        self, pages: Sequence[Page], *, back: str = "Back", high: int = 500, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.pages, self._high = tuple(pages), high
        self.step = PlainLabel(t="capb")
        self.title = PlainLabel(t="h1", wrap=True)
        self.sentence = PlainLabel(t="muted", wrap=True)
        self.trouble = Note(Tone.CHECK, "")
        self.back = KeyButton(back, icon="chevron-left")
        self.busy = PlainLabel(t="muted", elide=True)
        self.next = KeyButton(pages[0].next_words, key="Enter", kind="primary")
        self._page = self.pages[0]
        self._card = Card(margin=24)
        self._build()
        self.tell("")

    @property
    def page(self) -> Page:
        """The page one sees."""
        return self._page

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_card"):
            self._fit()

    def show_page(self, page: Page, step: str = "") -> None:
        """Show a page, and give it the keyboard; `step` says which of how many it is."""
        # Hidden, not stacked: a stack is as high as the lines of its longest page, and would scroll a short one.
        for other in self.pages:
            if other is not page:
                other.hide()
        page.show()
        self._page = page
        self.step.setText(step)
        self.step.setVisible(bool(step))
        self.title.setText(page.title)
        self.sentence.setText(page.sentence)
        self.next.setText(page.next_words)
        page.first().setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, f"{step}. {page.title}" if step else page.title)

    @Slot(str, str)
    def refuse(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field; without a name, nothing is wrong any more. The first gets the keyboard."""
        fields = {key: field for page in self.pages for key, field in page.fields.items()}
        if not name:
            for field in fields.values():
                field.set_error("")
            return
        first = not any(field.error() for field in fields.values())
        fields[name].set_error(sentence)
        if first:
            fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(fields[name])
            announce(self, sentence, urgent=True)

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Say what prevents it; an empty sentence: nothing does."""
        self.trouble.show_note(Tone.CHECK, sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, urgent=True)

    @Slot(bool, str)
    def show_busy(self, busy: bool, words: str) -> None:
        """Say what is being done; meanwhile there is no way back."""
        self.busy.setText(words)
        for button in (self.back, self.next):
            button.setDisabled(busy)

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(metrics.CARD_GAP)
        column.addWidget(self.sentence)
        column.addWidget(self.trouble)
        for page in self.pages:
            column.addWidget(page, 1)
            page.setVisible(page is self._page)
        foot = QHBoxLayout()
        foot.setSpacing(metrics.FIELD_GAP)
        foot.addWidget(self.back)
        foot.addWidget(self.busy, 1)
        foot.addWidget(self.next)
        for part in (self.step, self.title):
            self._card.body.addWidget(part)
        self.area = scrolled(inside)
        self._card.body.addWidget(self.area, 1)
        self._card.body.addLayout(foot)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 100)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addStretch()
        # All the height there is, up to the most the card may have.
        outer.addLayout(middle, 1)
        outer.addStretch()
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self._card.setMaximumSize(look.px(_WIDE), look.px(self._high))
