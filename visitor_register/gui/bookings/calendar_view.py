"""The week and the day of the Bookings screen, drawn: a card for each booking, walked through by keys."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from visitor_register.domain import calendar
from visitor_register.gui import theme
from visitor_register.gui.bookings import calendar_layout as layout
from visitor_register.gui.bookings.calendar_canvas import CalendarCanvas, CalendarGutter, CalendarHeadings
from visitor_register.gui.bookings.calendar_card import LEAST_HEIGHT, CalendarCard
from visitor_register.gui.bookings.calendar_cards import more as more_words
from visitor_register.gui.bookings.calendar_layout import DAY, HOUR, Grid, Spot
from visitor_register.gui.bookings.calendar_note import EmptyNote
from visitor_register.gui.bookings.calendar_words import CalendarWords, CardKind, CardWords

_HOUR_HEIGHT, _COLUMN_WIDTH, _LANE_WIDTH, _HOST_WIDTH = 56, 84, 54, 208
_MARGIN, _FOOT = 4, 6
_EVERY_HALF_MINUTE = 30_000

_STEPS = {
    Qt.Key.Key_Left: {"across": -1},
    Qt.Key.Key_Right: {"across": 1},
    Qt.Key.Key_Up: {"along": -1},
    Qt.Key.Key_Down: {"along": 1},
}

_Key = tuple[CardKind, UUID | None, int]


class CalendarView(QScrollArea):
    """Down and Up go through the visits by time, Left and Right to another day; Enter opens one, Insert begins another.

    Signals:
        opened: The UUID of a booking.
        time_wanted: A `ColumnWords` and a minute of its day: somebody clicked where nothing stands.
        day_wanted: A date of which there is more to see than a column can show.
    """

    opened = Signal(object)
    time_wanted = Signal(object, int)
    day_wanted = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.words = CalendarWords()
        self.cards: dict[_Key, CalendarCard] = {}
        self._spots: dict[_Key, Spot] = {}
        self._chosen: _Key | None = None
        self._open: UUID | None = None
        self.canvas = CalendarCanvas()
        self.setWidget(self.canvas)
        self.headings, self.gutter = CalendarHeadings(self), CalendarGutter(self)
        self.empty = EmptyNote(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.canvas.setAutoFillBackground(False)
        self.horizontalScrollBar().valueChanged.connect(self.headings.scroll_to)
        self.verticalScrollBar().valueChanged.connect(self.gutter.scroll_to)
        self.verticalScrollBar().valueChanged.connect(self.canvas.scrolled)
        self.canvas.pointed.connect(self._pointed)
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_HALF_MINUTE)
        self._clock.timeout.connect(self._tick)

    def show_words(self, words: CalendarWords, open_: UUID | None = None) -> None:
        """Show these columns; what was chosen stays chosen. `open_` is the booking that stands in the form."""
        other = words.name != self.words.name
        drafted = self._draft()
        self.words, self._open = words, open_
        self.setAccessibleName(words.name)
        self.setAccessibleDescription(", ".join(column.spoken for column in words.columns))
        self.empty.setText(words.sentence)
        self.empty.setVisible(bool(words.sentence))
        self._fit()
        if other:
            self._go_to_first()
        if self._draft() != drafted:
            self._reveal_draft()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to a card, where there is one."""
        super().focusInEvent(event)
        card = self._standing()
        if card is not None:
            card.setFocus(event.reason())
        self.empty.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the keyboard."""
        super().focusOutEvent(event)
        self.empty.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from card to card. Letters are left alone."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _STEPS and self._spots:
            self._walk(**_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._spots:
            self._choose(self._ordered()[0 if key == Qt.Key.Key_Home else -1])
        elif key == Qt.Key.Key_Insert and self._spots:
            self._begin_after()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, *_STEPS):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The present time moves while somebody looks."""
        super().showEvent(event)
        self._clock.start()
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._clock.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_clock"):
            self._fit()

    @Slot()
    def _tick(self) -> None:
        present = self._present()
        if present != self.canvas.present:
            self.canvas.show_words(self.words, self.canvas.grid, present)
            self.gutter.show_hours(self.canvas.grid, present)

    def _present(self) -> int | None:
        """The minute of now, where today is drawn and its hours hold it."""
        if not any(column.today for column in self.words.columns):
            return None
        now = calendar.to_london(self._now())
        minute = layout.minute_of(now.time())
        return minute if minute // HOUR in self.canvas.grid.shown else None

    def _fit(self) -> None:
        gutter, head = self.gutter.sizeHint().width(), self.headings.sizeHint().height()
        self.setViewportMargins(gutter, head, 0, 0)
        self.headings.setGeometry(0, 0, self.width(), head)
        self.gutter.setGeometry(0, head, gutter, self.height() - head)
        grid = self.canvas.grid = self._grid()
        foot = theme.current().px(_FOOT)
        self.canvas.resize(max(grid.edges[-1], self.viewport().width()), max(grid.height + foot, 1))
        present = self._present()
        self.canvas.show_words(self.words, grid, present)
        self.headings.show_words(self.words, grid, gutter)
        self.gutter.show_hours(grid, present)
        self._place_cards(grid)
        self._place_note()

    def _grid(self) -> Grid:
        look, columns, room = theme.current(), self.words.columns, self.viewport().size()
        spans = [card.span for column in columns for card in column.cards]
        shown = layout.hours(self.words.opens, self.words.closes, spans)
        # Hours are higher where there is room for it.
        hour = max(float(look.px(_HOUR_HEIGHT)), (room.height() - look.px(_FOOT)) / len(shown))
        wanted = [look.px(_COLUMN_WIDTH)] * len(columns)
        if self.words.by_day:
            wanted = [look.px(_HOST_WIDTH) * layout.beside([card.span for card in column.cards]) for column in columns]
        return Grid(layout.edges(wanted or [1], room.width()), shown, hour)

    def _place_cards(self, grid: Grid) -> None:
        look, left = theme.current(), dict(self.cards)
        had = next((key for key, card in left.items() if card.hasFocus()), None)
        least = grid.minutes(look.px(LEAST_HEIGHT) + 3)
        self.cards, self._spots = {}, {}
        for number, column in enumerate(self.words.columns):
            most = max(2, (grid.widths()[number] - 2 * _MARGIN) // look.px(_LANE_WIDTH))
            spans = [card.span.at_least(least) for card in column.cards]
            arranged = layout.arrange(spans, most)
            behind = (column.cards[member] for more in arranged.more for member in more.members)
            # A day is as wide as it needs, and what is being written is always seen.
            if self.words.by_day or any(card.kind is CardKind.WRITING for card in behind):
                arranged = layout.arrange(spans, len(spans))
            for card, span, place in zip(column.cards, spans, arranged.places, strict=True):
                if place is not None:
                    key = (*card.key, 0)
                    self._place(left.pop(key, None), key, card, grid.box(number, span, place, _MARGIN))
                    self._spots[key] = Spot(number, card.span.start, place.lane)
            for count, more in enumerate(arranged.more):
                words = more_words([column.cards[member] for member in more.members], more.span)
                key = (CardKind.MORE, None, number * DAY + count + 1)
                self._place(left.pop(key, None), key, words, grid.box(number, more.span, more.place, _MARGIN))
                self._spots[key] = Spot(number, more.span.start, more.place.lane)
        for gone in left.values():
            gone.hide()
            gone.deleteLater()
        self._let_tab_reach(self._standing_key())
        standing = self._standing()
        if self.hasFocus() or (had is not None and had not in self.cards):
            (standing or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, card: CalendarCard | None, key: _Key, words: CardWords, box: tuple[int, int, int, int]) -> None:
        if card is None:
            card = CalendarCard(words, self.canvas)
            card.clicked.connect(partial(self._activate, key))
            card.taken.connect(partial(self._took, key))
        card.show_words(words)
        card.set_open(words.kind is CardKind.BOOKED and words.booking == self._open)
        card.setGeometry(QRect(*box))
        card.show()
        self.cards[key] = card

    def _place_note(self) -> None:
        look, room = theme.current(), self.viewport().size()
        around = look.px(12)
        self.empty.setContentsMargins(around, around, around, around)
        wide = min(look.px(600), room.width() - 2 * around)
        high = self.empty.heightForWidth(wide)
        self.empty.setGeometry((room.width() - wide) // 2, max(0, (room.height() - high) * 2 // 5), wide, high)
        self.empty.raise_()

    def _go_to_first(self) -> None:
        starts = [spot.start for spot in self._spots.values()]
        minute = self.canvas.present or min(starts, default=self.words.opens)
        self.verticalScrollBar().setValue(self.canvas.grid.y(minute) - self.viewport().height() // 3)
        self.horizontalScrollBar().setValue(0)

    def _draft(self) -> CardWords | None:
        cards = (card for column in self.words.columns for card in column.cards)
        return next((card for card in cards if card.kind is CardKind.WRITING), None)

    def _reveal_draft(self) -> None:
        for (kind, _booking, _number), card in self.cards.items():
            if kind is CardKind.WRITING:
                self.ensureWidgetVisible(card, _MARGIN, _MARGIN)

    def _ordered(self) -> list[_Key]:
        return sorted(self._spots, key=lambda key: self._spots[key].order)

    def _standing_key(self) -> _Key | None:
        """The card of the keyboard: the chosen one, else the first that can be opened."""
        if self._chosen in self._spots:
            return self._chosen
        return next(iter(self._ordered()), None)

    def _standing(self) -> CalendarCard | None:
        key = self._standing_key()
        return self.cards[key] if key is not None else None

    def _walk(self, *, across: int = 0, along: int = 0) -> None:
        keys, here = list(self._spots), self._standing_key()
        if here is not None:
            to = layout.step(list(self._spots.values()), keys.index(here), across=across, along=along)
            self._choose(here if to is None else keys[to])

    def _begin_after(self) -> None:
        """Begin a booking when the one of the keyboard ends."""
        here = self._standing_key()
        if here is not None:
            self._pointed(self._spots[here].column, self.canvas.grid.after(self.cards[here].words.span))

    def _choose(self, key: _Key) -> None:
        self.cards[key].setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.cards[key], 2 * _MARGIN, 2 * _MARGIN)

    @Slot()
    def _took(self, key: _Key) -> None:
        self._chosen = key
        self._let_tab_reach(key)

    def _let_tab_reach(self, chosen: _Key | None) -> None:
        # The calendar itself would catch Shift+Tab and give it back to the card.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen is None else Qt.FocusPolicy.ClickFocus)
        for key, card in self.cards.items():
            card.reach_by_tab(reached=key == chosen)

    def _activate(self, key: _Key, *_checked: bool) -> None:
        kind, booking, _number = key
        if kind is CardKind.MORE:
            self.day_wanted.emit(self.words.columns[self._spots[key].column].day)
        else:
            self.opened.emit(None if kind is CardKind.WRITING else booking)

    @Slot(int, int)
    def _pointed(self, column: int, minute: int) -> None:
        self.time_wanted.emit(self.words.columns[column], minute)
