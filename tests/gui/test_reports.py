"""The Reports screen: days, plots, tables, and copies with and without a password."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import World
from tests.gui import pictures
from tests.gui.fixtures import desk_of
from tests.services.report_terms import fill_a_term, random_facts
from visitor_register.domain.calendar import SchoolDay
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import CalendarSpan, SchoolCalendar
from visitor_register.domain.report import Span
from visitor_register.domain.report_tables import for_sharing, report
from visitor_register.gui import theme
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.metrics import layout_class
from visitor_register.gui.prints import report_sheet
from visitor_register.gui.prints.sheet import paint
from visitor_register.gui.reports.presenter import ReportsPresenter
from visitor_register.gui.reports.view import OTHER_DAYS, ReportsView
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.services import policy

TERM = CalendarSpan(date(2026, 11, 2), date(2026, 12, 18), SchoolDay.SCHOOL, "Autumn 2026, second half")


class Screen:
    """The screen, and what a person does at it."""

    def __init__(self, desk: Desk, qtbot: QtBot, folder: Path) -> None:
        self.desk, self.qtbot, self.folder = desk, qtbot, folder
        self.suggested = ""
        self.told: list[str] = []
        self.presenter = ReportsPresenter(desk)
        self.view = ReportsView(self.presenter, choose_path=self.choose)
        qtbot.addWidget(self.view)
        desk.said.connect(self.hear)

    def hear(self, notice: Notice) -> None:
        self.told.append(notice.text)

    def choose(self, _parent: QWidget, suggested: str) -> Path:
        self.suggested = suggested
        return self.folder / suggested

    def show(self, width: int = 1366, height: int = 698) -> None:
        look = theme.current()
        size = layout_class(width, height, look.factor)
        self.view.set_layout_class(size)
        self.view.resize(width - look.px(60 if size.narrow_rail else 184), height - look.px(52))
        self.view.show()
        self.settle()

    def settle(self) -> None:
        runners = [runner for runner in (self.desk.jobs, self.desk.dsl_jobs) if runner is not None]
        self.qtbot.waitUntil(lambda: not any(runner.pending for runner in runners))
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view.focusWidget() or self.view, key, modifier)
        self.settle()


@pytest.fixture
def desk(world: World, qtbot: QtBot) -> Iterator[Desk]:
    with desk_of(world, world.dsl, dsl=True) as made:
        made.jobs.failed.connect(made.explain)
        yield made


@pytest.fixture
def screen(world: World, desk: Desk, qtbot: QtBot, tmp_path: Path) -> Screen:
    with world.register.write() as session:
        policy.change(session, SchoolCalendar((TERM,)), by=world.dsl, at=world.clock())
    return Screen(desk, qtbot, tmp_path)


def test_a_term_is_shown_and_copies_are_saved_with_the_keyboard(world: World, screen: Screen) -> None:
    fill_a_term(world)
    screen.show()
    assert screen.view.spans.currentText() == "This half term: Autumn 2026, second half"
    assert screen.view.headlines[0].figure.text() == "2 of 3"
    assert "CIN Team 3" in screen.view.replies.accessibleDescription()
    screen.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert screen.view.bar.isVisible()
    assert screen.view.bar.sharing.isChecked()
    screen.view.bar.password.setText("short")
    screen.press(Qt.Key.Key_Return) if screen.view.bar.password.hasFocus() else screen.view.bar.save.click()
    assert screen.view.bar.password_field.error()
    screen.view.bar.password.setText("three plain words")
    screen.view.bar.save.click()
    screen.settle()
    saved = screen.folder / "protocol-report_2026-11-02_2026-12-18_for-sharing.pdf"
    assert screen.told == [f"The report is saved as {saved.name}."]
    with pytest.raises(pypdfium2.PdfiumError, match=r"[Pp]assword"):
        pypdfium2.PdfDocument(saved)
    paper = pypdfium2.PdfDocument(saved, password="three plain words")
    said = "\n".join(page.get_textpage().get_text_bounded() for page in paper)
    paper.close()
    for words in ("Elmbrook Primary School", "fewer than 3", "Out of: the column All.", "Page 1 of"):
        assert words in said
    assert "Leila Haddad" not in said
    assert not screen.view.bar.isVisible()
    screen.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert not screen.view.bar.sharing.isChecked()
    screen.view.bar.save.click()
    screen.settle()
    book = openpyxl.load_workbook(screen.folder / "protocol-report_2026-11-02_2026-12-18.xlsx")
    assert book.sheetnames[:4] == ["Summary", "Figures", "Reply times", "Deadlines"]
    everything = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert not [cell for cell in everything if "Haddad" in cell or "C-0417" in cell]
    book.close()


def test_days_are_typed_and_an_empty_span_says_so(screen: Screen) -> None:
    screen.show()
    assert screen.view.stack.currentWidget() is screen.view.empty
    pictures.save(screen.view, "reports-empty")
    screen.view.spans.set_value(OTHER_DAYS)
    screen.view.spans.chosen.emit(OTHER_DAYS)
    screen.view.start.setText("12/11/2026")
    screen.view.end.setText("2/11/2026")
    screen.view.end.editingFinished.emit()
    assert screen.view.days["end"].error() == "This is before the first day."
    screen.view.end.setText("13/11/2026")
    screen.view.end.editingFinished.emit()
    screen.settle()
    assert screen.presenter.span == Span(date(2026, 11, 12), date(2026, 11, 13))
    screen.presenter.set_under(5)
    screen.settle()
    assert screen.presenter.settings.sharing.under == 5


def test_reception_is_shown_nothing(world: World, screen: Screen, desk: Desk) -> None:
    fill_a_term(world)
    screen.show()
    before = desk.dsl_jobs
    desk.hand_over(Operator(world.reception.id, "Joan", Role.RECEPTION), None)
    assert screen.presenter.report is None
    screen.presenter.refresh()
    screen.presenter.choose(Span(TERM.first, TERM.last))
    screen.settle()
    assert screen.presenter.report is None
    shown = [plot.report for plot in (screen.view.notice, screen.view.replies, screen.view.ages)]
    assert all(one is not None and one.facts.empty for one in shown), "nor does the hidden screen keep it"
    assert screen.view.stack.currentWidget() is screen.view.empty
    desk.hand_over(world.dsl, before)


@pytest.mark.parametrize(("name", "scheme", "size"), [("light", Scheme.LIGHT, (1366, 698)),
                                                      ("dark-small", Scheme.DARK, (1024, 640))])  # fmt: skip
def test_pictures(screen: Screen, look: Theme, name: str, scheme: Scheme, size: tuple[int, int]) -> None:
    look.use(scheme)
    screen.show(*size)
    made = report(random_facts(7, Span(date(2026, 9, 7), date(2026, 10, 23), "Autumn 2026, first half"), things=160))
    screen.presenter.shown.emit(made)
    QApplication.processEvents()
    pictures.save(screen.view, f"reports-{name}")
    bar = screen.view.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    pictures.save(screen.view, f"reports-{name}-tables")
    assert screen.view.page.widget().width() <= screen.view.page.viewport().width()
    look.use(Scheme.LIGHT)


def test_every_page_of_the_paper_stays_on_the_paper(screen: Screen) -> None:
    facts = random_facts(3, Span(date(2026, 9, 1), date(2027, 8, 31), "School year"), things=300, teams=30)
    for number, made in enumerate((report(facts), for_sharing(report(facts), 3))):
        pages = report_sheet.sheet(made, "Elmbrook Primary School", 42, 90)
        for place, page in enumerate(pages):
            for line, x, y in page.words:
                wide = line.layout.lineAt(line.number).naturalTextWidth()
                assert page.size.contains(QRectF(x, y, wide, line.height)), page.text
            image = QImage(827, 1169, QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.white)
            painter = QPainter(image)
            paint(painter, QRectF(image.rect()), page)
            painter.end()
            if place < 3:
                image.save(str(screen.folder / f"report-{number}-{place}.png"))
