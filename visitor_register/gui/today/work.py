"""The work below an arrival: panel, reasons or call-back on the left, lists or guidance on the right."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain.assurance import Outcome
from visitor_register.domain.visits import CameAbout
from visitor_register.gui import metrics, wording
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.today.arrival_panel import ArrivalLine, ArrivalPanel
from visitor_register.gui.today.boards import TabbedLists
from visitor_register.gui.today.guidance import Guidance, NotBooked
from visitor_register.gui.today.scene import Scene
from visitor_register.gui.widgets.call_back import CallBack, CallBackCard
from visitor_register.gui.widgets.option_list import Option
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.stack import Stack


class ArrivalWork(QWidget):
    """What stands below the card while an arrival is taken.

    Signals:
        edited: A field of the arrival and its new value.
        called: Outcome, who answered, what was confirmed.
    """

    edited = Signal(str, object)
    called = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = ArrivalPanel()
        self.line = ArrivalLine()
        self.reasons = NotBooked()
        self.call = CallBackCard()
        self.lists = TabbedLists()
        self.guidance = Guidance()
        self._layout_class = LayoutClass.NORMAL
        self._scene: Scene | None = None
        self._panel_wanted = False
        self._shown_call: object = None
        self._left = Stack()
        self._left.addWidget(self.panel)
        self._left.addWidget(Scrolling(self.call))
        self._right = Stack()
        self._right.addWidget(self.lists)
        self._right.addWidget(Scrolling(self.guidance))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.CARD_GAP)
        self._reasons_box = Scrolling(self.reasons)
        row.addWidget(self._reasons_box, 41)
        row.addWidget(self._left, 59)
        row.addWidget(self._right, 36)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.CARD_GAP)
        column.addWidget(self.line)
        column.addLayout(row, 1)
        self.panel.edited.connect(self.edited)
        self.line.change.connect(self.open_panel)
        self.reasons.chosen.connect(self._reason)
        self.call.outcome.connect(self._outcome)

    def show_scene(self, scene: Scene) -> None:
        """Show an arrival with what belongs to its verdict."""
        other = self._scene is None or self._scene.finding is not scene.finding
        self._scene = scene
        if other:
            self._panel_wanted = False
            self.panel.show_problem("")
        self.panel.show_scene(scene)
        self.line.show_scene(scene)
        self.reasons.show_scene(scene)
        self.guidance.show_scene(scene)
        self._show_call(scene)
        self._arrange()

    def show_problem(self, sentence: str) -> None:
        """Say which answer is missing, in the panel."""
        self.open_panel()
        self.panel.show_problem(sentence)

    @Slot()
    def open_panel(self) -> None:
        """Show the arrival panel, instead of the call-back or the one line, and go to its first field."""
        self._panel_wanted = True
        self._arrange()
        self.panel.focus_first()

    @Slot()
    def close_panel(self) -> None:
        """Back from the panel to the call-back or the lists."""
        self._panel_wanted = False
        self._arrange()

    @property
    def panel_covers(self) -> bool:
        """Whether the panel stands where something else belongs: Esc then goes back to that."""
        scene = self._scene
        return self._panel_wanted and (
            self._layout_class is LayoutClass.COMPACT or (scene is not None and scene.call is not None)
        )

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Fold the panel to one line where there is no room."""
        self._layout_class = layout_class
        self._column.setSpacing(8 if layout_class is LayoutClass.COMPACT else metrics.CARD_GAP)
        self.lists.set_layout_class(layout_class)
        self.call.set_layout_class(layout_class)
        self._arrange()

    def focus_first_answer(self) -> bool:
        """Go to the first question that only a person can answer; tells whether there is one."""
        if self._scene is not None and self._scene.reasons and not self._reasons_box.isHidden():
            self.reasons.options.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _show_call(self, scene: Scene) -> None:
        key = (scene.call, len(scene.arrival.calls) if scene.arrival else 0)
        if scene.call is None or key == self._shown_call:
            self._shown_call = key
            return
        self._shown_call = key
        name = scene.card.name if scene.card is not None else "the visitor"
        self.call.show_call(
            CallBack(
                number=scene.call.number,
                whom=scene.call.whom,
                source=f"from the {scene.call.source_text}",
                questions=(
                    f"Does {name} work for you, and in which team?",
                    "Did you send them to this school today?",
                    "Who is their manager, and may I have your name?",
                ),
                outcomes=tuple(Option(kind, words, tone=tone) for kind, (words, tone) in wording.OUTCOME.items()),
            )
        )

    def _arrange(self) -> None:
        scene = self._scene
        compact = self._layout_class is LayoutClass.COMPACT
        call = scene is not None and scene.call is not None and not self._panel_wanted
        folded = compact and not call and not self._panel_wanted
        reasons = scene is not None and scene.reasons and not (compact and self._panel_wanted)
        leaving = scene is not None and scene.finding is not None and scene.finding.open_visit is not None
        self.line.setVisible(folded and not leaving)
        self._left.setVisible(not folded and (call or not leaving))
        self._left.setCurrentIndex(1 if call else 0)
        self._reasons_box.setVisible(reasons)
        guided = scene is not None and scene.guidance
        self._right.setCurrentIndex(1 if guided else 0)
        self._right.setVisible(not reasons and not (compact and (call or self._panel_wanted)))

    @Slot(object)
    def _reason(self, came_about: CameAbout) -> None:
        self.edited.emit("came_about", came_about)

    @Slot(object)
    def _outcome(self, outcome: Outcome) -> None:
        self.called.emit(outcome, self.call.who_answered(), self.call.what_was_confirmed())
