"""The section of published numbers: what may be rung, and where each was found."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot

from visitor_register.domain.assurance import PublishedNumber
from visitor_register.gui.settings.forms import write_day
from visitor_register.gui.settings.list_section import ListSection, Question
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone


class NumberSection(ListSection):
    """The list with "please confirm", and a form that asks for the source."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "numbers",
            "Published numbers",
            "Rung for a call-back when the chart gives no number. Never taken from a badge or from the visitor.",
            save="Add number",
            form_title="Add a number",
            empty="No number yet",
            question=Question("Take it off the list", "Keep it", reason="Why"),
        )
        self._numbers: dict[Any, PublishedNumber] = {}
        self._today = ""
        self.withdraw = KeyButton("Withdraw", kind="danger")
        self.withdraw.hide()
        self.foot.addWidget(self.withdraw)
        self.add_row(self.field("body", "Whose number"), self.field("number", "Number"))
        self.add_row(self.field("hours", "When it is answered"), self.field("on", "Found on"))
        self.content.addWidget(self.field("where", "Where it is published"))
        self.content.addStretch(1)
        self.withdraw.clicked.connect(self._ask)
        self.question.agreed.connect(self._withdraw)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """An empty form; the day is today."""
        return self.blank()

    def blank(self) -> dict[str, str]:
        """A new number is mostly found today."""
        return super().blank() | {"on": self._today}

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the list."""
        self._today = write_day(snapshot.today)
        self._numbers = {number.id: number for number in snapshot.numbers}
        self.list.set_rows([_row(number) for number in snapshot.numbers])
        self.fit_list()
        super().show_snapshot(snapshot)

    @Slot()
    def save(self) -> None:
        """Add, or confirm."""
        self.presenter.save_number(self.form(), self.change)

    @Slot(object)
    def act(self, key: Any) -> None:
        """Put a number into the form: where it was found is asked anew."""
        number = self._numbers[key]
        self.clear_form()
        verb = "Change" if number.confirmed else "Confirm"
        self.begin_change(key, f"{verb} {number.body}", "Save number")
        self.withdraw.show()
        for name, text in {"body": number.body, "number": number.number, "hours": number.hours}.items():
            put(self.controls[name], text)
        self.area.ensureWidgetVisible(self.fields["where"])
        self.fields["where"].setFocus()

    @Slot()
    def clear_form(self) -> None:
        """An empty form; there is nothing to withdraw."""
        self.withdraw.hide()
        super().clear_form()

    @Slot()
    def _ask(self) -> None:
        number = self._numbers[self.change]
        self.question.ask(f"Is {number.body}, {number.number}, not to be rung any more? It stays on record.")
        self.area.ensureWidgetVisible(self.question)

    @Slot(str)
    def _withdraw(self, reason: str) -> None:
        self.presenter.withdraw_number(self.change, reason)


def _row(number: PublishedNumber) -> Row:
    found = f"{number.found_where}, {write_day(number.found_on)}" if number.found_on else number.found_where
    return Row(
        number.id,
        # The number first: the end is what gives way in a narrow row.
        f"{number.number}  {number.body}",
        " · ".join(part for part in (number.hours, found) if part),
        pill=None if number.confirmed else PillSpec("Please confirm", Tone.CHECK),
        action="Change" if number.confirmed else "Confirm",
    )
