"""Opens files from outside in a child process, so that a bad file can neither freeze nor crash the desk."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import visitor_register
from visitor_register.domain.chart_table import Source
from visitor_register.domain.invitations import InvitationRead
from visitor_register.domain.mails import MailRead
from visitor_register.domain.school_calendar import CalendarFile
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits, reader_child, wire

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of reading, and what is said when the child died over it or took too long."""

    what: str
    gave_up: str
    too_long: str


_CHART = _Kind(
    reader_child.CHART,
    "This file could not be read: open it in the program that made it and save the list of people as a new .xlsx file.",
    "Reading this file took too long: copy only the rows with people into a new workbook and choose that.",
)
_INVITATION = _Kind(
    reader_child.INVITATION,
    "This invitation could not be read: ask for it again, or book the visit by hand.",
    "Reading this invitation took too long: ask for it again, or book the visit by hand.",
)

_CALENDAR = _Kind(
    reader_child.CALENDAR,
    "This calendar could not be read: export it again as an .ics or .csv file, or type the terms.",
    "Reading this calendar took too long: export one school year of it, or type the terms.",
)
_BOOKINGS = _Kind(
    reader_child.BOOKINGS,
    "This list could not be read: open it in the program that made it, save it as a new .xlsx file and choose that.",
    "Reading this list took too long: copy only the rows with visits into a new workbook and choose that.",
)
_MAIL = _Kind(
    reader_child.MAIL,
    "This message could not be read: save it from the mail program again, or log it by hand.",
    "Reading this message took too long: save it without its attachments, or log it by hand.",
)


def read_source(path: Path, *, seconds: float = limits.SECONDS, command: Sequence[str] | None = None) -> Source:
    """Read one chart in a child process with a time and memory limit.

    Args:
        path: The file.
        seconds: After this the child is ended.
        command: How to start the child, without what and the path; the program's own worker when None.

    Raises:
        FileRefusedError: the child refused the file, died or took too long.
    """
    return _decoded(_asked(_CHART, path, seconds, command), _CHART, Source)


def read_invitations(
    path: Path, *, seconds: float = limits.INVITATION_SECONDS, command: Sequence[str] | None = None
) -> tuple[InvitationRead, ...]:
    """Read the invitations of one file in a child process. Arguments and errors as those of `read_source`."""
    return _decoded(_asked(_INVITATION, path, seconds, command), _INVITATION, tuple[InvitationRead, ...])


def read_calendar(
    path: Path, *, seconds: float = limits.INVITATION_SECONDS, command: Sequence[str] | None = None
) -> CalendarFile:
    """Read a school's calendar in a child process. Arguments and errors as those of `read_source`."""
    return _decoded(_asked(_CALENDAR, path, seconds, command), _CALENDAR, CalendarFile)


def read_bookings(path: Path, *, seconds: float = limits.SECONDS, command: Sequence[str] | None = None) -> Source:
    """Read a list of visits in a child process. Arguments and errors as those of `read_source`."""
    return _decoded(_asked(_BOOKINGS, path, seconds, command), _BOOKINGS, Source)


def read_mail(
    path: Path, *, seconds: float = limits.INVITATION_SECONDS, command: Sequence[str] | None = None
) -> MailRead:
    """Read a received message in a child process. Arguments and errors as those of `read_source`."""
    return _decoded(_asked(_MAIL, path, seconds, command), _MAIL, MailRead)


def _asked(kind: _Kind, path: Path, seconds: float, command: Sequence[str] | None) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  (our own program; the path is one argument)
            [*(command or child_command()), kind.what, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=_environment(),
            creationflags=_creation_flags(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefusedError(kind.too_long) from error
    if done.returncode == reader_child.REFUSED and 0 < len(done.stdout) < 500:
        raise FileRefusedError(done.stdout.decode(errors="replace"))
    if done.returncode != 0:
        raise FileRefusedError(kind.gave_up)
    return done.stdout


def _decoded(data: bytes, kind: _Kind, expected: type[T]) -> T:
    try:
        return wire.decode(data, expected)
    except ValueError as error:
        raise FileRefusedError(kind.gave_up) from error


def child_command() -> tuple[str, ...]:
    """Return how this program starts its reader, also when it is frozen into one executable."""
    if getattr(sys, "frozen", False):
        return (sys.executable, reader_child.SWITCH)
    return (sys.executable, "-P", "-m", reader_child.__name__)


def _environment() -> dict[str, str]:
    # The child finds the package where the parent has it, and never in the folder of the file.
    root = str(Path(visitor_register.__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"}


def _creation_flags() -> int:
    if os.name == "posix":
        from visitor_register.files.platform_posix import creation_flags
    else:
        from visitor_register.files.platform_windows import creation_flags
    return creation_flags()
