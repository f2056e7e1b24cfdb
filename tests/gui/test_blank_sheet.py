"""A blank sheet from *Add from paper*: on the printer that is set, else as a file, and a sentence either way."""

from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import World
from tests.gui import pictures, walkers
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.prints.blank_sheet import BlankSheet
from visitor_register.gui.theme import Theme
from visitor_register.gui.today.paper_form import PaperForm
from visitor_register.gui.today.paper_form_presenter import PaperFormPresenter


class Office:
    """The form with its button, a printer or none, and what the notice bar says."""

    def __init__(self, qtbot: QtBot, world: World, folder: Path, *, printer: bool) -> None:
        self.qtbot, self.folder, self.has_printer = qtbot, folder, printer
        self.crashes: list[BaseException] = []
        self.asked: list[str] = []
        self.notices: list[Notice] = []
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.reception, now=world.clock)
        self.desk.said.connect(self.notices.append)
        self.blank = BlankSheet(self.desk, folder, printer_name=lambda: "Office", printer_for=self._printer)
        self.form = PaperForm(PaperFormPresenter(self.desk))
        qtbot.addWidget(self.form)
        with qtbot.waitActive(self.form):
            pictures.show(self.form, 1150, 345)

    def prints(self, times: int = 1) -> None:
        self.form.offer_sheet(self.blank.print_now)
        self.form.sheet_button.setFocus()
        for _ in range(times):
            QTest.keyClick(self.form.sheet_button, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0)

    def close(self) -> None:
        self.jobs.close()
        assert self.crashes == []

    def _printer(self, name: str) -> QPrinter | None:
        self.asked.append(name)
        if not self.has_printer:
            return None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / "paper.pdf"))
        return printer


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_sheet_goes_to_the_printer_that_is_set_once(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    office = Office(qtbot, world, tmp_path, printer=True)
    office.prints(times=2)
    assert office.asked == ["Office"]
    assert [notice.kind for notice in office.notices] == ["done"]
    assert "Elmbrook Primary School" in text_of(tmp_path / "paper.pdf")
    office.close()


def test_without_a_printer_it_is_a_file_and_a_sentence_says_so(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    office = Office(qtbot, world, tmp_path, printer=False)
    office.prints()
    (notice,) = office.notices
    assert notice.kind == "check"
    assert "saved as paper-sheet.pdf instead" in notice.text
    assert "Visitors: paper sheet" in text_of(tmp_path / "paper-sheet.pdf")
    office.close()


def test_the_button_is_there_once_there_is_something_behind_it(
    qtbot: QtBot, world: World, tmp_path: Path, every_look: Theme
) -> None:
    office = Office(qtbot, world, tmp_path, printer=False)
    assert not office.form.sheet_button.isVisible()
    office.prints()
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"
    for width, height in ((1150, 345), (830, 300)):
        pictures.show(office.form, width, height)
        pictures.save(office.form, f"paper-sheet-{width}-{word}")
        assert walkers.text_fits(office.form) == []
        assert walkers.unnamed_controls(office.form) == []
    office.close()
