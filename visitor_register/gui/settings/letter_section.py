"""The section of letters of assurance: references to letters on file, with the day each is to be reviewed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Slot

from visitor_register.domain.assurance import Letter
from visitor_register.gui.settings.entries import a_year_later
from visitor_register.gui.settings.forms import FieldError, read_day, write_day
from visitor_register.gui.settings.list_section import ListSection, Question
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import get, put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone

_SOON = timedelta(days=30)


class LetterSection(ListSection):
    """The letters on file, and a form for another."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "letters",
            "Letters of assurance",
            "An employer's letter that its staff are checked. Only the reference stands here, never a copy and "
            "never a certificate number.",
            save="Note letter",
            form_title="Note another letter",
            empty="No letter yet",
            question=Question("Take it out of use", "Keep it"),
        )
        self._letters: dict[Any, Letter] = {}
        self._replaced: Any = None
        self.add_row(self.field("authority", "Authority or employer"), self.field("role", "Signed by, their role"))
        self.add_row(self.field("dated", "Date of the letter"), self.field("review", "Review on"))
        self.add_row(self.field("groups", "Staff it covers"), self.field("where", "Where it is filed"))
        self.content.addStretch(1)
        dated = self.fields["dated"].control
        dated.editingFinished.connect(self._propose_review)  # type: ignore[attr-defined]
        self.question.agreed.connect(self._replace)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """An empty form."""
        return self.blank()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the list, those due for review in words and a shape."""
        self._letters = {letter.id: letter for letter in snapshot.letters}
        self.list.set_rows([_row(letter, snapshot.today) for letter in snapshot.letters])
        self.fit_list()
        super().show_snapshot(snapshot)

    @Slot()
    def save(self) -> None:
        """Note a letter."""
        self.presenter.file_letter(self.form())

    @Slot(object)
    def act(self, key: Any) -> None:
        """Ask before a letter goes out of use."""
        self._replaced = key
        letter = self._letters[key]
        self.question.ask(
            f"Does another letter take the place of that of {letter.authority}, {write_day(letter.dated)}? "
            "It stays on record."
        )

    @Slot()
    def _propose_review(self) -> None:
        review = self.controls["review"]
        if get(review):
            return
        try:
            put(review, write_day(a_year_later(read_day(self.form(), "dated"))))
        except FieldError:
            # Said when it is saved, not while somebody is still typing.
            return

    @Slot(str)
    def _replace(self, _reason: str) -> None:
        self.presenter.replace_letter(self._replaced)


def _row(letter: Letter, today: date) -> Row:
    second = " · ".join(
        part
        for part in (f"dated {write_day(letter.dated)}", letter.signatory_role, letter.groups, letter.filed_where)
        if part
    )
    pill, note = None, f"review {write_day(letter.review_on)}"
    if letter.review_on < today:
        pill = PillSpec("Review overdue", Tone.NOT_KNOWN)
    elif letter.review_on - today <= _SOON:
        pill = PillSpec("Review due soon", Tone.CHECK)
    return Row(letter.id, letter.authority, second, pill=pill, note=note, action="Replaced")
