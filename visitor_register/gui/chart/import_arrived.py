"""The chart that lies in the folder for charts, as an import may begin with it: offered, read, or offered no more."""

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.gui.chart.folder_watch import FolderWatch
from visitor_register.gui.desk import Desk
from visitor_register.services.chart_folder import Arrived


class ArrivedChart(QObject):
    """Says once that a chart has arrived, and offers it where one chooses a file.

    Signals:
        shown: Words about it; empty when there is none.
        wanted: The file, as a list, to be read.
    """

    shown = Signal(str)
    wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Arrived | None = None
        self.folder = FolderWatch(desk, parent=self)
        self.folder.offered.connect(self._offered)
        self.folder.failed.connect(desk.explain)

    @Slot()
    def refresh(self) -> None:
        """Say again what is there."""
        self.shown.emit(self._words())

    @Slot()
    def read(self) -> None:
        """Begin the import with it."""
        if self._found is not None:
            self.wanted.emit([self._found.path])

    @Slot()
    def refuse(self) -> None:
        """Offer it no more."""
        if self._found is not None:
            self.folder.put_aside(self._found)

    @Slot(object)
    def _offered(self, found: Arrived | None) -> None:
        before, self._found = self._found, found
        self.refresh()
        if found is not None and (before is None or before.sha256 != found.sha256):
            self._desk.tell(f"{self._words()}. Import it on the Chart screen.")

    def _words(self) -> str:
        if self._found is None:
            return ""
        day = calendar.say_date(calendar.london_date(self._found.changed_at))
        signed = "signed, " if self._found.signed else ""
        return f"A newer chart lies in the folder: {self._found.path.name}, {signed}{day}"
