"""What stands beside an amber or red: what to say, whom to tell, the red note; and why a visit was not booked."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitor_register.domain import calendar
from visitor_register.domain.verification import Verdict, Way
from visitor_register.gui import wording
from visitor_register.gui.today.scene import Scene
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.notes import DangerNote, SayBox
from visitor_register.gui.widgets.option_list import Option, OptionList
from visitor_register.gui.widgets.plain_label import PlainLabel


class Guidance(Card):
    """Whom to tell and what to say.

    Signals:
        told: The DSL or a deputy was told (True) or did not answer (False).
        way: The desk saw something worse, or better.
        declined: Whom was contacted, and why entry is declined.
    """

    told = Signal(bool)
    way = Signal(object)
    declined = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tell the DSL", parent=parent)
        self.script = PlainLabel(wrap=True)
        self.yes = KeyButton("Told", icon="check")
        self.no = KeyButton("No answer", icon="phone")
        self.state = PlainLabel(t="muted", wrap=True)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        answers.addStretch(1)
        self.say = SayBox()
        self.wait = KeyButton("Please wait: refuses, or is somebody else", icon="octagon-alert", kind="danger")
        self.danger = DangerNote()
        self.contacted = line_edit(placeholder="Manager or MASH, and who answered")
        self.reason = line_edit(placeholder="In a few words")
        self.decline = KeyButton("Decline entry", kind="danger")
        self._decline_box = QWidget()
        box = QHBoxLayout(self._decline_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Field("You spoke to", self.contacted), 1)
        box.addWidget(Field("Reason", self.reason), 1)
        box.addWidget(self.decline)
        self.body.addWidget(self.script)
        self.body.addLayout(answers)
        self.body.addWidget(self.state)
        self.body.addWidget(self.say)
        self.body.addStretch(1)
        self.body.addWidget(self._decline_box)
        self.body.addWidget(self.wait)
        self.body.addWidget(self.danger)
        self.yes.clicked.connect(self._told)
        self.no.clicked.connect(self._no_answer)
        self.wait.clicked.connect(self._wait)
        self.decline.clicked.connect(self._decline)

    def show_scene(self, scene: Scene) -> None:
        """Show the script for a finding."""
        finding, arrival = scene.finding, scene.arrival
        if finding is None or arrival is None:
            return
        people = [
            f"{duty.name}{f' ({duty.title})' if duty.title else ''} {duty.extension}".strip() for duty in finding.duty
        ]
        self.script.setText(". Then ".join(people) + "." if people else "Nobody is set as DSL today. See Settings.")
        told = arrival.told
        self.state.setVisible(told is not None)
        if told is not None:
            how = "told" if told.answered else "did not answer"
            self.state.setText(f"{told.whom} {how} at {calendar.say_time(told.at)}")
        self.say.set_words(scene.say)
        self.wait.setVisible(finding.verdict is not Verdict.PLEASE_WAIT)
        self._decline_box.setVisible(scene.may_decline)

    @Slot()
    def _told(self) -> None:
        self.told.emit(True)

    @Slot()
    def _no_answer(self) -> None:
        self.told.emit(False)

    @Slot()
    def _wait(self) -> None:
        self.way.emit(Way.WAIT)

    @Slot()
    def _decline(self) -> None:
        self.declined.emit(self.contacted.text(), self.reason.text())


class NotBooked(Card):
    """How a visit without a booking came about, in general terms.

    Signals:
        chosen: The answer (`CameAbout`).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Why is it not booked?", "in general terms only", parent=parent)
        options = [Option(kind, words, hint) for kind, (words, hint) in wording.CAME_ABOUT.items()]
        self.options = OptionList(options, name="Why is it not booked?")
        self.options.chosen.connect(self.chosen)
        self.told = PlainLabel("The DSL is told either way. Nothing here stops the sign-in.", t="muted", wrap=True)
        self.danger = DangerNote()
        self.body.addWidget(self.options)
        self.body.addWidget(self.told)
        self.body.addStretch(1)
        self.body.addWidget(self.danger)

    def show_scene(self, scene: Scene) -> None:
        """Show what was answered; nothing is preset."""
        if scene.arrival is not None:
            self.options.set_value(scene.arrival.came_about)
