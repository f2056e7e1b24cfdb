"""The fields of a letter to the authority: whom it goes to, who is copied, its text, and what the list says of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from visitor_register.domain.people import Person
from visitor_register.gui import metrics, theme
from visitor_register.gui.contacts.choice_row import ChoiceRow
from visitor_register.gui.contacts.write_state import Draft, Form
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services import writing
from visitor_register.services.writing import Letter

_ROW, _SHOWN, _TEXT_HEIGHT = 56, 3, 220
_LONGEST_LINE, _LONGEST_ADDRESSES = 200, 1000
_FRESH_ONLY = "A new message, never a forwarded chain: only what they need to know."
_NOBODY = "Nobody"


class LetterForm(QWidget):
    """A letter as it would go. Everything in it may be changed before.

    Signals:
        search_wanted: Find people by this; answer with `show_found`.
        person_wanted: It goes to somebody else (a UUID).
        reference_changed: It is about another child.
    """

    search_wanted = Signal(str)
    person_wanted = Signal(object)
    reference_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter: Letter | None = None
        self._found: tuple[Person, ...] = ()
        self._people: dict[UUID, Person] = {}
        self._reference = ""
        self.who = PlainLabel(t="strong", wrap=True)
        self.job = PlainLabel(t="cap", wrap=True)
        self.another = KeyButton("Change", icon="pencil", kind="ghost", name="Write to somebody else")
        self.search = SearchField("Two letters of a name", kind="search")
        self.found = ListPanel("People found", row_height=_ROW)
        self.to = line_edit(longest=_LONGEST_ADDRESSES)
        self.copied = Chooser(placeholder=_NOBODY)
        self.cc = line_edit(longest=_LONGEST_ADDRESSES)
        self.warnings = Note(Tone.CHECK, "")
        self.reference = line_edit()
        self.subject, self.text = line_edit(longest=_LONGEST_LINE), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.current().px(_TEXT_HEIGHT))
        self.summary = line_edit(longest=_LONGEST_LINE)
        self.asks = ChoiceRow([("Yes, a deadline starts", True), ("No", False)])
        self.fields = {
            "who": Field("To", self.search),
            "to": Field("To, e-mail address", self.to),
            "copied": Field("Copied in, from the chart", self.copied),
            "cc": Field("Cc, e-mail address", self.cc),
            "reference": Field("Child reference: in the text, never in the subject", self.reference),
            "subject": Field("Subject", self.subject),
            "text": Field("Text", self.text),
            "summary": Field("What it is about, for the list of contacts", self.summary),
            "asks": Field("Does it ask for an answer?", self.asks),
        }
        self.chart = KeyButton("Ask for an up-to-date chart", icon="network")
        self.log = KeyButton("Log as sent", icon="check")
        self.copy_buttons = {name: KeyButton(name, name=f"Copy {name}") for name in ("To", "Cc", "Subject", "Text")}
        self.said = PlainLabel(_FRESH_ONLY, t="cap", wrap=True)
        self._rest = QWidget()
        self._lay_out()
        self.another.clicked.connect(self._ask_who)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._enter)
        self.found.activated_row.connect(self._picked)
        self.copied.chosen.connect(self._copy_in)
        self.reference.editingFinished.connect(self._reference_typed)
        for button in self.copy_buttons.values():
            button.clicked.connect(self._copy)

    def show_draft(self, draft: Draft) -> None:
        """Show a letter; of one that was begun before only what a person did not write."""
        letter, fresh = draft.letter, self._letter is None
        self._letter = letter
        self._rest.setVisible(letter is not None)
        self.search.clear()
        self._show_found(())
        self._offer_search()
        if letter is None:
            return
        if fresh:
            self.summary.setText(draft.begun.summary)
            self.asks.set_value(draft.begun.asks_reply)
        self._show_people(letter)
        if not draft.kept:
            self.subject.setText(letter.subject)
            self.subject.setCursorPosition(0)
            self.text.setPlainText(letter.text)
        self._reference = draft.begun.child_reference
        self.reference.setText(self._reference)
        self.show_wrong({})
        lines = draft.warnings
        self.warnings.show_note(Tone.CHECK, "Before you send it", "\n".join(lines))
        self.warnings.setVisible(bool(lines))
        self.said.setText(_FRESH_ONLY)

    def forget(self) -> None:
        """Nothing of a letter stays in the fields."""
        self._letter = None
        for line in (self.to, self.cc, self.reference, self.subject, self.summary, self.search):
            line.clear()
        self.text.clear()
        self.text.document().clearUndoRedoStacks()
        self.copied.set_options(())
        self.asks.set_value(None)
        for label in (self.who, self.job):
            label.setText("")
        self.warnings.hide()
        self._show_found(())

    def form(self) -> Form:
        """The letter as it stands."""
        return Form(
            to=self.to.text(),
            cc=self.cc.text(),
            subject=self.subject.text(),
            text=self.text.toPlainText(),
            child_reference=self.reference.text(),
            summary=self.summary.text(),
            asks_reply=self.asks.value(),
        )

    def show_found(self, text: str, people: Sequence[Person]) -> None:
        """Offer the people found; an answer to what stands there no longer is dropped."""
        if text == self.search.text():
            self._show_found(people)

    def show_wrong(self, wrong: Mapping[str, str]) -> QWidget | None:
        """Say what to write instead; returns the first field that is wrong."""
        first = None
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
            first = first or (field if name in wrong else None)
        return first

    def focus_first(self) -> None:
        """Give the keyboard to what is wanted first: a name, else the text."""
        wanted = self.search if self._letter is None else self.text
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        column, rest = QVBoxLayout(self), QVBoxLayout(self._rest)
        for box in (column, rest):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(metrics.FIELD_GAP)
        whom, head = QVBoxLayout(), QHBoxLayout()
        whom.setSpacing(2)
        for label in (self.who, self.job):
            whom.addWidget(label)
        head.addLayout(whom, 1)
        head.addWidget(self.another)
        column.addLayout(head)
        for part in (self.fields["who"], self.found):
            column.addWidget(part)
        column.addWidget(self.chart, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._rest)
        for name in ("to", "copied", "cc"):
            rest.addWidget(self.fields[name])
        rest.addWidget(self.warnings)
        for name in ("subject", "text"):
            rest.addWidget(self.fields[name])
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(PlainLabel("Copy", t="label"))
        for button in self.copy_buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        rest.addLayout(row)
        rest.addWidget(self.said)
        for name in ("reference", "summary", "asks"):
            rest.addWidget(self.fields[name])
        rest.addWidget(self.log, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_people(self, letter: Letter) -> None:
        somebody = letter.person
        self.who.setText(somebody.name)
        self.job.setText(" · ".join(filter(None, (somebody.job_title, somebody.team or somebody.organisation))))
        options = [(f"{one.person.name}, {one.title}", one.person.id) for one in letter.above]
        known = {value for _, value in options}
        if letter.copied is not None and letter.copied.id not in known:
            options.insert(0, (letter.copied.name, letter.copied.id))
        self._people = {one.person.id: one.person for one in letter.above}
        if letter.copied is not None:
            self._people[letter.copied.id] = letter.copied
        self.copied.set_options([*options, (_NOBODY, None)])
        self.copied.set_value(letter.copied.id if letter.copied is not None else None)
        for line, text in ((self.to, letter.to), (self.cc, letter.cc)):
            line.setText(text)
            line.setCursorPosition(0)

    def _offer_search(self) -> None:
        """Whom it goes to is asked first; afterwards only on wish."""
        asked = self._letter is None
        for wanted in (self.fields["who"], self.chart):
            wanted.setVisible(asked)
        for known in (self.who, self.job, self.another):
            known.setVisible(not asked)

    @Slot()
    def _ask_who(self) -> None:
        self.fields["who"].show()
        self.another.hide()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_found(self, people: Sequence[Person]) -> None:
        self._found = tuple(people)
        rows = [
            Row(number, one.name, " · ".join(filter(None, (one.job_title, one.team))), action="Choose")
            for number, one in enumerate(self._found)
        ]
        self.found.set_rows(rows)
        self.found.setFixedHeight(theme.current().px(_ROW) * min(_SHOWN, len(rows)) + 2)
        self.found.setVisible(bool(rows))

    @Slot(str)
    def _search(self, text: str) -> None:
        if len(text.strip()) > 1:
            self.search_wanted.emit(text)
        else:
            self._show_found(())

    @Slot()
    def _enter(self) -> None:
        """Take the only one that was found; among several the list decides."""
        if len(self._found) == 1:
            self._picked(0)
        elif self._found:
            self.found.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _picked(self, number: int) -> None:
        self.person_wanted.emit(self._found[number].id)

    @Slot(object)
    def _copy_in(self, identity: UUID | None) -> None:
        somebody = self._people[identity] if identity is not None else None
        found = writing.address(somebody) if somebody is not None else ""
        self.cc.setText(found)
        unknown = somebody is not None and not found
        self.fields["cc"].set_error(f"No e-mail address of {somebody.name} is known." if somebody and unknown else "")

    @Slot()
    def _reference_typed(self) -> None:
        if self.reference.text().strip() != self._reference:
            self._reference = self.reference.text().strip()
            self.reference_changed.emit()

    @Slot()
    def _copy(self) -> None:
        name = next(name for name, button in self.copy_buttons.items() if button is self.sender())
        form = self.form()
        said = {"To": form.to, "Cc": form.cc, "Subject": form.subject, "Text": form.text}[name]
        QGuiApplication.clipboard().setText(said)
        self.said.setText(f"{name} is copied. When you have sent it, press “Log as sent”.")
