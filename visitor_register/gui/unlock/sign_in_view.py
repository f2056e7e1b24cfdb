"""The screen before the register: who is at the desk, and their password or PIN. No visitor's name stands on it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visitor_register.domain.people import Operator
from visitor_register.gui import metrics, theme
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.unlock.person_rows import PersonRows
from visitor_register.gui.unlock.proof_card import ProofCard
from visitor_register.gui.unlock.scrolled import scrolled
from visitor_register.gui.unlock.sign_in_presenter import Page, PageKind, SignInPresenter
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.plain_label import PlainLabel

_AT_START = "The fire list opens without a password."
_RUNNING = "The fire list prints without unlocking. A badge scanned now is kept and shown after unlocking."


class SignInView(QFrame):
    """Names at the left, the password at the right, the fire list always within reach.

    `offers_recovery` shows the ways to the recovery code and to the backups; only where somebody listens to them.

    Signals:
        fire_list_wanted: F9 or its button; it needs no password.
        recovery_wanted: Nobody remembers a password any more.
        restore_wanted: A backup is to take the register's place.
    """

    fire_list_wanted = Signal()
    recovery_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self,
        presenter: SignInPresenter,
        *,
        school: str = "",
        offers_recovery: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.school = PlainLabel(school, t="h3", elide=True)
        self.fire_list = KeyButton("Fire list", icon="flame", key="F9", shortcut=True)
        self.people = PersonRows()
        self.card = ProofCard(presenter)
        self.password, self.sign_in = self.card.password, self.card.sign_in
        self.foot = IconLine("info", _AT_START, t="muted")
        for way in (self.card.recovery, self.card.restore):
            way.setVisible(offers_recovery)
        self._build()
        presenter.people_changed.connect(self._show_people)
        presenter.chosen_changed.connect(self._show_chosen)
        presenter.state_changed.connect(self._show_page)
        self.people.chosen.connect(presenter.choose)
        self.people.picked.connect(presenter.choose)
        self.people.picked.connect(self._to_proof)
        self.fire_list.clicked.connect(self.fire_list_wanted)
        self.card.recovery.clicked.connect(self.recovery_wanted)
        for button in (self.card.restore, self.card.restore_now):
            button.clicked.connect(self.restore_wanted)
        presenter.repeat()

    def set_school(self, name: str) -> None:
        """Name the school, as far as it is known before the register is open."""
        self.school.setText(name)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Leave the line at the foot away where there is no room for it."""
        self.foot.setVisible(layout_class is not LayoutClass.COMPACT)

    def focus_first(self) -> None:
        """Give the names the keyboard."""
        self.people.setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the names."""
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "foot"):
            self._fit()

    def _build(self) -> None:
        top = frame("top")
        bar = QHBoxLayout(top)
        bar.setContentsMargins(16, 5, 12, 5)
        bar.addWidget(self.school, 1)
        bar.addWidget(self.fire_list)
        self._top = top
        self._cards = [self._names_card(), self.card]
        both = QHBoxLayout()
        both.setSpacing(metrics.PAGE_MARGIN)
        both.addStretch(1)
        for card in self._cards:
            both.addWidget(card, 50)
        both.addStretch(1)
        middle = QVBoxLayout()
        middle.setContentsMargins(metrics.PAGE_MARGIN, 12, metrics.PAGE_MARGIN, 12)
        middle.setSpacing(12)
        middle.addStretch(1)
        middle.addLayout(both, 20)
        middle.addWidget(self.foot, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addLayout(middle, 1)
        self.setTabOrder(self.card.restore, self.fire_list)
        self._fit()

    def _names_card(self) -> Card:
        card = Card(margin=20)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("Who is at the desk?", t="h1"))
        hint = PlainLabel("Arrow keys", t="cap", elide=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(hint, 1)
        card.body.addLayout(head)
        card.body.addWidget(scrolled(self.people), 1)
        return card

    def _fit(self) -> None:
        look = theme.current()
        self._top.setFixedHeight(look.px(metrics.TOP_BAR_HEIGHT))
        for card in self._cards:
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            card.setMaximumSize(look.px(420), look.px(424))
            card.setMinimumWidth(look.px(320))

    @Slot(object)
    def _show_people(self, people: Sequence[Operator]) -> None:
        self.people.set_people(people)

    @Slot(object)
    def _show_chosen(self, operator: Operator | None) -> None:
        self.people.show_chosen(operator)

    @Slot(object)
    def _to_proof(self, _operator: Operator) -> None:
        self.card.take_keyboard()

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        self.foot.set_text(_AT_START if page.kind is PageKind.SIGN_IN else _RUNNING)
        # A line in the middle keeps the width it had; its layout alone does not ask for more.
        self.foot.adjustSize()
        self.foot.updateGeometry()
