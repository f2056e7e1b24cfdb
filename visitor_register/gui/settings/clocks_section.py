"""The section of clocks: how the clauses that set a time are counted, now and from a later day on."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.domain.calendar import Days, say_date
from visitor_register.domain.policy import Clocks
from visitor_register.gui import metrics
from visitor_register.gui.settings import calendar_forms
from visitor_register.gui.settings.forms import FieldError, write_day
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Shape, Tone

_DAYS = {Days.WORKING: "working days", Days.SCHOOL: "school days", Days.CALENDAR: "days of any kind"}
_COUNTS = [(f"5 {words}", kind.value) for kind, words in _DAYS.items()]
_REPLIES = [("2 working days, same time", "working"), ("48 hours, whatever the days", "elapsed")]


class ClocksSection(Section):
    """What counts today in words, what comes, and a form to change it from a day on."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "clocks",
            "Clocks",
            "How the times of the protocol are counted. A change applies from its day on: what happens before "
            "keeps the rule it had.",
        )
        self._today, self._coming = date.min, tuple[date, ...]()
        self.now = Note(Tone.NEUTRAL, "")
        self.coming = Note(Tone.NEUTRAL, "")
        self.only = PlainLabel("Only the DSL or the head changes this.", t="cap", wrap=True)
        self.form_box = QWidget()
        lines = QVBoxLayout(self.form_box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(metrics.CARD_GAP)
        self.add_row(
            self.field("contact", "First contact within", Chooser(_COUNTS)),
            self.field("notice", "Notice of a meeting", Chooser(_COUNTS)),
            into=lines,
        )
        lines.addWidget(self.field("reply", "An e-mail is answered within", Chooser(_REPLIES)))
        self.add_row(self.field("opens", "Authority opens at"), self.field("closes", "Authority closes at"), into=lines)
        lines.addWidget(self.field("from", "Applies from"))
        for widget in (self.now, self.coming, self.only, self.form_box):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """As it is today, to be changed from today on."""
        return calendar_forms.clocks_form(snapshot.policy.clocks, write_day(snapshot.today))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say what counts and what will."""
        self._today, self._coming = snapshot.today, tuple(day for day, _ in snapshot.clocks)
        self.now.show_note(Tone.NEUTRAL, "Today", in_words(snapshot.policy.clocks))
        later = "\n".join(f"From {say_date(day)}: {in_words(clocks)}" for day, clocks in snapshot.clocks)
        self.coming.show_note(Tone.HERE, "Later", later, shape=Shape.RUNNING)
        self.coming.setVisible(bool(later))
        leads = self.presenter.leads()
        self.only.setVisible(not leads)
        for widget in (self.form_box, self.save_button):
            widget.setVisible(leads)
        super().show_snapshot(snapshot)

    @Slot()
    def save(self) -> None:
        """Write it with the day from which it applies."""
        form = self.form()
        try:
            day = calendar_forms.from_day(form, self._today)
        except FieldError as error:
            self.presenter.refused.emit(self.key, error.field, str(error))
            return
        replaced = " What was to come after that day is replaced." if any(one > day for one in self._coming) else ""
        words = f"Clocks: saved, from {say_date(day)}.{replaced}"
        self.presenter.keep(self.key, calendar_forms.clocks, form, words, applies_from=day)


def in_words(clocks: Clocks) -> str:
    """How the clauses are read, in one sentence each."""
    reply = "48 hours" if clocks.reply_elapsed else "2 working days at the same time of day"
    return (
        f"Contact within 5 {_DAYS[clocks.contact_counts]}. Notice of 5 {_DAYS[clocks.notice_counts]}. "
        f"An answer within {reply}. The authority is open {clocks.la_opens:%H:%M} to {clocks.la_closes:%H:%M}."
    )
