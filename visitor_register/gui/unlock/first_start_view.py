"""The short wizard of the first start: six pages, one question each, Enter goes on."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from visitor_register.errors import RegisterError
from visitor_register.gui.prints import recovery_paper
from visitor_register.gui.prints.recovery_paper import Paper, SystemPaper
from visitor_register.gui.unlock.first_start_pages import (
    BeginPage,
    CodePage,
    PersonPage,
    SchoolPage,
    TypeBackPage,
)
from visitor_register.gui.unlock.first_start_presenter import FirstStartPresenter, Step
from visitor_register.gui.unlock.steps import StepsView

_DSL = "Designated safeguarding lead. Sees everything, and changes the settings."
_RECEPTION = "Signs visitors in and out. Others are added later in Settings."


class FirstStartView(StepsView):
    """Six pages, one question each.

    Signals:
        restore_wanted: There was a register already; its backup is to be restored.
    """

    restore_wanted = Signal()

    def __init__(
        self, presenter: FirstStartPresenter, *, paper: Paper | None = None, parent: QWidget | None = None
    ) -> None:
        self.school = SchoolPage(str(presenter.folder))
        self.dsl = PersonPage("dsl", "The DSL", _DSL, "Next", extension=True)
        self.reception = PersonPage("reception", "The receptionist", _RECEPTION, "Make the register", extension=False)
        self.code = CodePage()
        self.type_back = TypeBackPage()
        self.begin = BeginPage()
        pages = (self.school, self.dsl, self.reception, self.code, self.type_back, self.begin)
        super().__init__(pages, parent=parent)
        self._presenter, self._paper = presenter, paper or SystemPaper()
        self._show_step(presenter.step)
        for page in self.pages:
            page.entered.connect(self._go_on)
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(presenter.back)
        self.school.restore.clicked.connect(self.restore_wanted)
        self.code.print_wanted.connect(self._print)
        self.code.save_wanted.connect(self._save)
        self.begin.chosen.connect(presenter.choose)
        presenter.step_changed.connect(self._show_step)
        presenter.refused.connect(self.refuse)
        presenter.told.connect(self.tell)
        presenter.busy_changed.connect(self.show_busy)
        presenter.code_made.connect(self.code.code.setText)

    @Slot(object)
    def _show_step(self, step: Step) -> None:
        page = self.pages[step]
        self.next.setVisible(bool(page.next_words))
        # Where there is no field, Enter presses whatever has the keyboard.
        self.next.set_key("Enter" if page.fields else "")
        self.back.setVisible(step > Step.SCHOOL)
        self.show_page(page, f"Step {step + 1} of {len(self.pages)}")

    @Slot()
    def _go_on(self) -> None:
        ask = self._presenter
        dsl, reception = self.dsl, self.reception
        match ask.step:
            case Step.SCHOOL:
                ask.name_school(self.school.edit.text())
            case Step.DSL:
                ask.name_dsl(dsl.name.text(), dsl.password.text(), dsl.again.text(), dsl.extension.text())
            case Step.RECEPTION:
                ask.name_reception(reception.name.text(), reception.password.text(), reception.again.text())
            case Step.CODE:
                ask.written_down()
            case Step.TYPE_BACK:
                ask.type_back(self.type_back.edit.text())

    @Slot()
    def _print(self) -> None:
        if self._paper.print_text(self, recovery_paper.words(self.school.edit.text(), self.code.code.text())):
            self.code.kept.setText("Sent to the printer. See that it can be read before you go on.")

    @Slot()
    def _save(self) -> None:
        path = self._paper.ask_file(self)
        if path is None:
            return
        try:
            text = recovery_paper.words(self.school.edit.text(), self.code.code.text())
            recovery_paper.save(path, text, register=Path(self._presenter.folder))
        except RegisterError as error:
            self.code.kept.setText(str(error))
        else:
            self.code.kept.setText(f"Saved as {path.name}.")
