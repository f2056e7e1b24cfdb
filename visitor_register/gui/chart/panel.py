"""The panel at the right of the chart: one person, changing them by hand, or the message that asks for a new one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from visitor_register.gui.chart.ask_card import AskCard, ChooseList, ask_list
from visitor_register.gui.chart.card_state import Card
from visitor_register.gui.chart.edit_card import EditCard
from visitor_register.gui.chart.person_card import PersonCard
from visitor_register.gui.chart.presenter import ChartPresenter
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.side_panel import SidePanel
from visitor_register.services.chart_ask import AskText
from visitor_register.services.chart_edits import Editable, HandForm


class ChartPanel(SidePanel):
    """Shows one of them, under its title."""

    def __init__(
        self, presenter: ChartPresenter, choose_list: ChooseList = ask_list, parent: QWidget | None = None
    ) -> None:
        super().__init__("Nobody chosen", parent=parent)
        self.title.setWordWrap(True)
        self.person, self.edit, self.ask = PersonCard(), EditCard(), AskCard(choose_list)
        self.nobody = PlainLabel("Choose somebody in the chart to see how to reach them.", t="muted", wrap=True)
        self._parts = (self.nobody, self.person, self.edit, self.ask)
        for part in self._parts:
            self.content.addWidget(part)
        self.content.addStretch(1)
        self._feet: dict[QWidget, tuple[QWidget, ...]] = {
            self.edit: (self.edit.save_button, self.edit.leave),
            self.ask: (self.ask.open,),
        }
        for buttons in self._feet.values():
            for button in buttons:
                self.foot.addWidget(button)
        self._turn(self.nobody, "Nobody chosen")
        card, sending = presenter.card, presenter.sending
        card.shown.connect(self._show_card)
        card.nobody_shown.connect(self._show_nobody)
        card.then_shown.connect(self.person.then.show_then)
        card.edit_shown.connect(self._show_edit)
        card.edit_wrong.connect(self.edit.show_wrong)
        sending.shown.connect(self._show_ask)
        self.person.person_wanted.connect(card.show_person)
        self.person.confirmed.connect(card.confirm)
        self.person.withdrawn.connect(card.withdraw)
        self.person.parted.connect(card.part)
        self.person.edit_wanted.connect(card.edit)
        self.person.take_back_wanted.connect(card.take_back)
        self.person.then.asked.connect(card.look_back)
        self.edit.wrong_at.connect(self.reveal)
        self.edit.typed.connect(card.type)
        self.edit.saved.connect(card.save)
        self.edit.left.connect(card.leave_edit)
        self.ask.attach_wanted.connect(sending.attach)
        self.ask.save_wanted.connect(sending.export)
        self.ask.open_wanted.connect(sending.open_mail)

    def _turn(self, shown: QWidget, title: str) -> None:
        for part in self._parts:
            part.setVisible(part is shown)
        for owner, buttons in self._feet.items():
            for button in buttons:
                button.setVisible(owner is shown)
        self.set_title(title)

    @Slot(object)
    def _show_card(self, card: Card) -> None:
        self.person.show_card(card)
        self._turn(self.person, card.name)

    @Slot()
    def _show_nobody(self) -> None:
        self._turn(self.nobody, "Nobody in this post")

    @Slot(object, object)
    def _show_edit(self, found: Editable, form: HandForm) -> None:
        self.edit.show_form(found, form)
        self._turn(self.edit, f"Change {found.who.name}")
        self.edit.take_focus()

    @Slot(object, bool, str)
    def _show_ask(self, said: AskText, may_attach: bool, name: str) -> None:
        if self.ask.isHidden():
            self.ask.begin()
        self.ask.show_ask(said, may_attach=may_attach, name=name)
        self._turn(self.ask, "Ask for an update")
