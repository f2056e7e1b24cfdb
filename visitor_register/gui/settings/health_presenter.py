"""The health page's work: looks again, reads the versions, writes what somebody who helps from afar may see."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot, qVersion
from sqlalchemy.orm import Session

from visitor_register.domain.health import Facts, Finding, findings
from visitor_register.files.whole_file import write_whole
from visitor_register.gui.desk import Desk
from visitor_register.gui.health_watch import HealthWatch
from visitor_register.services import health, support_bundle


class HealthPresenter(QObject):
    """Shows what the watch knows.

    Signals:
        shown: The `Finding`s.
        versions_read: Pairs of a name and a version.
        saved: The name of the bundle that was written.
    """

    shown = Signal(object)
    versions_read = Signal(object)
    saved = Signal(str)

    def __init__(self, desk: Desk, watch: HealthWatch, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._watch, self._folder = desk, watch, folder
        watch.looked.connect(self._show)

    @Slot()
    def look(self) -> None:
        """Look again, and read which versions there are."""
        if self._watch.facts is not None:
            self.shown.emit(findings(self._watch.facts))
        self._watch.refresh()
        self._desk.jobs.read(health.versions, self.versions_read.emit)

    def file_name(self) -> str:
        """What a bundle made now is called."""
        return support_bundle.file_name(self._desk.now())

    def save_bundle(self, path: Path) -> None:
        """Write the bundle to a place somebody chose."""
        if self._watch.facts is not None:
            job = partial(_write_bundle, path, self._folder, self._watch.facts)
            self._desk.jobs.read(job, self.saved.emit, self._desk.explain)

    @Slot(object)
    def _show(self, found: tuple[Finding, ...]) -> None:
        self.shown.emit(found)


def _write_bundle(path: Path, folder: Path, facts: Facts, session: Session) -> str:
    write_whole(path, support_bundle.make(session, folder, facts, qVersion()))
    return path.name
