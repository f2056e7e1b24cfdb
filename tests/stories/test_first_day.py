"""From an empty register to the first visitor out again: the chart comes in, a visit is booked, a badge is scanned."""

from pathlib import Path

import pypdfium2
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from tests.stories.desk import DeskPage
from visitor_register.resources_path import resource
from visitor_register.services import directory, search


def _drop_chart(desk: DeskPage, path: Path) -> None:
    """Drop a file on the Chart screen, and wait until the child process has read it."""
    view = desk.session.chart
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    view.dropEvent(
        QDropEvent(
            QPointF(20, 20),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    desk.qtbot.waitUntil(lambda: view.importing.next.isVisible(), timeout=20_000)
    desk.settle()


def _go_on(desk: DeskPage) -> None:
    """Ctrl+Enter: the next page of the import."""
    desk.press("Ctrl+Enter")
    desk.qtbot.waitUntil(lambda: not desk.session.chart.presenter.importing.busy)
    desk.settle()


def _a_worker(desk: DeskPage) -> tuple[str, str]:
    """Name and staff number of somebody on the chart whose name nobody shares."""
    with desk.world.register.read() as session:
        for person, post in directory.everybody(session):
            if person.staff_number and post is not None and post.reports_to is not None:
                found = search.find(session, person.name, at=desk.world.clock())
                if len(found) == 1:
                    return person.name, person.staff_number
    raise AssertionError("nobody on the chart has a staff number")


def test_the_first_day(desk: DeskPage) -> None:
    desk.become(desk.world.dsl)
    desk.press("Ctrl+3")
    _drop_chart(desk, Path(str(resource("sample", "structure-chart.csv"))))
    before = desk.entries()
    page = desk.session.chart.importing.accept
    while not page.isVisible():
        _go_on(desk)
    assert desk.entries() == before, "nothing changes until somebody accepts"
    page.from_whom.setFocus()
    desk.types("business support")
    _go_on(desk)
    assert desk.entries() > before + 200
    name, badge = _a_worker(desk)

    desk.press("Ctrl+2")
    desk.press("Ctrl+N")
    form = desk.session.window.screen_named("bookings").form  # type: ignore[attr-defined]
    form.who.search.setFocus()
    desk.types(name)
    desk.press("Enter")
    for field, text in (("day", "24/11/2026"), ("start", "10:30"), ("host", "Mrs Shah")):
        control = form.fields[field].control
        line = control.lineEdit() if hasattr(control, "lineEdit") else control
        line.setFocus()
        line.selectAll()
        desk.types(text)
        desk.press("Tab")
    form.told.setFocus()
    desk.press("Down")
    desk.press("Ctrl+S")

    desk.become(desk.world.reception)
    desk.press("Ctrl+1")
    desk.scan(badge, end="\r\r")
    desk.shows("Known", "Expected 10:30 to see Mrs Shah", name)
    assert desk.on_site() == []
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == [name]
    surname = name.split()[-1]
    path = desk.world.register.folder / "fire-list.pdf"
    desk.qtbot.waitUntil(lambda: path.exists() and surname in _text(path))
    desk.world.clock.move(minutes=45)
    desk.scan(badge)
    desk.shows("Already here", None, name)
    desk.rest()
    desk.press("Enter")
    assert desk.on_site() == []
    assert desk.kinds(2) == ["Arrived", "Left"]
    QApplication.processEvents()
    desk.verifies()


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
