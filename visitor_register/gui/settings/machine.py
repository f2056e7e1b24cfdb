"""The settings of this PC while the program runs: kept in its own file, told to whoever follows them."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visitor_register import settings
from visitor_register.errors import NotSavedError
from visitor_register.gui import theme
from visitor_register.gui.theme import Scheme
from visitor_register.scanning.wedge import WedgeSettings
from visitor_register.settings import Machine

HOLD_MS = range(20, 101)
QUIET_MS = range(100, 3001)
"""What the scanner's two numbers may be, in milliseconds."""


class ThisPc(QObject):
    """The machine's settings in use. One for the program.

    Signals:
        changed: They were saved: the `Machine` from now on.
    """

    changed = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._machine = settings.load(folder)

    @property
    def machine(self) -> Machine:
        """What is set now."""
        return self._machine

    def save(self, machine: Machine) -> None:
        """Keep these from now on, and show things as they say.

        Raises:
            NotSavedError: the file could not be written; nothing changed.
        """
        try:
            settings.save(self.folder, machine)
        except OSError as error:
            raise NotSavedError(
                "The settings of this PC could not be written. Nothing changed. Make room on the disk, then try again."
            ) from error
        self._machine = machine
        apply_look(machine)
        self.changed.emit(machine)


def apply_look(machine: Machine) -> None:
    """Show everything in the theme and text size of this PC; an unknown one is the system's, at 100 %."""
    scheme = Scheme(machine.theme) if machine.theme in {kind.value for kind in Scheme} else Scheme.SYSTEM
    factor = next((size for size in theme.TEXT_SIZES if round(100 * size) == machine.text_size), 1.0)
    current = theme.current()
    if (current.scheme, current.factor) != (scheme, factor):
        current.use(scheme, factor)


def wedge_settings(machine: Machine) -> WedgeSettings:
    """The scanner's numbers as the key filter wants them; one that nobody can have set is the default.

    With an hour in a spoilt file the desk would hold every key back for an hour.
    """
    usual = Machine()
    hold = machine.burst_gap_ms if machine.burst_gap_ms in HOLD_MS else usual.burst_gap_ms
    quiet = machine.quiet_ms if machine.quiet_ms in QUIET_MS else usual.quiet_ms
    return WedgeSettings(hold=hold / 1000, deaf=quiet / 1000, prefix=machine.scanner_prefix)
