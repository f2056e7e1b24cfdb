"""The worker that opens a file from outside: what it should be and its path in, JSON out, and nothing else.

It runs as `python -m visitor_register.files.reader_child chart|invitation|calendar|bookings|mail PATH`, or as the
frozen program with the switch `--reader-child` before the same. It has no database and no network, and dies alone.
"""

import contextlib
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from visitor_register.domain import booking_list
from visitor_register.domain.chart_table import Source
from visitor_register.domain.invitations import InvitationRead
from visitor_register.domain.mails import MailRead
from visitor_register.domain.school_calendar import CalendarFile
from visitor_register.errors import FileRefusedError
from visitor_register.files import chart_steps, formats, limits, wire

SWITCH = "--reader-child"
REFUSED = 2
CHART, INVITATION, CALENDAR, BOOKINGS, MAIL = "chart", "invitation", "calendar", "bookings", "mail"
# A new format is one line here: what `formats.sniff` calls it, and the module whose `read(path)` returns a Source.
READERS = {
    "csv": "visitor_register.files.chart_csv",
    "xlsx": "visitor_register.files.chart_xlsx",
    "ods": "visitor_register.files.chart_ods",
    "pptx": "visitor_register.files.chart_pptx",
    "docx": "visitor_register.files.chart_docx",
    "vsdx": "visitor_register.files.chart_vsdx",
    "pdf": "visitor_register.files.chart_pdf",
}
_TOO_LARGE = {
    CHART: "The file needs more memory than any list of people: ask for the list alone.",
    INVITATION: "The file needs more memory than any invitation: book the visit by hand.",
    CALENDAR: "The file needs more memory than any school calendar: type the terms.",
    BOOKINGS: "The file needs more memory than any list of visits: bring in a term at a time.",
    MAIL: "The file needs more memory than any message: save it without its attachments, or log it by hand.",
}


def main(arguments: Sequence[str]) -> int:
    """Read one file and write it as JSON to standard output; a refusal is exit code 2 and its sentence there.

    Args:
        arguments: `CHART`, `INVITATION`, `CALENDAR`, `BOOKINGS` or `MAIL`, and the path.
    """
    what, path, output = arguments[0], Path(arguments[1]), sys.stdout.buffer
    try:
        output.write(wire.encode(_READ[what](path)))
    except FileRefusedError as error:
        output.write(str(error).encode())
        return REFUSED
    except MemoryError:
        output.write(_TOO_LARGE[what].encode())
        return REFUSED
    output.flush()
    return 0


def read(path: Path) -> Source:
    """Read a file in this process. The program does it in a child; tests and the child come here.

    Raises:
        FileRefusedError: it cannot be read; the sentence says what to do instead.
    """
    return chart_steps.unfold(_as_it_stands(path))


def read_bookings(path: Path) -> Source:
    """Read a list of visits in this process, as `read` does a chart: a spreadsheet, its tables as they stand.

    Raises:
        FileRefusedError: it is no spreadsheet, or cannot be read.
    """
    if formats.sniff(path) in READERS.keys() - booking_list.FORMATS:
        raise FileRefusedError(booking_list.NO_LIST)
    return _as_it_stands(path)


def read_mail(path: Path) -> MailRead:
    """Read a received message in this process, by its content and whatever it is called: Outlook's own form, or .eml.

    Raises:
        FileRefusedError: it is no message, or cannot be read.
    """
    # Only now: the library of compound files belongs to no chart.
    from visitor_register.files import mail_eml, mail_msg

    with contextlib.suppress(OSError), path.open("rb") as file:
        if file.read(len(mail_msg.MAGIC)) == mail_msg.MAGIC:
            return mail_msg.read(path)
    return mail_eml.read(path)


def _as_it_stands(path: Path) -> Source:
    kind = formats.sniff(path)
    if kind not in READERS:
        raise formats.refused(kind)
    reader: Callable[[Path], Source] = importlib.import_module(READERS[kind]).read
    return reader(path)


def _chart(path: Path) -> Source:
    _become_small(formats.sniff(path))
    return read(path)


def _bookings(path: Path) -> Source:
    _become_small(formats.sniff(path))
    return read_bookings(path)


def _invitations(path: Path) -> tuple[InvitationRead, ...]:
    _become_small("ics")
    # Only now: the library of invitations belongs to no chart.
    from visitor_register.files import invitation_ics

    return invitation_ics.read(path)


def _calendar(path: Path) -> CalendarFile:
    _become_small("ics")
    # Only now: the library of calendars belongs to no chart.
    from visitor_register.files import school_calendar

    return school_calendar.read(path)


def _mail(path: Path) -> MailRead:
    _become_small("eml")
    return read_mail(path)


_READ: dict[str, Callable[[Path], object]] = {
    CHART: _chart,
    INVITATION: _invitations,
    CALENDAR: _calendar,
    BOOKINGS: _bookings,
    MAIL: _mail,
}


def _become_small(kind: str) -> None:
    # openpyxl would map numpy, many times the size of everything else here, to recognise its numbers.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    if kind != "pdf":
        # And read pictures in workbooks, which are no chart; only the library for PDF cannot do without it.
        sys.modules["PIL"] = None  # type: ignore[assignment]
    if os.name == "posix":
        from visitor_register.files.platform_posix import limit_memory
    else:
        from visitor_register.files.platform_windows import limit_memory
    limit_memory(limits.MEMORY_BYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
