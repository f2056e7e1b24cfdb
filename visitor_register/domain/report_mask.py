"""The copy made for sharing: small numbers are not shown, and no sum gives them away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from visitor_register.domain.report import Cell, Row, Table

_Line = tuple[list[str], str]


def mask(tables: Sequence[Table], under: int) -> tuple[Table, ...]:
    """Hide every number below `under`, and as many more as it takes that none can be worked out from the others.

    Of a row in which a number is hidden the next smallest is hidden too; then as many more, until what a sum leaves
    open is at least `under` and no hidden number is the only unknown of any way through its table. A number that
    stands in several tables is hidden in all of them. A nought is written like other small numbers; nobody stands
    behind it, so it protects no other number and needs no protection.
    """
    values = {cell.key: cell.value or 0 for table in tables for row in table.every_row for cell in row.cells}
    small = {key for key, value in values.items() if value < under}
    hidden = {key for key in small if values[key]}
    while (more := next((key for table in tables for key in _needed(table, values, hidden, under)), None)) is not None:
        hidden.add(more)

    def shown(cell: Cell) -> Cell:
        return replace(cell, value=None, small=cell.key in small) if cell.key in hidden | small else cell

    def row(one: Row) -> Row:
        return replace(one, cells=tuple(map(shown, one.cells)))

    return tuple(
        replace(table, rows=tuple(map(row, table.rows)), total=None if table.total is None else row(table.total))
        for table in tables
    )


def say(cell: Cell, under: int) -> str:
    """Write a number, or why it is not there."""
    if cell.value is not None:
        return f"{cell.value:,}"
    return f"fewer than {under}" if cell.small else "not shown"


def _needed(table: Table, values: Mapping[str, int], hidden: set[str], under: int) -> Iterator[str]:
    """Numbers of a table that have to be hidden too, because one that is hidden could be worked out."""
    lines = list(_lines(table))
    for parts, total in lines:
        gone = [key for key in parts if key in hidden]
        alone = len(gone) + (total in hidden) == 1
        if alone or (gone and total not in hidden and sum(values[key] for key in gone) < under):
            yield from _smallest(parts, total, values, hidden)
    if table.total is not None:
        yield from _through_many_lines(table, lines, values, hidden)


def _lines(table: Table) -> Iterator[_Line]:
    """Rows and columns that add up: their numbers, and the sum."""
    grid = [[cell.key for cell in row.cells] for row in table.every_row]
    if len(table.columns) > 1:
        yield from ((row[:-1], row[-1]) for row in grid)
    if table.total is not None:
        for column in zip(*grid, strict=True):
            yield list(column[:-1]), column[-1]


def _smallest(parts: Iterable[str], total: str, values: Mapping[str, int], hidden: set[str]) -> Iterator[str]:
    shown = sorted((values[key], key) for key in parts if values[key] and key not in hidden)
    yield from (key for _, key in shown[:1])
    if not shown and total not in hidden:
        yield total


def _through_many_lines(
    table: Table, lines: Sequence[_Line], values: Mapping[str, int], hidden: set[str]
) -> Iterator[str]:
    """Rows and columns are the points of a net, hidden numbers its threads: one on no circle can be worked out."""
    grid = [[cell.key for cell in row.cells] for row in table.every_row]
    threads = [
        (("row", at), ("column", across), key)
        for at, row in enumerate(grid)
        for across, key in enumerate(row)
        if key in hidden
    ]
    for start, end, key in threads:
        reached = {start}
        while (
            more := {
                point
                for one, other, thread in threads
                if (thread, one, other) != (key, start, end) and {one, other} & reached
                for point in (one, other)
            }
            - reached
        ):
            reached |= more
        if end not in reached:
            for parts, total in lines:
                if key in parts or key == total:
                    yield from _smallest(parts, total, values, hidden)
