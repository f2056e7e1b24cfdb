"""The section of letters to the authority: the text each kind of message starts from, with its blanks explained."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit

from visitor_register.domain.letters import BLANKS, DEFAULTS, LetterKind, LetterText, names_a_child, unknown_blanks
from visitor_register.domain.policy import Letters
from visitor_register.gui import theme
from visitor_register.gui.settings.forms import FieldError, Form
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section, put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row

KINDS = {
    LetterKind.FRESH: "A new message",
    LetterKind.CHASE: "Chase: something is outstanding",
    LetterKind.ESCALATE: "Escalation",
    LetterKind.ALLOCATION: "Day of the allocation",
    LetterKind.CHART: "Up-to-date chart",
}
LONGEST_BODY = 4000
_ROW, _BODY_HEIGHT = 44, 220


class LettersSection(Section):
    """The kinds of message, and the text of the chosen one. What was typed in one stays while another is looked at."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "texts",
            "Letters to the authority",
            "What a message starts from. To and Cc come from the chart, and every message may be changed first.",
        )
        self._kind = LetterKind.FRESH
        self._texts: dict[str, str] = {}
        self.list = ListPanel("Kinds of message", row_height=_ROW)
        self.list.setFixedHeight(theme.current().px(_ROW) * len(KINDS) + 2)
        self.body_text = QPlainTextEdit()
        self.body_text.setTabChangesFocus(True)
        self.body_text.setMinimumHeight(theme.current().px(_BODY_HEIGHT))
        self.default = KeyButton("Back to our default", icon="undo-2")
        self.content.addWidget(self.list)
        self.content.addWidget(self.field("subject", "Subject"))
        self.content.addWidget(self.field("body", "Text", self.body_text))
        self.content.addWidget(PlainLabel("What may stand in braces", t="label"))
        self.content.addWidget(PlainLabel(blanks_explained(), t="cap", wrap=True))
        self.content.addStretch(1)
        self.foot.insertWidget(2, self.default)
        self.list.selected.connect(self.choose)
        self.default.clicked.connect(self._back_to_default)

    @property
    def kind(self) -> LetterKind:
        """The kind whose text is shown."""
        return self._kind

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """The texts of every kind, as they are in use."""
        found: dict[str, str] = {}
        for kind in KINDS:
            text = snapshot.policy.letters.text_for(kind)
            found |= {f"{kind}.subject": text.subject, f"{kind}.body": text.body}
        return found

    def form(self) -> dict[str, str]:
        """The texts of every kind, those of the shown one as they stand in the fields."""
        if not self._texts:
            return {}
        shown = super().form()
        return self._texts | {f"{self._kind}.{name}": text for name, text in shown.items()}

    def put_form(self, form: Mapping[str, str]) -> None:
        """Show these texts; they count as saved."""
        self._texts = dict(form)
        self._show()
        self.settle()

    def focus_first(self) -> None:
        """The kinds come first."""
        self.list.setFocus()

    @Slot(object)
    def choose(self, kind: LetterKind) -> None:
        """Show the text of another kind; what was typed in this one stays."""
        if not self._texts or kind is self._kind:
            return
        self._texts = self.form()
        self._kind = kind
        self._show()

    @Slot()
    def save(self) -> None:
        """Write those that differ from our defaults; a text that cannot be taken is shown with the reason."""
        form = self.form()
        for kind in KINDS:
            try:
                read_text(form, kind)
            except FieldError as error:
                self.choose(kind)
                self.presenter.refused.emit(self.key, error.field, str(error))
                return
        self.presenter.keep(self.key, read_texts, form, "Letters to the authority: saved.")

    def _show(self) -> None:
        self.list.set_rows([Row(kind, name, note=self._note(kind)) for kind, name in KINDS.items()])
        self.list.choose(self._kind)
        for control in self.controls.values():
            control.blockSignals(True)
        subject, body = (self._texts[f"{self._kind}.{name}"] for name in ("subject", "body"))
        put(self.controls["subject"], subject)
        put(self.body_text, body)
        for control in self.controls.values():
            control.blockSignals(False)
        for field in self.fields.values():
            field.set_error("")
        self._edited()

    def _note(self, kind: LetterKind) -> str:
        default = _default(kind)
        own = (self._texts[f"{kind}.subject"], self._texts[f"{kind}.body"]) != (default.subject, default.body)
        return "your own text" if own else ""

    @Slot()
    def _back_to_default(self) -> None:
        default = _default(self._kind)
        self._texts |= {f"{self._kind}.subject": default.subject, f"{self._kind}.body": default.body}
        self._show()


def blanks_explained() -> str:
    """Every blank with what takes its place, a line each."""
    return "\n".join(f"{{{blank}}}: {words}" for blank, words in BLANKS.items())


def read_texts(form: Form) -> Letters:
    """The texts that differ from our defaults.

    Raises:
        FieldError: a text is empty, has an unknown word in braces, or its subject would name a child.
    """
    texts = [read_text(form, kind) for kind in KINDS]
    return Letters(tuple(text for text in texts if text != _default(text.kind)))


def read_text(form: Form, kind: LetterKind) -> LetterText:
    """The text of one kind.

    Raises:
        FieldError: as `read_texts`.
    """
    subject, body = form[f"{kind}.subject"].strip(), form[f"{kind}.body"].rstrip()
    for field, text in (("subject", subject), ("body", body)):
        if not text.strip():
            raise FieldError(field, "Write something, or go back to our default.")
        if unknown := unknown_blanks(text):
            raise FieldError(field, f"Nothing takes the place of {{{unknown[0]}}}. What may stand in braces is below.")
    if child := names_a_child(subject):
        raise FieldError("subject", f"A subject never names a child: take {{{child[0]}}} out.")
    if len(body) > LONGEST_BODY:
        raise FieldError("body", f"This is more than {LONGEST_BODY} letters. A message says only what is needed.")
    return LetterText(kind, subject, body)


def _default(kind: LetterKind) -> LetterText:
    return next(text for text in DEFAULTS if text.kind is kind)
