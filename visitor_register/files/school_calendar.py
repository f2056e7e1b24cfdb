"""Opens a school's calendar, whichever of the two kinds it is, whatever the file is called."""

from pathlib import Path

from visitor_register.domain.school_calendar import CalendarFile
from visitor_register.errors import FileRefusedError
from visitor_register.files import formats, school_calendar_csv, school_calendar_ics

BYTES = 2 * 2**20


def read(path: Path) -> CalendarFile:
    """Read the lines of a calendar: an .ics of any calendar program, or a table as .csv.

    Raises:
        FileRefusedError: it is neither, is larger than a school's calendar, or cannot be read.
    """
    if path.is_file() and path.stat().st_size > BYTES:
        raise FileRefusedError("The file is larger than any school calendar: export one school year of it.")
    kind = formats.sniff(path)
    if kind == "empty":
        raise FileRefusedError("The file is empty: export the calendar again, or type the terms.")
    if school_calendar_ics.is_calendar(path):
        return school_calendar_ics.read(path)
    if kind != "csv":
        raise FileRefusedError("This is no calendar that we can read: choose an .ics file, or a table saved as .csv.")
    return school_calendar_csv.read(path)
