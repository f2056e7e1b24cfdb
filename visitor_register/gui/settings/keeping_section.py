"""The section "Keeping and erasing": what is due, what is on hold, and how long each kind is kept."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.domain.retention import Kept
from visitor_register.gui import metrics
from visitor_register.gui.settings.keeping_due import DueBox
from visitor_register.gui.settings.keeping_holds import HoldBox
from visitor_register.gui.settings.keeping_presenter import KeepingPresenter, Shown
from visitor_register.gui.settings.keeping_words import PERIODS, line, periods_form, read_periods
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.services.retention_holds import HoldLine


class KeepingSection(Section):
    """Erasing comes first, then holds, then the periods, which have the button that saves."""

    def __init__(self, presenter: SettingsPresenter, keeping: KeepingPresenter) -> None:
        super().__init__(
            presenter,
            "keeping",
            "Keeping and erasing",
            "Records are kept for a time and then erased for good, also from backups made later. Nothing goes by "
            "itself: the DSL or the head looks at the list and confirms it. That it was erased is written down.",
            save="Save periods",
        )
        self.keeping = keeping
        keeping.setParent(self)
        self._names: Mapping[UUID, str] = {}
        self.due, self.holds = DueBox(), HoldBox()
        self._asked: QWidget = self.due
        self.result = PlainLabel(t="strong", wrap=True)
        self.only = PlainLabel(
            "Only the DSL or the head erases and changes this. People and deadlines are listed for them alone.",
            t="cap",
            wrap=True,
        )
        self.periods = QWidget()
        lines = QVBoxLayout(self.periods)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(metrics.CARD_GAP)
        fields = [self.field(name, words) for name, (words, _) in PERIODS.items()]
        for start in range(0, len(fields), 2):
            pair: Sequence[QWidget] = fields[start : start + 2]
            self.add_row(*pair, *([QWidget()] if len(pair) == 1 else []), into=lines)
        for widget in (
            self.due,
            self.result,
            self.only,
            PlainLabel("Legal holds", t="h2"),
            self.holds,
            PlainLabel("How long each is kept", t="h2"),
            self.periods,
        ):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.result.hide()
        self._connect()

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """The periods as they are."""
        return periods_form(snapshot.policy.retention)

    def focus_first(self) -> None:
        """What is due comes first."""
        (self.due.list if self.due.list.rows else self.holds.list).setFocus()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Something was written, or somebody else is at the desk: read what is due again, while it is seen."""
        leads = self.presenter.leads()
        self.only.setVisible(not leads)
        self.save_button.setVisible(leads)
        self.periods.setEnabled(leads)
        super().show_snapshot(snapshot)
        if self.isVisible():
            self.keeping.load()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is due today."""
        super().showEvent(event)
        self.keeping.load()

    @Slot()
    def save(self) -> None:
        """Keep the periods."""
        self.presenter.keep(self.key, read_periods, self.form(), "Keeping and erasing: periods saved.")

    @Slot()
    def discard(self) -> None:
        """Back to what is saved; no password and nobody's name stays."""
        self.due.forget()
        self.holds.forget()
        self.result.hide()
        super().discard()

    def _connect(self) -> None:
        keeping, due, holds = self.keeping, self.due, self.holds
        keeping.listed.connect(self._show)
        keeping.people.connect(holds.show_people)
        keeping.refused.connect(self._refused)
        keeping.done.connect(self._done)
        keeping.busy_changed.connect(self._busy)
        due.agreed.connect(self._erase)
        due.hold_wanted.connect(self._hold_record)
        holds.searched.connect(keeping.search)
        holds.hold_person.connect(self._hold)
        holds.hold_child.connect(self._hold_child)
        holds.ended.connect(self._end)
        holds.erase_person.connect(self._erase_person)

    @Slot(object)
    def _show(self, shown: Shown) -> None:
        self._names = shown.desk.names
        leads = self.keeping.leads()
        self.due.show_listed(shown, leads=leads)
        self.holds.show_holds(shown.holds, leads=leads)

    @Slot(object, str)
    def _erase(self, chosen: Sequence[Kept], password: str) -> None:
        self._asked = self.due
        self.keeping.erase(chosen, password)

    @Slot(object, str, str)
    def _erase_person(self, who: UUID, reason: str, password: str) -> None:
        self._asked = self.holds
        self.keeping.erase_person(who, reason, password)

    @Slot(object, str)
    def _hold(self, about: UUID, reason: str) -> None:
        self._asked = self.holds
        self.keeping.hold(about, reason)

    @Slot(str, str)
    def _hold_child(self, reference: str, reason: str) -> None:
        self._asked = self.holds
        self.keeping.hold_child(reference, reason)

    @Slot(object, str)
    def _end(self, one: HoldLine, reason: str) -> None:
        self._asked = self.holds
        self.keeping.end_hold(one, reason)

    @Slot(object)
    def _hold_record(self, one: Kept) -> None:
        self.holds.choose_record(one.subject, line(one, self._names))
        self.area.ensureWidgetVisible(self.holds.hold)

    @Slot(str, str)
    def _refused(self, field: str, sentence: str) -> None:
        if self._asked is self.due:
            self.due.refuse(sentence)
        else:
            self.holds.refuse(field, sentence)
        announce(self, sentence, urgent=True)

    @Slot(str)
    def _done(self, words: str) -> None:
        self.due.forget()
        self.holds.forget()
        self.result.setText(words)
        self.result.show()
        announce(self, words)

    @Slot(bool)
    def _busy(self, busy: bool) -> None:
        for button in (self.due.erase, self.holds.hold, self.holds.erase):
            button.setDisabled(busy)
