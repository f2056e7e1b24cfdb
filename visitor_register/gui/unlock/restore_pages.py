"""The pages of restoring. Each shows what it is handed; what is right and wrong is the presenter's to say."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from visitor_register.domain import backup_words, calendar
from visitor_register.domain.people import Operator
from visitor_register.gui import theme
from visitor_register.gui.unlock.password_field import PasswordField
from visitor_register.gui.unlock.person_rows import ROLE_WORDS
from visitor_register.gui.unlock.steps import Page
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone
from visitor_register.persistence.restore import Outcome
from visitor_register.services.restoring import Found, Look

_ROW, _SHOWN = 56, 4
_CODE = ""
"""The value of the choice that is nobody's password."""
_CODE_HINT = "Spaces and small letters do not matter. There is no I, L, O, Q or U in it."
_RETURNED = "Look at Settings, People at once, and take off the list who should not be on it."
NO_BACKUPS = "No backup lies on this PC. Connect the disk they are on, and choose its folder."

Facts = Sequence[tuple[str, str]]


class FactsBox(WrappingFrame):
    """Facts in two columns: what, and how it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 14, 10)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Facts) -> None:
        """Show these; the ones before are gone."""
        while (item := self._grid.takeAt(0)) is not None:
            if (label := item.widget()) is not None:
                label.setParent(None)
                label.deleteLater()
        for row, (name, words) in enumerate(facts):
            self._grid.addWidget(PlainLabel(name, t="label"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(PlainLabel(words, wrap=True), row, 1)
        self.setAccessibleName(". ".join(f"{name}: {words}" for name, words in facts))
        self.keep_height()


class ChoosePage(Page):
    """Which backup: those of this PC and of the second place, or of a folder.

    Signals:
        chosen: The path of a backup.
        folder_wanted: Another folder is to be looked into.
    """

    chosen = Signal(object)
    folder_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            "Restore a backup",
            "The register is put back as it was when the backup was made. What lies here now is put aside for a "
            "month. The newest backup is at the top.",
            "Use this one",
        )
        self.list = ListPanel("Backups", row_height=_ROW, empty=NO_BACKUPS)
        self.other = KeyButton("Look in another folder", icon="search")
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        self.list.activated_row.connect(self.chosen)
        self.other.clicked.connect(self.folder_wanted)
        self._fit()

    def first(self) -> QWidget:
        """The newest one, or the way to others."""
        return self.list if self.list.rows else self.other

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "other"):
            self._fit()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show these backups; the newest is chosen until somebody chooses."""
        self.list.set_rows([_row(one) for one in found])
        if found and self.list.current_key() is None:
            self.list.choose(found[0].backup.path)

    def current(self) -> Path | None:
        """The backup one stands on."""
        key = self.list.current_key()
        return key if isinstance(key, Path) else None

    def _fit(self) -> None:
        self.list.setMinimumHeight(theme.current().px(_ROW) * 2)


class OpenPage(Page):
    """What opens it: somebody's password of that time, or the recovery code."""

    def __init__(self) -> None:
        super().__init__(
            "What opens the backup?",
            "The password the DSL or the head had when it was made, or the recovery code from the school safe.",
            "Try this backup",
        )
        self.which = PlainLabel(t="strong", wrap=True)
        self.who = Chooser([])
        self.secret = PasswordField("Password")
        self.fields["who"] = Field("Open it with", self.who)
        self.fields["secret"] = self.secret.field
        self.hint = PlainLabel(t="cap", wrap=True)
        for widget in (self.which, self.fields["who"], self.secret, self.hint):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.who.currentIndexChanged.connect(self._chosen)
        self.secret.entered.connect(self.entered)

    def first(self) -> QWidget:
        """What is to be typed."""
        return self.secret.edit

    def offer(self, keepers: Sequence[Operator]) -> None:
        """Who could open it."""
        people: list[tuple[str, object]] = [
            (f"Password of {one.name}, {ROLE_WORDS[one.role]}", one.id) for one in keepers
        ]
        self.who.set_options([*people, ("The recovery code", _CODE)])
        self.who.setCurrentIndex(0)
        self._chosen()

    def asks_code(self) -> bool:
        """Whether the recovery code is asked for, and no password."""
        return bool(self.who.value() == _CODE)

    @Slot()
    def _chosen(self) -> None:
        by_code = self.asks_code()
        self.secret.field.label.setText("Recovery code" if by_code else "Password")
        self.secret.edit.setAccessibleName("Recovery code" if by_code else "Password")
        self.secret.clear()
        self.secret.show_password(by_code)
        self.hint.setText(_CODE_HINT if by_code else "")


