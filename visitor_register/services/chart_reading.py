"""The border at which a structure chart comes in: files to tables in a child process, tables to a reading."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_boxes import placed
from visitor_register.domain.chart_columns import ENOUGH, ColumnMapping, recalled
from visitor_register.domain.chart_kinds import guess
from visitor_register.domain.chart_table import Source
from visitor_register.errors import FileRefusedError
from visitor_register.files import chart_bundle
from visitor_register.files.chart_bundle import SignedChart
from visitor_register.files.charts import understand
from visitor_register.files.sandbox import read_source

_LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One file, or the two of an organogram, as tables of text.

    `sha256` is that of the chart itself, so a signed chart has the fingerprint of the same one unsigned.
    """

    sources: tuple[Source, ...]
    file_name: str
    sha256: str
    signed: SignedChart | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A chart, and the file it was read from."""

    reading: ChartReading
    opened: OpenFile


@dataclass(frozen=True, slots=True)
class ColumnSheet:
    """One table's columns: what each is taken for, and up to three values of each."""

    mapping: ColumnMapping
    samples: tuple[tuple[str, ...], ...]


def open_files(paths: Sequence[Path]) -> OpenFile:
    """Open one file, or the two of an organogram, each in a child process; nobody has said yet what columns mean.

    Raises:
        FileRefusedError: it cannot be opened; the sentence says what to do instead.
    """
    if any(map(chart_bundle.is_bundle, paths)):
        return _open_signed(paths)
    digest = hashlib.sha256(b"".join(_bytes_of(path) for path in sorted(paths))).hexdigest()
    sources = tuple(read_source(path) for path in paths)
    return OpenFile(sources, " + ".join(path.name for path in paths), digest)


def _open_signed(paths: Sequence[Path]) -> OpenFile:
    if len(paths) > 1:
        raise FileRefusedError("A signed chart is chosen alone: choose one file.")
    found = chart_bundle.unseal(_bytes_of(paths[0]))
    name = PureWindowsPath(found.label.file_name).name or "chart"
    with tempfile.TemporaryDirectory(prefix="chart-") as folder:
        inside = Path(folder) / "chart"
        inside.write_bytes(found.content)
        source = replace(read_source(inside), file_name=name)
    return OpenFile((source,), paths[0].name, hashlib.sha256(found.content).hexdigest(), found)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRefusedError("The file cannot be opened: close it in the other program, or copy it here.") from error


def read_files(paths: Sequence[Path], mappings: Mapping[str, ColumnMapping] | None = None) -> ReadFile:
    """Read a chart from one file, or from the two of an organogram.

    Args:
        paths: The files.
        mappings: What columns mean, by the fingerprint of their headings, where a person said so before.

    Raises:
        FileRefusedError: it cannot be read; the sentence says what to do instead.
    """
    return read_again(open_files(paths), mappings)


def read_again(opened: OpenFile, mappings: Mapping[str, ColumnMapping] | None = None) -> ReadFile:
    """Read what was opened with other columns.

    Raises:
        FileRefusedError: with these columns it names no people.
    """
    return ReadFile(placed(understand(opened.sources, mappings)), opened)


def columns_of(opened: OpenFile, mappings: Mapping[str, ColumnMapping]) -> tuple[ColumnSheet, ...]:
    """Return each kind of table with what its columns are taken for, and a few values of each column.

    Where hardly a heading is known, what stands in a column proposes what it is; a table without headings
    has blank ones.
    """
    found: dict[str, ColumnSheet] = {}
    for source in opened.sources:
        for table in source.tables:
            mapping = recalled(table, mappings)
            values = [row.cells for row in table.rows[mapping.first_row + mapping.heading_rows :]]
            if table.ours or mapping.counts_posts or mapping.fingerprint in found or not _is_list(mapping, values):
                continue
            if mapping.hits < ENOUGH and mapping.fingerprint not in mappings:
                mapping = replace(mapping, columns=guess(values, mapping.columns))
            samples = tuple(_samples(values, at) for at in range(len(mapping.headings)))
            found[mapping.fingerprint] = ColumnSheet(mapping, samples)
    return tuple(found.values())


def _is_list(mapping: ColumnMapping, rows: Sequence[tuple[str, ...]]) -> bool:
    wide = any(sum(bool(cell.strip()) for cell in row) >= _LEAST_COLUMNS for row in rows)
    return len(mapping.headings) >= _LEAST_COLUMNS and (wide or mapping.hits >= _LEAST_COLUMNS)


def _samples(rows: Sequence[tuple[str, ...]], at: int) -> tuple[str, ...]:
    said = dict.fromkeys(" ".join(row[at].split()) for row in rows[:200] if at < len(row) and row[at].strip())
    return tuple(said)[:3]
