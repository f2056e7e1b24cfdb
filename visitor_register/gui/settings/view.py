"""The Settings screen: sections under headings in a list at the left, the chosen one beside it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.caretaker import Caretaker
from visitor_register.gui.health_watch import HealthWatch
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.settings.backups_presenter import BackupsPresenter
from visitor_register.gui.settings.backups_section import BackupsSection
from visitor_register.gui.settings.calendar_section import CalendarSection
from visitor_register.gui.settings.chart_section import ChartSection
from visitor_register.gui.settings.clocks_section import ClocksSection
from visitor_register.gui.settings.copy_presenter import CopyPresenter
from visitor_register.gui.settings.copy_section import CopySection
from visitor_register.gui.settings.health_presenter import HealthPresenter
from visitor_register.gui.settings.health_section import HealthSection
from visitor_register.gui.settings.holidays_section import HolidaysSection
from visitor_register.gui.settings.keeping_presenter import KeepingPresenter
from visitor_register.gui.settings.keeping_section import KeepingSection
from visitor_register.gui.settings.keys_section import KeysSection
from visitor_register.gui.settings.letter_section import LetterSection
from visitor_register.gui.settings.letters_section import LettersSection
from visitor_register.gui.settings.number_section import NumberSection
from visitor_register.gui.settings.pc_section import PcSection, printer_names
from visitor_register.gui.settings.people_section import PeopleSection
from visitor_register.gui.settings.policy_sections import KnownSection, LanyardSection, NoticeSection
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.proof_presenter import ProofPresenter
from visitor_register.gui.settings.proof_section import ProofSection
from visitor_register.gui.settings.scanner_section import ScannerSection
from visitor_register.gui.settings.school_sections import DutySection, FireSection, SchoolSection
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.sections import GROUPS
from visitor_register.gui.settings.sign_in_section import SignInSection
from visitor_register.gui.settings.staff_section import StaffSection
from visitor_register.gui.settings.telling_section import TellingSection
from visitor_register.gui.settings.times_section import TimesSection
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.rows import Row

_LIST_WIDTH, _LIST_WIDTH_COMPACT = 248, 216


class SettingsView(QFrame):
    """The sections, each made when somebody first looks at it; a role sees its own.

    What was typed in one stays while another is looked at.
    """

    def __init__(
        self,
        presenter: SettingsPresenter,
        caretaker: Caretaker,
        *,
        printers: Callable[[], list[str]] = printer_names,
        scanner_clock: Callable[[], float] | None = None,
        scanner_timer: QTimer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._presenter = presenter
        self._compact = False
        self._makers: dict[str, Callable[[], Section]] = {
            "school": partial(SchoolSection, presenter),
            "duty": partial(DutySection, presenter),
            "lanyards": partial(LanyardSection, presenter),
            "known": partial(KnownSection, presenter),
            "notice": partial(NoticeSection, presenter),
            "staff": partial(StaffSection, presenter),
            "calendar": partial(CalendarSection, presenter),
            "holidays": partial(HolidaysSection, presenter),
            "clocks": partial(ClocksSection, presenter),
            "times": partial(TimesSection, presenter),
            "telling": partial(TellingSection, presenter),
            "numbers": partial(NumberSection, presenter),
            "letters": partial(LetterSection, presenter),
            "texts": partial(LettersSection, presenter),
            "charts": partial(ChartSection, presenter),
            "fire": partial(FireSection, presenter, printers=printers),
            "people": self._people_section,
            "keys": partial(KeysSection, presenter),
            "sign_in": partial(SignInSection, presenter),
            "copy": lambda: CopySection(presenter, CopyPresenter(presenter.desk)),
            "keeping": lambda: KeepingSection(
                presenter, KeepingPresenter(presenter.desk, presenter.pc, presenter.register)
            ),
            "proof": lambda: ProofSection(presenter, ProofPresenter(presenter.desk, presenter.register)),
            "backups": lambda: BackupsSection(
                presenter, BackupsPresenter(presenter.desk, presenter.pc, presenter.register, caretaker)
            ),
            "health": partial(self._health_section, caretaker.health),
            "pc": partial(PcSection, presenter, printers=printers),
            "scanner": partial(ScannerSection, presenter, clock=scanner_clock, timer=scanner_timer),
        }
        self._made: dict[str, Section] = {}
        self.list = ListPanel("Sections of Settings", row_height=metrics.CONTROL_HEIGHT)
        self._list_card = Card(margin=1)
        self._list_card.body.addWidget(self.list)
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.PAGE_MARGIN, 12, metrics.PAGE_MARGIN, 12)
        row.setSpacing(metrics.CARD_GAP)
        row.addWidget(self._list_card)
        row.addWidget(self._stack, 1)
        self.list.selected.connect(self.open)
        self.list.activated_row.connect(self._enter)
        self.list.clicked.connect(self._clicked)
        presenter.sections_changed.connect(self._show_sections)
        self._fit()
        self._show_sections(presenter.sections())

    @property
    def current(self) -> Section:
        """The section one sees."""
        shown = self._stack.currentWidget()
        if not isinstance(shown, Section):
            raise TypeError(type(shown).__name__)
        return shown

    @property
    def part_in_use(self) -> str:
        """The section one sees, by which the guide opens at its page."""
        return self.current.key

    def section(self, key: str) -> Section:
        """One of the sections, made now if nobody looked at it before."""
        if key not in self._made:
            made = self._made[key] = self._makers[key]()
            self._stack.addWidget(made)
            made.fit(compact=self._compact)
            if self._presenter.snapshot is not None:
                made.show_snapshot(self._presenter.snapshot)
            made.edited.connect(self._show_names)
        return self._made[key]

    def unsaved(self) -> list[str]:
        """The sections in which something was typed and not saved."""
        return [key for key in self._presenter.sections() if key in self._made and self._made[key].is_unsaved()]

    @Slot(object)
    def open(self, key: str) -> None:
        """Show a section; the keyboard stays where it is."""
        self._stack.setCurrentWidget(self.section(key))
        self.list.choose(key)
        self.list.scrollTo(self.list.currentIndex())

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        self._compact = layout_class is LayoutClass.COMPACT
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Read how things are now, and whenever something was written."""
        super().showEvent(event)
        self._presenter.follow(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say what was left unsaved; it is still there on coming back."""
        super().hideEvent(event)
        self._presenter.follow(False)
        # A window that is only minimised is not left.
        if self.unsaved() and not event.spontaneous():
            self._presenter.remind(self.unsaved())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_list_card"):
            self._fit()

    def _people_section(self) -> PeopleSection:
        made = PeopleSection(self._presenter)
        made.keys_wanted.connect(self._show_keys)
        return made

    def _health_section(self, watch: HealthWatch) -> HealthSection:
        desk, folder = self._presenter.desk, self._presenter.pc.folder
        return HealthSection(self._presenter, HealthPresenter(desk, watch, folder))

    @Slot()
    def _show_keys(self) -> None:
        self.open("keys")
        keys = self.section("keys")
        if isinstance(keys, KeysSection):
            keys.focus_change()

    def _fit(self) -> None:
        wide = _LIST_WIDTH_COMPACT if self._compact else _LIST_WIDTH
        self._list_card.setFixedWidth(theme.current().px(wide))
        for section in self._made.values():
            section.fit(compact=self._compact)

    @Slot(object)
    def _show_sections(self, keys: Sequence[str]) -> None:
        for section in self._made.values():
            section.discard()
        self._show_names()
        self.open(keys[0])

    @Slot()
    def _show_names(self) -> None:
        unsaved, seen = self.unsaved(), self._presenter.sections()
        rows = []
        for group in GROUPS:
            names = {key: name for key, (name, _) in group.sections.items() if key in seen}
            if names:
                rows.append(Row(f"heading {group.title}", group.title, heading=True))
            rows += [Row(key, name, note="not saved" if key in unsaved else "") for key, name in names.items()]
        self.list.set_rows(rows)

    @Slot(object)
    def _enter(self, key: str) -> None:
        self.open(key)
        self.section(key).focus_first()

    @Slot(QModelIndex)
    def _clicked(self, _index: QModelIndex) -> None:
        self._enter(self.list.current_key())
