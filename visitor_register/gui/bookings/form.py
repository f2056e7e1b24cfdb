"""The booking form: a panel at the right, from who is coming to what only the DSL may read."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitor_register.domain.bookings import Place
from visitor_register.gui.bookings.ahead import NOT_AT_SCHOOL, Follows, say_later
from visitor_register.gui.bookings.cancel_box import CancelBox
from visitor_register.gui.bookings.content import PLACES, TOLD, Content, Secrets
from visitor_register.gui.bookings.form_presenter import FormPresenter, FormShown
from visitor_register.gui.bookings.history_box import HistoryBox
from visitor_register.gui.bookings.not_seen_box import NotSeenBox
from visitor_register.gui.bookings.pass_box import PassBox
from visitor_register.gui.bookings.repeat_box import REPEATS, RepeatBox, SeriesBox
from visitor_register.gui.bookings.sealed_box import SealedBox
from visitor_register.gui.bookings.slots_box import SlotsBox
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.live_line import LiveLine
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.gui.widgets.tone import Tone
from visitor_register.gui.widgets.who_field import WhoField


class BookingForm(SidePanel):
    """Every field of a booking; Ctrl+S saves it, Esc empties it.

    Signals:
        discarded: Nothing of it is wanted.
    """

    discarded = Signal()

    def __init__(self, presenter: FormPresenter, parent: QWidget | None = None) -> None:
        super().__init__("New booking", parent=parent)
        self.presenter = presenter
        self._filling = False
        self.existing = CancelBox()
        self.passes = PassBox(presenter)
        self.who = WhoField()
        self.day, self.start, self.end = line_edit(longest=30), line_edit(longest=8), line_edit(longest=8)
        self.host, self.room = Chooser(editable=True, placeholder=""), Chooser(editable=True, placeholder="")
        self.place = Chooser([(words, place) for place, words in PLACES.items()])
        self.weeks = Chooser(REPEATS)
        self.told = Chooser([(words, told) for told, words in TOLD.items()])
        self.heard, self.note = line_edit(longest=30), line_edit()
        self.fields = {
            "who": self.who.field,
            "day": Field("Day", self.day),
            "start": Field("From", self.start),
            "end": Field("To", self.end),
            "host": Field("Here to see", self.host),
            "room": Field("Room", self.room),
            "place": Field("Where", self.place),
            "weeks": Field("Repeat", self.weeks),
            "told": Field("How we heard", self.told),
            "heard": Field("When we heard", self.heard),
            "note": Field("Note to the desk", self.note),
        }
        self.series, self.repeat, self.slots = SeriesBox(), RepeatBox(), SlotsBox(self.end)
        self.fields |= {"until": self.repeat.until, "times": self.repeat.times}
        self.not_at_school = PlainLabel(NOT_AT_SCHOOL, t="cap", ink="text", wrap=True)
        self.notice, self.clashes = Note(Tone.NEUTRAL, ""), Note(Tone.CHECK, "")
        self.live = LiveLine(self.notice, self._scroll.verticalScrollBar())
        self.each_day = KeyButton("Day by day", kind="chip", icon="calendar-days")
        self.why = PlainLabel(t="cap", wrap=True)
        self.sealed = SealedBox()
        self.history, self.not_seen = HistoryBox(presenter.history), NotSeenBox(presenter.not_seen)
        self.save_button = KeyButton("Save booking", icon="check", key="Ctrl+S", kind="primary", shortcut=True)
        self.discard = KeyButton("Discard")
        self._lay_out()
        self._connect()

    def typed(self) -> Content:
        """What stands in the form."""
        until, times = self.repeat.typed()
        return Content(
            guests=self.who.guests(),
            day=self.day.text(),
            start=self.start.text(),
            end=self.end.text(),
            here_to_see=self.host.value(),
            room=self.room.value(),
            place=self.place.value(),
            weeks=self.weeks.value(),
            until=until,
            times=times,
            told=self.told.value(),
            heard=self.heard.text(),
            note=self.note.text(),
            secrets=self.sealed.secrets(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is Discard, also where the panel stands beside the list."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self._discard()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.content.addWidget(self.series)
        self.content.addWidget(self.existing)
        self.content.addWidget(self.passes)
        self.content.addWidget(self.who)
        self._add_row(("day", "start", "end"), (9, 5, 5))
        self.content.addWidget(self.slots)
        self._add_row(("host", "room"))
        self._add_row(("told", "heard"))
        for part in (self.notice, self.each_day, self.why, self.clashes):
            self.content.addWidget(part)
        self._add_row(("place", "weeks"))
        for below in (self.not_at_school, self.repeat, self.sealed, self.fields["note"]):
            self.content.addWidget(below)
        self.content.setAlignment(self.each_day, Qt.AlignmentFlag.AlignLeft)
        for told in (self.not_seen, self.history):
            self.content.addWidget(told)
            told.unfolded.connect(self.reveal)
        self.content.addStretch(1)
        self.body.insertWidget(self.body.indexOf(self.foot), self.live)
        self.foot.addWidget(self.save_button, 1)
        self.foot.addWidget(self.discard)
        self.why.hide()

    def _add_row(self, names: Sequence[str], stretches: Sequence[int] = (1, 1)) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, stretch in zip(names, stretches, strict=True):
            row.addWidget(self.fields[name], stretch, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(row)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self._show)
        presenter.followed.connect(self._follow)
        presenter.found.connect(self.who.show_found)
        presenter.offered.connect(self._offer)
        presenter.told_wrong.connect(self._wrong)
        presenter.secrets_read.connect(self._show_secrets)
        self.who.search_wanted.connect(presenter.search)
        for line in (self.day, self.start, self.end, self.heard, self.note):
            line.textChanged.connect(self._typed)
        for chooser in (self.host, self.room):
            chooser.editTextChanged.connect(self._typed)
        for choice in (self.told, self.place, self.weeks):
            choice.chosen.connect(self._typed)
        self.repeat.changed.connect(self._typed)
        self.slots.pressed.connect(self._take_slot)
        presenter.asked.connect(self._ask)
        self.series.answered.connect(self._save_series)
        self.who.changed.connect(self._typed)
        self.sealed.changed.connect(self._typed)
        self.each_day.toggled.connect(self.why.setVisible)
        self.save_button.clicked.connect(self._save)
        self.discard.clicked.connect(self._discard)
        self.existing.copied.connect(presenter.copy)
        self.existing.missed.connect(presenter.did_not_come)
        self.existing.cancelled.connect(self._cancel)
        self.existing.passes_wanted.connect(self.passes.unfold)

    @Slot(object)
    def _show(self, form: FormShown) -> None:
        content = form.content
        hint = "" if form.existing else "or drop an invitation here"
        self.set_title(form.title, "one of a series" if form.series else hint)
        self.series.hide()
        # What is booked has its day; only what is new, or copied, can come back.
        self.fields["weeks"].setVisible(not form.existing)
        self.existing.setVisible(form.existing)
        # A pass is for the door of the school.
        self.existing.show_on(on=form.on, passes=self.passes.offered and content.place is Place.SCHOOL)
        self.passes.hide()
        self._fill(content)
        self.sealed.show_secrets(content.secrets, form.sealed)
        self.each_day.setChecked(False)

    def _fill(self, content: Content) -> None:
        # Each field tells of its own change; while all are filled, none is one.
        self._filling = True
        self.who.set_guests(content.guests)
        for line, text in (
            (self.day, content.day),
            (self.start, content.start),
            (self.end, content.end),
            (self.heard, content.heard),
            (self.note, content.note),
        ):
            line.setText(text)
            line.setCursorPosition(0)
        self.host.set_value(content.here_to_see)
        self.room.set_value(content.room)
        self.place.set_value(content.place)
        self.weeks.set_value(content.weeks)
        self.repeat.set_typed(content.until, content.times)
        self.told.set_value(content.told)
        self._filling = False
        self._fold()

    def _fold(self) -> None:
        self.not_at_school.setVisible(self.place.value() is not Place.SCHOOL)
        self.repeat.setVisible(bool(self.weeks.value()))

    @Slot(object)
    def _follow(self, said: Follows) -> None:
        if said.title and said.title != self.notice.title.text():
            announce(self.notice, said.title)
        self.notice.show_note(said.tone, said.title, said.text)
        self.notice.setVisible(bool(said.title))
        self.live.show_title(said.tone, said.title)
        self.each_day.setVisible(bool(said.why))
        self.why.setText(said.why)
        self.why.setVisible(bool(said.why) and self.each_day.isChecked())
        self.clashes.show_note(Tone.CHECK, "At the same time", said.clashes)
        self.clashes.setVisible(bool(said.clashes))
        self.sealed.show_short(short=said.short)
        self.slots.show_slots(said.lessons, said.slots)
        self.repeat.show_days(said.days, said.left_out)
        self.existing.show_later(say_later(said.later) if said.later else "")

    @Slot(object, object)
    def _offer(self, staff: Sequence[str], rooms: Sequence[str]) -> None:
        self._filling = True
        self.host.set_options([(name, name) for name in staff])
        self.room.set_options([(name, name) for name in rooms])
        self._filling = False

    @Slot(object)
    def _wrong(self, wrong: Mapping[str, str]) -> None:
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        first = next((field for name, field in self.fields.items() if name in wrong), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, str)
    def _show_secrets(self, secrets: Secrets, caption: str) -> None:
        self.sealed.show_secrets(secrets, caption)

    @Slot()
    def _typed(self) -> None:
        if not self._filling:
            self._fold()
            self.presenter.type(self.typed())

    @Slot(str, str)
    def _take_slot(self, start: str, end: str) -> None:
        self._filling = True
        self.start.setText(start)
        self.end.setText(end)
        self._filling = False
        self._typed()

    @Slot(str, str)
    def _ask(self, later: str, remarks: str) -> None:
        self.existing.fold()
        self.series.ask(later, remarks)
        self.reveal(self.series)

    @Slot(bool)
    def _save_series(self, later: bool) -> None:
        self.presenter.write(self.typed(), later=later)

    @Slot()
    def _save(self) -> None:
        self.presenter.save(self.typed())

    @Slot()
    def _discard(self) -> None:
        self.presenter.begin()
        self.close_panel()
        self.discarded.emit()

    @Slot(bool, str, bool)
    def _cancel(self, by_school: bool, why: str, later: bool) -> None:
        self.presenter.cancel(by_school=by_school, why=why, later=later)
