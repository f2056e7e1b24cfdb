"""Somebody the register does not know, as they say it: a few fields, one Enter."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.assurance import Compared, IdShown
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Way
from visitor_register.gui import wording
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.today.scene import Scene
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import DangerNote, Note, SayBox
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.tone import Tone


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which fields one way on asks for."""

    title: str
    kind: PersonKind
    organisation: str
    manager: bool = False
    identity: bool = True
    here_to_see: bool = True
    how_many: bool = False
    preset: IdShown | None = None


_SHAPES = {
    Way.COUNCIL_BADGE: _Shape("Council badge, not on our copy of the chart", PersonKind.COUNCIL, "Team", manager=True),
    Way.OTHER_SERVICE: _Shape("From another authority or service", PersonKind.OTHER_SERVICE, "Authority or service"),
    Way.NO_BADGE: _Shape("No photo badge", PersonKind.OTHER_SERVICE, "Team or service, as they say", manager=True),
    Way.CANNOT_VOUCH: _Shape("Nobody can vouch yet", PersonKind.OTHER_SERVICE, "Team or service, as they say"),
    Way.POLICE: _Shape(
        "Police or emergency service: straight in, the rest later",
        PersonKind.POLICE,
        "Force or service",
        identity=False,
        here_to_see=False,
        how_many=True,
    ),
    Way.OTHER_VISITOR: _Shape("Other visitor", PersonKind.OTHER, "From", identity=False),
}


class VisitorPanel(Card):
    """The form.

    Signals:
        named: A `NewVisitor` and the answers to go with it (a dict of fields of `Arrival`).
        closed: Back to the lists.
    """

    named = Signal(object, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Visitor", parent=parent)
        self._way = Way.OTHER_VISITOR
        self.name = line_edit()
        self.organisation = line_edit()
        self.manager = line_edit()
        self.shown = Chooser([(text, kind) for kind, text in wording.ID_SHOWN.items()])
        self.which = line_edit(placeholder="Passport, driving licence; no number")
        self.compared = Chooser([(text, kind) for kind, text in wording.COMPARED.items()])
        self.because = line_edit(placeholder="In a few words")
        self.here_to_see = Chooser(editable=True, placeholder="")
        self.how_many = line_edit("1", longest=3)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self._fields: dict[QWidget, Field] = {}
        for place, (words, control) in enumerate(
            (
                ("Name, as they say it", self.name),
                ("From", self.organisation),
                ("Manager, as they say it", self.manager),
                ("Here to see", self.here_to_see),
                ("ID shown", self.shown),
                ("Which photo ID", self.which),
                ("Face and photo", self.compared),
                ("Because", self.because),
                ("How many", self.how_many),
            )
        ):
            field = Field(words, control)
            self._fields[control] = field
            grid.addWidget(field, place // 3, place % 3, Qt.AlignmentFlag.AlignTop)
        for line in (self.name, self.organisation, self.manager, self.which, self.because, self.how_many):
            line.returnPressed.connect(self.submit)
        self.shown.chosen.connect(self._adapt)
        self.compared.chosen.connect(self._adapt)
        self.problem = Note(Tone.NOT_KNOWN, "")
        self.problem.hide()
        self.say = SayBox()
        self.danger = DangerNote()
        self.enter = KeyButton("Sign in", icon="log-in", key="Enter", kind="primary")
        self.back = KeyButton("Back to the lists", key="Esc")
        self.enter.clicked.connect(self.submit)
        self.back.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.enter)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.danger, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(grid)
        column.addWidget(self.say)
        column.addStretch(1)
        self.body.addWidget(self.problem)
        self.body.addWidget(Scrolling(inside), 1)
        self.body.addLayout(foot)

    def ask(self, scene: Scene, way: Way) -> None:
        """Begin with an empty form for one way on."""
        shape = _SHAPES[way]
        self._way = way
        self.set_title(shape.title, "")
        for line in (self.name, self.organisation, self.manager, self.which, self.because):
            line.clear()
        self.how_many.setText("1")
        self.shown.set_value(None)
        self.compared.set_value(None)
        self.here_to_see.set_value("")
        if scene.rules is not None:
            self.here_to_see.set_options([(name, name) for name in scene.rules.staff.names])
        self._fields[self.organisation].set_label(shape.organisation)
        self._fields[self.manager].setVisible(shape.manager)
        self._fields[self.here_to_see].setVisible(shape.here_to_see)
        self._fields[self.how_many].setVisible(shape.how_many)
        self.say.set_words(scene.say)
        if scene.arrival is not None:
            how = wording.SUPERVISION[scene.arrival.supervision].lower()
            self.enter.setText(f"Sign in, {how}")
        self.show_problem("")
        self._adapt(None)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Without the red note where the fields need the room."""
        self.danger.setVisible(layout_class is not LayoutClass.COMPACT)

    def show_problem(self, sentence: str) -> None:
        """Say which answer is missing."""
        self.problem.setVisible(bool(sentence))
        if sentence:
            self.problem.show_note(Tone.NOT_KNOWN, sentence)
            for control in (self.name, self.shown, self.which, self.compared, self.because):
                empty = not control.text().strip() if isinstance(control, QLineEdit) else control.value() is None
                if empty and not self._fields[control].isHidden():
                    control.setFocus(Qt.FocusReason.OtherFocusReason)
                    return

    @Slot()
    def submit(self) -> None:
        """Hand over what was said."""
        shape = _SHAPES[self._way]
        name = self.name.text().strip()
        if not name and self._way is Way.POLICE:
            name = "Officer, name not taken yet"
        if not name:
            self.show_problem("Write the name as they say it.")
            return
        council = shape.kind is PersonKind.COUNCIL
        said = self.organisation.text().strip()
        visitor = NewVisitor(
            kind=shape.kind,
            name=name,
            organisation="" if council else said,
            team=said if council else "",
            said_manager=self.manager.text().strip(),
        )
        seen: dict[str, object] = {"here_to_see": self.here_to_see.value()}
        if shape.identity:
            seen |= {
                "shown": self.shown.value(),
                "shown_which": self.which.text().strip(),
                "compared": self.compared.value(),
                "because": self.because.text().strip(),
            }
        if shape.how_many and self.how_many.text().strip().isdecimal():
            seen["how_many"] = int(self.how_many.text())
        self.named.emit(visitor, seen)

    @Slot(object)
    def _adapt(self, _value: object) -> None:
        shape = _SHAPES[self._way]
        self._fields[self.shown].setVisible(shape.identity)
        self._fields[self.compared].setVisible(shape.identity)
        self._fields[self.which].setVisible(shape.identity and self.shown.value() is IdShown.OTHER_PHOTO)
        self._fields[self.because].setVisible(shape.identity and self.compared.value() is Compared.NOT_NOW)
