"""What goes to the council: the message that asks for a newer chart, and our list for them to correct."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from sqlalchemy.orm import Session

from visitor_register.domain.people import IMPORTS_CHARTS
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.services import chart_ask, chart_export
from visitor_register.services.chart_ask import AskText

OpenLink = Callable[[QUrl], bool]
_NO_MAIL = "No mail program opened. Copy the message piece by piece instead."


class SendPresenter(QObject):
    """Writes it; people send it.

    Signals:
        shown: An `AskText`, whether our list may go with it, and a name for that file.
    """

    shown = Signal(object, bool, str)

    def __init__(self, desk: Desk, *, open_link: OpenLink | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open_link = open_link

    @Slot()
    def ask(self) -> None:
        """Write the message that asks for a newer chart."""
        self.attach(with_list=False)

    @Slot(bool)
    def attach(self, with_list: bool) -> None:
        """Write the message again, for going with our list or without it."""
        job = partial(_message, operator=self._desk.operator.name, at=self._desk.now(), attached=with_list)
        self._desk.jobs.read(job, self._show)

    @Slot(object)
    def open_mail(self, said: AskText) -> None:
        """Open the message in the mail program, as it stands."""
        link = said.link
        if link is None or not (self._open_link or QDesktopServices.openUrl)(QUrl.fromEncoded(link.encode())):
            self._desk.explain(RegisterError(_NO_MAIL))

    @Slot(object)
    def export(self, path: Path) -> None:
        """Save the chart in use as a list, a workbook or text by the ending of the file."""
        job = partial(chart_export.write, path=path, by=self._desk.operator)
        self._desk.jobs.read(job, partial(self._saved, path.name), self._desk.explain)

    def _show(self, answer: tuple[AskText, str]) -> None:
        said, name = answer
        self.shown.emit(said, bool(name) and self._desk.operator.role in IMPORTS_CHARTS, name)

    def _saved(self, name: str, count: int) -> None:
        self._desk.tell(f"{name} is saved: {count:,} posts. Attach it in the mail program.")


def _message(session: Session, operator: str, at: datetime, *, attached: bool) -> tuple[AskText, str]:
    said = chart_ask.compose(session, operator=operator, at=at, attached=attached)
    return said, chart_export.suggested_name(session)
