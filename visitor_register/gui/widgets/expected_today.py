"""The small panel *Expected today*: who, when, here to see, and nothing else."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from visitor_register.domain import calendar
from visitor_register.domain.policy import Policy
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.gui.widgets.who_field import WhoField, find_guests
from visitor_register.services import bookings, notice, policy
from visitor_register.services.bookings import BookingForm


class ExpectedTodayPanel(SidePanel):
    """Who, when, here to see; nothing else. For the desk: `begin` empties it and gives it the keyboard.

    Signals:
        saved: It was noted; the booking's UUID.
    """

    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Expected today", parent=parent)
        self._desk, self._saving = desk, False
        self.who = WhoField()
        self._clock, self._staff = line_edit(placeholder="14:30", longest=8), Chooser(editable=True, placeholder="")
        self.when, self.here_to_see = Field("When", self._clock), Field("Here to see", self._staff)
        self.save = KeyButton("Save", icon="check", key="Ctrl+S", shortcut=True)
        for part in (self.who, self.when, self.here_to_see):
            self.content.addWidget(part)
        self.content.addStretch(1)
        self.foot.addWidget(self.save, 1)
        self.who.search_wanted.connect(self._search)
        self._clock.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)

    def begin(self) -> None:
        """Start with empty fields, the keyboard in the first."""
        self._clear()
        self._desk.jobs.read(partial(policy.read, on=calendar.london_date(self._desk.now())), self._offer)
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_noted(self, error: RegisterError) -> None:
        self._saving = False
        self._desk.explain(error)

    def _clear(self) -> None:
        self._saving = False
        self.who.set_guests(())
        self._clock.clear()
        self._staff.set_value("")
        self.when.set_error("")

    def _offer(self, rules: Policy) -> None:
        self._staff.set_options([(name, name) for name in rules.staff.names])

    @Slot(str)
    def _search(self, text: str) -> None:
        self._desk.jobs.read(partial(find_guests, text=text), self.who.show_found)

    @Slot()
    def _save(self) -> None:
        guests, clock, now = self.who.guests(), notice.typed_time(self._clock.text()), self._desk.now()
        self.who.field.set_error("" if guests else "Find somebody by name, or write down who it is.")
        self.when.set_error("" if clock else "Write a time, like 14:30.")
        if not guests or clock is None or self._saving:
            return
        self._saving = True
        form = BookingForm(
            visitors=tuple(one.visitor for one in guests),
            starts_at=calendar.at_london(calendar.london_date(now), clock),
            here_to_see=self._staff.value(),
        )
        job = partial(bookings.expected_today, form=form, by=self._desk.operator, at=now)
        words = f"Expected today: {', '.join(one.name for one in guests)} at {calendar.say_time(form.starts_at)}."
        self._desk.jobs.write(job, partial(self._noted, words), self._not_noted)

    def _noted(self, words: str, booking: UUID) -> None:
        self._desk.done(words)
        self._clear()
        self.saved.emit(booking)
