"""Passes at the desk: the printer of this PC, the exact size, the same code again, and what happens without one."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QRectF
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.factories import World, create_booking, create_visit, create_worker
from visitor_register import settings
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.prints import printer
from visitor_register.gui.prints.pass_desk import FILE_NAME, PassDesk
from visitor_register.gui.prints.pass_file import FileKind
from visitor_register.gui.prints.pass_label import LabelSize
from visitor_register.gui.prints.sheet import Page
from visitor_register.services import arrivals
from visitor_register.settings import A4_SHEET, Machine


class Counter:
    """The desk with a label printer or none, and what it says."""

    def __init__(self, qtbot: QtBot, world: World, folder: Path) -> None:
        self.qtbot, self.world, self.folder = qtbot, world, folder
        self.crashes: list[BaseException] = []
        self.notices: list[Notice] = []
        self.opened: list[Path] = []
        self.printers: list[QPrinter] = []
        self.machine = Machine(label_printer="Labels")
        self.has_printer = True
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.reception, now=world.clock)
        self.desk.said.connect(self.notices.append)
        self.passes = PassDesk(self.desk, folder, machine=lambda: self.machine)
        self.passes.printer_for = self._printer
        self.passes.open_file = self.opened.append

    def prints(self, visit: UUID, times: int = 1) -> None:
        for _ in range(times):
            self.passes.print_visit(visit)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0)

    @property
    def paper(self) -> Path:
        """What came out of the printer last."""
        return self.folder / f"paper-{len(self.printers)}.pdf"

    def _printer(self, name: str) -> QPrinter | None:
        assert name == self.machine.label_printer
        if not self.has_printer:
            return None
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.printers.append(made)
        made.setOutputFileName(str(self.paper))
        return made


@pytest.fixture
def counter(qtbot: QtBot, world: World, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(qtbot, world, tmp_path)
    yield made
    made.jobs.close()
    assert made.crashes == []


def codes_on(path: Path) -> set[str]:
    """What the codes of a printed page say, to a decoder that did not draw them."""
    with pypdfium2.PdfDocument(path) as file:
        return {found.text for found in zxingcpp.read_barcodes(file[0].render(scale=300 / 72).to_numpy())}


def size_of(path: Path) -> tuple[float, float]:
    """Width and height of its first page in millimetres."""
    with pypdfium2.PdfDocument(path) as file:
        width, height = file[0].get_size()
    return width * 25.4 / 72, height * 25.4 / 72


@pytest.mark.parametrize("size", [*LabelSize, A4_SHEET])
def test_what_is_printed_is_as_large_as_the_label_with_nothing_cut_off(counter: Counter, size: str) -> None:
    counter.machine = Machine(label_printer="Labels", label_size=size)
    visit = create_visit(counter.world, create_worker(counter.world))
    counter.prints(visit.id, times=3)
    assert len(counter.printers) == 1, "impatient presses are one print"
    wanted = (210, 297) if size == A4_SHEET else LabelSize(size).millimetres
    assert size_of(counter.paper) == pytest.approx(wanted, abs=0.2)
    with pypdfium2.PdfDocument(counter.paper) as file:
        dark = np.argwhere(file[0].render(scale=2, grayscale=True).to_numpy().squeeze() < 128)
        high, wide = (side * 2 for side in reversed(file[0].get_size()))
    assert dark.min() > 0
    assert (dark.max(axis=0) < (high - 1, wide - 1)).all()
    (code,) = codes_on(counter.paper)
    assert code.startswith("VR")
    assert counter.printers[0].docName() == "Visitor pass"
    assert [(notice.kind, "Leila" in notice.text) for notice in counter.notices] == [("done", False)]


def test_a_pass_that_is_printed_again_has_the_same_code(counter: Counter) -> None:
    visit = create_visit(counter.world, create_worker(counter.world))
    counter.prints(visit.id)
    first = codes_on(counter.paper)
    counter.prints(visit.id)
    assert (len(counter.printers), codes_on(counter.paper)) == (2, first)


def test_without_a_printer_the_pass_is_a_file_that_names_nobody_until_the_next_start(counter: Counter) -> None:
    counter.has_printer = False
    visits = [create_visit(counter.world, create_worker(counter.world, name, badge=name)) for name in ("Ann", "Ben")]
    for visit in visits:
        counter.prints(visit.id)
    assert [path.name for path in counter.folder.glob("*.pdf")] == [FILE_NAME], "one file, not a collection"
    notice = counter.notices[-1]
    assert (notice.kind, notice.action) == ("check", "Open the file")
    assert notice.text.startswith("The printer “Labels” did not take it. Visitor pass was saved as visitor-pass.pdf")
    assert notice.run is not None
    notice.run()
    assert counter.opened == [counter.folder / FILE_NAME]
    PassDesk(counter.desk, counter.folder, machine=lambda: counter.machine, parent=counter.desk)
    assert list(counter.folder.glob("*.pdf")) == []


def test_somebody_who_has_left_gets_no_pass_and_the_next_one_does(counter: Counter) -> None:
    visit = create_visit(counter.world, create_worker(counter.world))
    with counter.world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=counter.world.reception, at=counter.world.clock())
    counter.prints(visit.id)
    assert counter.notices[-1].text == "This visitor has left, so there is no pass to print."
    again = create_visit(counter.world, visit.person)
    counter.prints(again.id)
    assert counter.notices[-1].kind == "done"


def test_passes_are_saved_ahead_one_for_each_visitor_over_nothing_and_under_no_name(counter: Counter) -> None:
    world = counter.world
    booking = create_booking(world, create_worker(world), create_worker(world, "Ngozi Eze", badge="H2"))
    there = counter.folder / "visitor-pass-2026-11-24-1.pdf"
    there.write_bytes(b"of another booking")
    for kind in (FileKind.PDF, FileKind.PICTURE):
        counter.passes.save_booking(booking, counter.folder, kind)
        counter.settle()
    names = sorted(path.name for path in counter.folder.glob("visitor-pass-*"))
    day = "visitor-pass-2026-11-24"
    assert names == sorted([f"{day}-1.pdf", f"{day}-2.pdf", f"{day}-3.pdf", f"{day}-1.png", f"{day}-2.png"])
    assert there.read_bytes() == b"of another booking"
    assert size_of(counter.folder / f"{day}-2.pdf") == pytest.approx((62, 100), abs=0.2)
    read = [
        {found.text for found in zxingcpp.read_barcodes(picture_of(counter.folder / f"{day}-{number}.png"))}
        for number in (1, 2)
    ]
    assert read == [codes_on(counter.folder / f"{day}-{number}.pdf") for number in (2, 3)], "the same passes"
    assert counter.notices[-1].text.startswith(f"Saved: 2 passes, {day}-1.png and on, in ")
    counter.passes.save_booking(booking, counter.folder / "missing", FileKind.PDF)
    counter.settle()
    assert counter.notices[-1].text == "Nothing can be saved in missing. Choose another folder."


def picture_of(path: Path) -> np.ndarray:  # type: ignore[type-arg]
    import cv2

    found = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    assert found is not None
    assert found.shape == (1181, 732)
    return found


def test_the_passes_of_a_booking_are_printed_as_one_job(counter: Counter) -> None:
    world = counter.world
    booking = create_booking(world, create_worker(world), create_worker(world, "Ngozi Eze", badge="H2"))
    counter.passes.print_booking(booking)
    counter.settle()
    with pypdfium2.PdfDocument(counter.paper) as file:
        said = [page.get_textpage().get_text_bounded() for page in file]
    assert [("Ngozi" in text, "Please come to reception" in text) for text in said] == [(False, True), (True, True)]


def test_on_larger_paper_a_label_keeps_its_size_and_stands_in_the_middle() -> None:
    page, dots = Page(QRectF(0, 0, 732, 1181)), 600
    assert printer.area(QRectF(0, 0, 1464, 2362), page, dots) == QRectF(0, 0, 1464, 2362)
    assert printer.area(QRectF(0, 0, 4960, 7016), page, dots) == QRectF(1748, 2327, 1464, 2362)
    assert printer.area(QRectF(0, 0, 1000, 1000), page, dots) == QRectF(0, 0, 1000, 1000), "smaller paper: made to fit"


def test_an_unknown_size_in_a_damaged_file_is_the_usual_label(counter: Counter, tmp_path: Path) -> None:
    (tmp_path / "machine.toml").write_text('label_printer = "Labels"\nlabel_size = "9 x 9"\n')
    counter.machine = settings.load(tmp_path)
    counter.prints(create_visit(counter.world, create_worker(counter.world)).id)
    assert size_of(counter.paper) == pytest.approx((62, 100), abs=0.2)
