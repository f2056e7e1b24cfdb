"""The sections about how visitors walk through the building, and what they are asked to read."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QGridLayout

from visitor_register.domain.policy import Lanyards
from visitor_register.domain.verification import Supervision
from visitor_register.gui import metrics, theme, wording
from visitor_register.gui.settings.forms import LONGEST_WORD
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.school_sections import PolicySection, text_box
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.plain_label import PlainLabel

_COLOURS = (
    ("Green", "#0B5A2B"),
    ("Yellow", "#F5AE0A"),
    ("Red", "#931313"),
    ("Blue", "#0A4583"),
    ("Purple", "#5B2A86"),
    ("Orange", "#C75B00"),
    ("White", "#FFFFFF"),
    ("Black", "#000000"),
)
_WALKS = (
    Supervision.UNESCORTED,
    Supervision.ESCORTED,
    Supervision.STAFF_IN_ROOM,
    Supervision.WITH_STAFF,
    Supervision.DSL,
)


def swatch(colour: str) -> QIcon:
    """A lanyard's colour as a small square with an outline."""
    side = theme.current().px(18)
    made = QPixmap(QSize(side, side))
    made.fill(QColor(colour))
    painter = QPainter(made)
    painter.setPen(theme.current().color("control"))
    painter.drawRect(0, 0, side - 1, side - 1)
    painter.end()
    return QIcon(made)


class ColourChooser(Chooser):
    """The name of a colour, with the colour beside it. A colour of another program is kept."""

    def __init__(self) -> None:
        super().__init__(_COLOURS)
        self._paint()

    def set_value(self, value: object) -> None:
        """Show this colour, also when it is none of ours."""
        if isinstance(value, str) and value and self.findData(value) < 0:
            self.add_option("Other", value)
            self._paint()
        super().set_value(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A styled chooser leaves the picture of its choice away: draw it before the arrow."""
        super().paintEvent(event)
        side = theme.current().px(18)
        left = self.width() - theme.current().px(34) - side
        painter = QPainter(self)
        self.itemIcon(self.currentIndex()).paint(painter, QRect(left, (self.height() - side) // 2, side, side))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint()

    def _paint(self) -> None:
        for number in range(self.count()):
            self.setItemIcon(number, swatch(str(self.option_value(number))))


class LanyardSection(PolicySection):
    """A word and a colour for every kind of supervision."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "lanyards",
            "Lanyards",
            "The word is what counts: it is said, printed and read aloud. The colour helps those who see it.",
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.CARD_GAP)
        grid.setVerticalSpacing(metrics.FIELD_GAP)
        for column, (title, stretch) in enumerate((("How they walk", 1), ("Word", 1), ("Colour", 1))):
            grid.addWidget(PlainLabel(title, t="capb"), 0, column)
            grid.setColumnStretch(column, stretch)
        for row, lanyard in enumerate(Lanyards().words, 1):
            kind = lanyard.supervision
            words = wording.SUPERVISION[kind]
            grid.addWidget(PlainLabel(words, t="strong", wrap=True), row, 0)
            for column, (part, control) in enumerate(
                (("word", line_edit(longest=LONGEST_WORD)), ("colour", ColourChooser())), 1
            ):
                field = self.field(f"{part}_{kind}", f"{words}: {part}", control)
                # The heading of the column says it once for all.
                field.label.hide()
                grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignVCenter)
        self.content.addLayout(grid)
        self.content.addStretch(1)


class KnownSection(PolicySection):
    """The head's policy for visitors who are known."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter,
            "known",
            "Known visitors",
            "The head's policy: how people on the council's chart walk through the building once their badge and "
            "face were compared. Whether a child is seen alone is always the DSL's decision.",
        )
        options = [(wording.SUPERVISION[kind], kind.value) for kind in _WALKS]
        self.add_row(
            self.field("booked", "Known and booked today", Chooser(options)),
            self.field("not_booked", "Known, not booked", Chooser(options)),
        )
        self.content.addStretch(1)


class NoticeSection(PolicySection):
    """What a visitor is asked to read."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(
            presenter, "notice", "Visitor notice", "Everybody is asked to read it once, and again when it changed."
        )
        self.content.addWidget(self.field("text", "What a visitor reads", text_box(7)))
        self.version = PlainLabel(t="muted", wrap=True)
        self.content.addWidget(self.version)
        self.content.addStretch(1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say what saving would do."""
        now = snapshot.policy.notice.version
        self.version.setText(
            f"This is version {now}. When you save a changed text it becomes version {now + 1}, "
            "and every visitor is asked to read it at the next visit."
        )
        super().show_snapshot(snapshot)
