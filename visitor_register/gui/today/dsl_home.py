"""The DSL's home: what waits, as buttons that lead there, and the page for discussions to follow up."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain import calendar
from visitor_register.gui.today.dsl_home_presenter import DslHomePresenter
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.tone import Tone
from visitor_register.gui.widgets.wrap_box import WrapBox
from visitor_register.services.dsl_home import FollowUp, Home

QUIET = "No deadline is overdue or due today."
_LEADS = {"overdue": "contacts", "today": "contacts", "letters": "letters", "chart": "chart"}


class DslHome(QWidget):
    """One button for each number that is not nought; the age of the chart is always there.

    Signals:
        to_list: Go to the arrivals to review.
        to_follow_ups: Go to the discussions to follow up.
    """

    to_list = Signal()
    to_follow_ups = Signal()

    def __init__(self, presenter: DslHomePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quiet = PlainLabel(QUIET, t="cap")
        self.buttons = {
            key: KeyButton(kind="chip") for key in ("overdue", "today", "review", "letters", "chart", "follow_ups")
        }
        for button in self.buttons.values():
            # Low like a chip, and nothing that stays pressed.
            button.setCheckable(False)
        self._wrap = WrapBox()
        self._wrap.set_parts(list(self.buttons.values()))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        column.addWidget(self.quiet)
        column.addWidget(self._wrap)
        for key, place in _LEADS.items():
            self.buttons[key].clicked.connect(partial(presenter.wanted.emit, place))
        self.buttons["review"].clicked.connect(self.to_list)
        self.buttons["follow_ups"].clicked.connect(self.to_follow_ups)
        presenter.counted.connect(self.show_home)
        self.show_home(None)

    @Slot(object)
    def show_home(self, home: Home | None) -> None:
        """Show the numbers; None leaves nothing of them."""
        said = {} if home is None else _words(home)
        for key, button in self.buttons.items():
            text, tone = said.get(key, ("", None))
            button.setText(text)
            button.set_tone(tone)
        self._wrap.show_only([button for key, button in self.buttons.items() if key in said])
        self.quiet.setVisible(home is not None and not said.keys() & {"overdue", "today"})


class FollowUpPage(QWidget):
    """Discussions of education without the school, and how the chosen one was followed up.

    Signals:
        left: Back to the list of arrivals.
    """

    left = Signal()

    def __init__(self, presenter: DslHomePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._found: dict[UUID, FollowUp] = {}
        self._chosen: UUID | None = None
        self.list = ListPanel("To follow up", empty="Nothing to follow up")
        self.told = PlainLabel(wrap=True)
        self._page = Scrolling(self.told)
        self.note = line_edit(longest=1000)
        self.field = Field("How it was followed up", self.note)
        self.save_button = KeyButton("Followed up", icon="check", key="Ctrl+S")
        self.back = KeyButton("Back", key="Esc")
        foot = QHBoxLayout()
        foot.addWidget(self.save_button, 1)
        foot.addWidget(self.back)
        below = QVBoxLayout()
        below.setContentsMargins(14, 8, 8, 12)
        below.setSpacing(6)
        below.addWidget(self._page, 1)
        below.addWidget(self.field)
        below.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        why = PlainLabel("Education was discussed without the school:", t="cap", wrap=True)
        why.setContentsMargins(15, 8, 8, 6)
        column.addWidget(why)
        column.addWidget(self.list, 1)
        column.addLayout(below, 1)
        self.setFocusProxy(self.list)
        self.list.selected.connect(self._choose)
        self.list.activated_row.connect(self._enter)
        self.note.returnPressed.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.back.clicked.connect(self.left)
        presenter.counted.connect(self._show)
        presenter.wrong.connect(self._say_wrong)
        presenter.followed.connect(self._clear)

    @Slot()
    def save(self) -> None:
        """Write down how the chosen one was followed up."""
        if self._chosen is not None:
            self._presenter.follow_up(self._found[self._chosen], self.note.text())

    @Slot(object)
    def _show(self, home: Home | None) -> None:
        self._found = {} if home is None else {one.about: one for one in home.follow_ups}
        self.list.set_rows(_rows(list(self._found.values())))
        if home is None:
            self._clear()
        if self._chosen not in self._found:
            self._choose(next(iter(self._found), None))
            self.list.choose(self._chosen)

    @Slot(object)
    def _choose(self, about: UUID | None) -> None:
        if about != self._chosen:
            self._clear()
        self._chosen = about
        one = self._found.get(about) if about else None
        parts = () if one is None else (one.summary, one.commitments and f"Promised: {one.commitments}")
        self.told.setText("\n".join(part for part in parts if part))
        for part in (self.field, self.save_button):
            part.setEnabled(one is not None)

    @Slot(object)
    def _enter(self, _about: object) -> None:
        self.note.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _say_wrong(self, sentence: str) -> None:
        self.field.set_error(sentence)
        self.note.setFocus(Qt.FocusReason.TabFocusReason)
        announce(self.field, sentence, urgent=True)

    @Slot()
    def _clear(self) -> None:
        self.note.clear()
        self.field.set_error("")


def _words(home: Home) -> dict[str, tuple[str, Tone | None]]:
    """The words and the shape of each number that is not nought."""
    said: dict[str, tuple[str, Tone | None]] = {
        "overdue": (f"Overdue {home.overdue}" if home.overdue else "", Tone.NOT_KNOWN),
        "today": (f"Due today {home.due_today}" if home.due_today else "", Tone.CHECK),
        "review": (f"To review {home.to_review}" if home.to_review else "", None),
        "letters": (f"Letters due for review {home.letters}" if home.letters else "", Tone.CHECK),
        "follow_ups": (f"To follow up {home.to_follow_up}" if home.to_follow_up else "", Tone.CHECK),
        "chart": _chart(home),
    }
    return {key: words for key, words in said.items() if words[0]}


def _chart(home: Home) -> tuple[str, Tone | None]:
    age = home.chart
    if age is None:
        return "No chart yet", Tone.CHECK
    tone = Tone.NOT_KNOWN if age.very_old else Tone.CHECK if age.old else None
    return f"Chart {'1 day' if age.days == 1 else f'{age.days} days'} old", tone


def _rows(found: Sequence[FollowUp]) -> list[Row]:
    return [
        Row(
            one.about,
            one.name or "Name erased",
            " · ".join(
                part
                for part in (calendar.say_date(calendar.london_date(one.at)) if one.at else "", one.child_reference)
                if part
            ),
            action="Write",
        )
        for one in found
    ]
