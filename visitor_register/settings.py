"""What belongs to this machine and to nobody's journal: camera, printers, look. Kept in `machine.toml`."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from visitor_register.persistence.small_files import write_atomically

A4_SHEET = "A4"


@dataclass(frozen=True, slots=True)
class Machine:
    """The settings of this PC. `theme` is "system", "light" or "dark"; `text_size` in percent.

    `label_size` is what the printer for passes holds: a label in millimetres, "62 x 100", or "A4".
    `burst_gap_ms` and `quiet_ms` are the two numbers of the scanner's filter, found by the page
    "test my scanner".
    """

    theme: str = "system"
    text_size: int = 100
    camera: int = -1
    label_printer: str = ""
    label_size: str = "62 x 100"
    fire_printer: str = ""
    scanner_prefix: str = ""
    burst_gap_ms: int = 40
    quiet_ms: int = 600
    backup_folder: str = ""


def load(folder: Path) -> Machine:
    """Read the machine's settings; what is missing or damaged has its default: they hold no records."""
    try:
        return msgspec.toml.decode((folder / "machine.toml").read_bytes(), type=Machine)
    # Bytes that are no text are a ValueError, brackets without end a RecursionError.
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return Machine()


def save(folder: Path, machine: Machine) -> None:
    """Write the machine's settings; the old file or the new one, never half."""
    write_atomically(folder / "machine.toml", msgspec.toml.encode(machine))
