"""What the readers of sheets share: a row with what is struck through, hidden or one heading over many columns."""

from collections.abc import Iterable, Sequence

from visitor_register.domain.chart_table import Row

BAND_COLUMNS = 5
"""A cell merged over that many columns is a heading of a section, not a value."""


def sheet_row(
    number: int, texts: Sequence[str], struck: Iterable[int] = (), *, hidden: str = "", band: bool = False
) -> Row:
    """Make a row; it is gone when half of what it says is struck through, or when it is hidden (`hidden` says how)."""
    places = tuple(at for at in struck if texts[at])
    half = 2 * len(places) >= sum(map(bool, texts)) > 0
    return Row(number, tuple(texts), "struck through" if half else hidden, band, places)
