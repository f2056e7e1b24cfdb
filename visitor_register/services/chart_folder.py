"""A folder in which the council's charts arrive: the newest one is offered to the DSL, and never used by itself."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from visitor_register.domain.directory import ChartVersion
from visitor_register.domain.people import IMPORTS_CHARTS, Operator
from visitor_register.errors import FileRefusedError, RegisterError
from visitor_register.files import chart_bundle, formats, limits
from visitor_register.files.reader_child import READERS
from visitor_register.persistence import rows
from visitor_register.persistence.tables import chart_version
from visitor_register.services import chart_remembered
from visitor_register.services.access import require

_LOOK_AT = 50
_NOT_YET_WRITTEN = (".", "~", "#")
"""How names start of files that another program still has open, or hides."""


@dataclass(frozen=True, slots=True)
class Known:
    """What need not be offered again: charts used or put aside, by hash, and everything as old as the chart in use."""

    hashes: frozenset[str]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file in the folder that nobody has looked at here. `signed`: it says that it is."""

    path: Path
    changed_at: datetime
    sha256: str
    signed: bool


def known(session: Session) -> Known:
    """Say which charts need not be offered."""
    accepted = rows.select_all(session, ChartVersion, order_by=(chart_version.c.accepted_at.desc(),))
    hashes = frozenset(chart.sha256 for chart in accepted) | chart_remembered.put_aside(session)
    newest = next((chart.accepted_at for chart in accepted if not chart.undone), None)
    return Known(hashes, newest)


def newest(folder: Path, known: Known) -> Arrived | None:
    """Look for the newest chart in a folder that is not known yet. Call it where waiting for a slow share harms nobody.

    Only files of a kind that we read, directly in the folder, changed since the chart in use was accepted.

    Raises:
        RegisterError: the folder cannot be read: it is gone, or its drive is not connected.
    """
    try:
        files = sorted(_files(folder, known.since), reverse=True)[:_LOOK_AT]
    except OSError as error:
        raise RegisterError(
            "The folder for charts cannot be read: connect its drive, or choose another one in Settings."
        ) from error
    for changed, path in files:
        found = _looked_at(path, datetime.fromtimestamp(changed, UTC))
        if found is not None and found.sha256 not in known.hashes:
            return found
    return None


def put_aside(session: Session, found: Arrived, *, by: Operator) -> None:
    """Offer this file no more: somebody looked at it, and it is not for this school.

    Raises:
        NotAllowedError: only who may import charts decides.
    """
    require(by, IMPORTS_CHARTS)
    chart_remembered.keep_put_aside(session, found.sha256, found.path.name)


def _files(folder: Path, since: datetime | None) -> Iterator[tuple[float, Path]]:
    for path in folder.iterdir():
        if path.name.startswith(_NOT_YET_WRITTEN) or not path.is_file():
            continue
        stat = path.stat()
        if 0 < stat.st_size <= limits.FILE_BYTES and (since is None or stat.st_mtime > since.timestamp()):
            yield stat.st_mtime, path


def _looked_at(path: Path, changed_at: datetime) -> Arrived | None:
    """Return a file that is a chart by its content, None for any other and for one that cannot be opened now."""
    try:
        signed = chart_bundle.is_bundle(path)
        if not signed and formats.sniff(path) not in READERS:
            return None
        content = path.read_bytes()
        if signed:
            content = chart_bundle.unseal(content).content
    except (OSError, FileRefusedError):
        return None
    return Arrived(path, changed_at, hashlib.sha256(content).hexdigest(), signed)
