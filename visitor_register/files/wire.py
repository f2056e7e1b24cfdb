"""How a reader child tells its parent what it read: one JSON object, made and undone here."""

import json

from visitor_register.domain.chart_table import Row, Source, Table


def encode(source: Source) -> bytes:
    """Return a source as UTF-8 JSON."""
    tables = [
        {"name": table.name, "rows": [[row.number, row.cells, row.gone, row.band, row.struck] for row in table.rows]}
        for table in source.tables
    ]
    content = {"format": source.format, "file": source.file_name, "tables": tables, "notes": source.notes}
    return json.dumps(content).encode()


def decode(data: bytes) -> Source:
    """Return the source that `encode` wrote.

    Raises:
        ValueError, KeyError, TypeError: the child died while writing.
    """
    content = json.loads(data)
    tables = tuple(
        Table(
            table["name"],
            tuple(
                Row(number, tuple(cells), gone, band, tuple(struck))
                for number, cells, gone, band, struck in table["rows"]
            ),
        )
        for table in content["tables"]
    )
    notes = tuple((where, text) for where, text in content["notes"])
    return Source(content["format"], content["file"], tables, notes)
