"""The bar that is always there: school, scanner, who is signed in, fire list, health, who is at the desk, lock."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel, plain_tip
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.tone import Tone


class TopBar(QFrame):
    """Shows what it is told.

    Signals:
        scanner_pressed, signed_in_pressed, fire_list_pressed, health_pressed, person_pressed, lock_pressed:
            The button of that name, or its key.
    """

    scanner_pressed = Signal()
    signed_in_pressed = Signal()
    fire_list_pressed = Signal()
    health_pressed = Signal()
    person_pressed = Signal()
    lock_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "top")
        self._layout_class = LayoutClass.NORMAL
        self._search: SearchField | None = None
        self._warns, self._ready, self._scanner = False, True, ""
        self._person, self._person_short, self._dsl, self._health = "", "", "", ""
        self.school = PlainLabel(t="h3", elide=True)
        self.school.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.scanner = KeyButton(icon="scan-barcode", kind="ghoststrong")
        self.signed_in = KeyButton("Signed in here 0", icon="users", kind="ghost")
        self.fire_list = KeyButton("Fire list", icon="flame", key="F9", shortcut=True)
        self.health = KeyButton("", icon="heart-pulse", kind="ghost")
        self.divider = frame("vline")
        self.person = KeyButton("", icon="user-round", kind="ghost")
        self.lock = KeyButton("Lock", icon="lock", key="Ctrl+L", kind="ghost", shortcut=True, name="Lock")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 5, 12, 5)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.setSpacing(2)
        self._row.addWidget(self.school)
        self._row.addSpacing(8)
        self._row.addWidget(self.scanner)
        self._row.addStretch(1)
        for widget in (self.signed_in, self.fire_list, self.health, self.divider, self.person, self.lock):
            self._row.addWidget(widget)
        for button, signal in (
            (self.scanner, self.scanner_pressed),
            (self.signed_in, self.signed_in_pressed),
            (self.fire_list, self.fire_list_pressed),
            (self.health, self.health_pressed),
            (self.person, self.person_pressed),
            (self.lock, self.lock_pressed),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
        self._fit()

    def set_school(self, name: str) -> None:
        """Name the school."""
        self.school.setText(name)

    def set_scanner(self, words: str, *, ready: bool) -> None:
        """Say how the scanner is: a word always, green only when a scan would arrive here."""
        self._scanner, self._ready = words, ready
        self.scanner.setText(words)
        self.scanner.set_icon("scan-barcode", "known_band" if ready else "muted")
        self._fit()

    def set_signed_in(self, count: int) -> None:
        """How many visitors are signed in."""
        self.signed_in.setText(f"Signed in here {count}")

    def set_health(self, words: str, tone: Tone, tip: str = "") -> None:
        """How the register is: a word, the shape of a tone unless all is well, and what lies behind it."""
        self._health, self._warns = words, tone not in (Tone.KNOWN, Tone.NEUTRAL)
        self.health.set_tone(tone if self._warns else None)
        self.health.setToolTip(plain_tip(tip or words))
        self._fit()

    def set_person(self, name: str, *, short: str = "", dsl: str = "") -> None:
        """Who is at the desk, and who is DSL today."""
        self._person, self._person_short, self._dsl = name, short or name, dsl
        self._fit()

    def place_search(self, field: SearchField) -> None:
        """Take the scan field in, where the page has no room for it."""
        self._search = field
        field.set_low(True)
        self._row.insertWidget(0, field, 100)
        self._fit()

    def release_search(self) -> SearchField | None:
        """Give the scan field back to the page."""
        field, self._search = self._search, None
        if field is not None:
            self._row.removeWidget(field)
            field.set_low(False)
            field.set_plain()
            self._fit()
        return field

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        self._layout_class = layout_class
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words give way when there is no room for all of them."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The bar never makes a window wider."""
        return QSize(0, self._row.minimumSize().height())

    def _fit(self) -> None:
        compact = self._layout_class is LayoutClass.COMPACT
        searching = self._search is not None
        self.setFixedHeight(theme.current().px(metrics.TOP_BAR_HEIGHT))
        self.school.setVisible(not searching and not compact)
        self.scanner.setVisible(not searching)
        if self._search is not None:
            self._search.set_ready(self._ready, self._scanner)
        self.divider.setVisible(not compact)
        self.health.set_name(self._health)
        self.health.setText("" if compact else self._health)
        self.person.setText(self._person_short if compact else self._person)
        self.person.set_second("" if compact else self._dsl)
        tip = ". ".join(part for part in (self._person, self._dsl, "Somebody else takes over: Ctrl+U") if part)
        self.person.setToolTip(plain_tip(tip))
        self.lock.setText("" if compact else "Lock")
        self.lock.set_key("Ctrl+L")
        # What is said elsewhere as well goes first; each word is still the name a screen reader reads.
        steps = [self._no_lock, self._short_person, self._no_lock_key, self._no_school]
        # A warning keeps its word as long as it can; "All well" goes first.
        steps.insert(len(steps) if self._warns else 0, self._no_health)
        for give_way in steps:
            if self._row.minimumSize().width() <= self.width():
                break
            give_way()
            self._row.invalidate()

    def _no_health(self) -> None:
        self.health.setText("")

    def _no_lock(self) -> None:
        self.lock.setText("")

    def _short_person(self) -> None:
        self.person.setText(self._person_short)
        self.person.set_second("")

    def _no_lock_key(self) -> None:
        self.lock.set_key("")

    def _no_school(self) -> None:
        self.school.hide()