class CheckedPage(Page):
    """What the try showed, and the new password that the recovery code asks for."""

    def __init__(self) -> None:
        super().__init__(
            "This backup can be relied on",
            "Every line in it was read and proved. Nothing has been changed yet.",
            "Restore it",
        )
        self.facts = FactsBox()
        self.who = Chooser([])
        self.password = PasswordField("New password, at least 8 characters")
        self.again = PasswordField("The same password again", eye=False)
        self.fields["new_for"] = Field("New password for", self.who)
        self.fields["password"] = self.password.field
        self.fields["again"] = self.again.field
        for widget in (self.facts, self.fields["new_for"], self.password, self.again):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        for field in (self.password, self.again):
            field.entered.connect(self.entered)
        self.password.shown_changed.connect(self.again.show_password)
        self.setTabOrder(self.password.edit, self.again.edit)
        self.setTabOrder(self.again.edit, self.password.eye)

    def first(self) -> QWidget:
        """The password where one is asked for; else the page, on which Enter is no button's."""
        return self.password.edit if not self.password.isHidden() else self

    def show_look(self, look: Look, keepers: Sequence[Operator], *, new_password: bool) -> None:
        """Show what a try came to; the password is asked for only where nobody's is known."""
        self.facts.show_facts(_look_facts(look))
        self.who.set_options([(f"{one.name}, {ROLE_WORDS[one.role]}", one.id) for one in keepers])
        self.who.setCurrentIndex(0)
        for widget in (self.fields["new_for"], self.password, self.again):
            widget.setVisible(new_password)


class DonePage(Page):
    """It is restored."""

    def __init__(self) -> None:
        super().__init__(
            "The register is restored",
            "Everybody signs in again. Take the paper sheets, and add who came and left since.",
            "Sign in",
        )
        self.facts = FactsBox()
        self.returned = Note(Tone.CHECK, "")
        self.returned.hide()
        self.column.addWidget(self.facts)
        self.column.addWidget(self.returned)
        self.column.addStretch(1)

    def show_outcome(self, outcome: Outcome) -> None:
        """Say what was done, and who came back with it who had been taken off the list since."""
        self.facts.show_facts(_outcome_facts(outcome))
        names = backup_words.listed([one.name for one in outcome.returned])
        self.returned.show_note(Tone.CHECK, f"Rights that were taken away since count again: {names}.", _RETURNED)
        self.returned.setVisible(bool(names))


def _row(found: Found) -> Row:
    one = found.backup
    older = backup_words.dsl_part(one.made_at, one.dsl_made_at, is_older=one.manifest.dsl_is_older)
    second = " · ".join(part for part in (found.where.value, backup_words.size(one.size), older) if part)
    return Row(one.path, backup_words.moment(one.made_at), second, note=backup_words.counted(one.entries, "line"))


def _look_facts(look: Look) -> Facts:
    lines = backup_words.counted(look.trial.entries, "line")
    facts = [("It holds", f"{lines} until {backup_words.moment(look.made_at)}, all proved")]
    if older := backup_words.dsl_part(look.made_at, look.dsl_made_at, is_older=look.dsl_is_older):
        facts.append(("DSL's part", "none: an empty one is made" if look.dsl_made_at is None else older))
    if look.newer_here:
        since = backup_words.counted(look.newer_here, "line")
        facts.append(("Not in it", f"{since} written since, to be added from paper"))
    if look.trial.erased_again:
        facts.append(("Erased again", f"{backup_words.counted(look.trial.erased_again, 'line')} erased since"))
    if words := look.trial.proofs.get("desk"):
        facts.append(("Its words", f"{words}; compare them with a sheet that was printed then"))
    facts.append(("Can sign in", backup_words.listed([one.name for one in look.people])))
    aside = "is put aside in a folder beside it, for a month" if look.is_here else "does not exist yet"
    facts.append(("What lies here", aside))
    return facts


def _outcome_facts(outcome: Outcome) -> Facts:
    lines = backup_words.counted(outcome.entries, "line")
    facts = [("As it was on", f"{backup_words.moment(outcome.made_at)}, {lines}, all as they were written")]
    if outcome.dsl_made_at is None:
        facts.append(("DSL's part", "the backup held none: an empty one was made"))
    elif outcome.dsl_is_older:
        facts.append(("DSL's part", f"as it was on {backup_words.moment(outcome.dsl_made_at)}"))
    if outcome.erased_again:
        facts.append(("Erased again", f"{backup_words.counted(outcome.erased_again, 'line')} erased since"))
    if outcome.aside is not None:
        until = f" until {calendar.say_date(outcome.aside_until)}" if outcome.aside_until else ""
        facts.append(("Put aside", f"the register from before, in “{outcome.aside.name}”{until}"))
    return facts
