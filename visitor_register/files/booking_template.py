"""An empty list of visits to fill in, with the headings that are read."""

from pathlib import Path

from visitor_register.domain.booking_list import Column
from visitor_register.files import exports

COLUMNS = (
    Column.DAY,
    Column.START,
    Column.END,
    Column.NAME,
    Column.EMAIL,
    Column.NUMBER,
    Column.ORGANISATION,
    Column.TEAM,
    Column.HOST,
    Column.ROOM,
    Column.PLACE,
    Column.TOLD,
    Column.HEARD,
    Column.NOTE,
    Column.CHILD,
    Column.PURPOSE,
    Column.TEXT,
)
_HEADINGS = {Column.DAY: "Day (dd/mm/yyyy)", Column.HEARD: "When we heard (dd/mm/yyyy)"}
"""They say how days are written, so that a day of the list is never asked about."""


def write(path: Path) -> None:
    """Write the empty list as CSV.

    Raises:
        RegisterError: it cannot be written there.
    """
    exports.write_csv(path, [_HEADINGS.get(column, column.value) for column in COLUMNS], [])
