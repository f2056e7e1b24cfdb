"""The section of the times of a school day: lessons, breaks and lunch, by which lesson time missed is counted."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from visitor_register.domain.policy import DaySlot, SchoolTimes
from visitor_register.gui.settings import calendar_forms
from visitor_register.gui.settings.calendar_list import KeptList
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Shape, Tone

_LESSON = "on"


class TimesSection(KeptList):
    """The parts of a day in their order, and a form for one of them."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "times",
            "Lesson times",
            "Lessons, breaks and lunch. A booking says how much of a lesson a child would miss, and offers the "
            "times that are none.",
            save="Add time",
            form_title="Add a time",
            empty="No lesson times yet",
        )
        self._times = SchoolTimes()
        self.lesson = QCheckBox("It is a lesson")
        self.form_lines.addWidget(self.field("name", "Name", line_edit(longest=40)))
        self.add_row(self.field("starts", "From"), self.field("ends", "To"), into=self.form_lines)
        self.watch("lesson", self.lesson)
        self.form_lines.addWidget(self.lesson)

    def blank(self) -> dict[str, str]:
        """Most of a day is lessons."""
        return super().blank() | {"lesson": _LESSON}

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """An empty form."""
        return self.blank()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the day."""
        self._times = snapshot.policy.times
        self.list.set_rows([_row(slot, change=self.presenter.leads()) for slot in self._times.slots])
        super().show_snapshot(snapshot)

    @Slot(object)
    def act(self, key: Any) -> None:
        """Put a slot into the form."""
        if not self.presenter.leads():
            return
        self.clear_form()
        form = {"name": key.name, "starts": f"{key.starts:%H:%M}", "ends": f"{key.ends:%H:%M}"}
        for name, text in (form | {"lesson": _LESSON if key.lesson else ""}).items():
            put(self.controls[name], text)
        self.begin_change(key, f"Change {key.name}", "Save time")

    @Slot()
    def save(self) -> None:
        """Write the day with what the form says."""
        form = self.form()
        read = partial(calendar_forms.times_with, kept=self._times, changed=self.change)
        self.presenter.keep(self.key, read, form, f"{form['name'].strip()}: saved.")

    def asked(self) -> str:
        """Name what would go."""
        return f"Is {self.change.name}, {self.change.starts:%H:%M} to {self.change.ends:%H:%M}, no part of the day?"

    def take_away(self) -> None:
        """Write the day without it."""
        gone: DaySlot = self.change
        left = SchoolTimes(tuple(slot for slot in self._times.slots if slot != gone))
        self.presenter.keep(self.key, lambda _form: left, {}, f"{gone.name}: taken off.")


def _row(slot: DaySlot, *, change: bool) -> Row:
    return Row(
        slot,
        slot.name,
        f"{slot.starts:%H:%M} to {slot.ends:%H:%M}",
        pill=PillSpec("Lesson", Tone.HERE, Shape.RUNNING) if slot.lesson else PillSpec("No lesson", Tone.NEUTRAL),
        action="Change" if change else "",
    )
