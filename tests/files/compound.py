"""A small compound file, as old Office programs keep their streams in: one table of sectors, short streams apart."""

import struct
from collections.abc import Mapping

SECTOR, SHORT, LONG_FROM, ENTRY = 512, 64, 4096, 128
_END, _FREE, _TABLE, _NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def _padded(data: bytes, size: int) -> bytes:
    return data + b"\0" * (-len(data) % size)


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END] if count else []


def compound(streams: Mapping[str, bytes], *, said_size: Mapping[str, int] | None = None) -> bytes:
    """The bytes of a file with these streams, storages by "/"; `said_size` are sizes that the directory lies about."""
    paths = sorted({"/".join(path.split("/")[:depth]) for path in streams for depth in range(1, path.count("/") + 2)})
    short, short_table, long_parts, long_table = b"", [], b"", []
    starts: dict[str, int] = {}
    for path, data in streams.items():
        if len(data) < LONG_FROM:
            starts[path] = len(short_table) if data else _END
            short_table += _chain(len(short_table), len(_padded(data, SHORT)) // SHORT)
            short += _padded(data, SHORT)
        else:
            starts[path] = len(long_table)
            long_table += _chain(len(long_table), len(_padded(data, SECTOR)) // SECTOR)
            long_parts += _padded(data, SECTOR)
    root_start = len(long_table)
    long_table += _chain(root_start, len(_padded(short, SECTOR)) // SECTOR)
    long_parts += _padded(short, SECTOR)
    minis = _padded(b"".join(struct.pack("<I", one) for one in short_table), SECTOR)
    minis_start = len(long_table)
    long_table += _chain(minis_start, len(minis) // SECTOR)
    long_parts += minis
    numbers = {path: number for number, path in enumerate(paths, 1)}
    entries = [_entry("Root Entry", _ROOT, _NOBODY, _first(numbers, ""), root_start, len(short))]
    for path in paths:
        size = (said_size or {}).get(path, len(streams.get(path, b"")))
        kind = _STREAM if path in streams else _STORAGE
        name, child = path.rpartition("/")[2], _first(numbers, f"{path}/")
        entries.append(_entry(name, kind, _next(numbers, path), child, starts.get(path, 0), size))
    directory = _padded(b"".join(entries), SECTOR)
    directory_start = len(long_table)
    long_table += _chain(directory_start, len(directory) // SECTOR)
    long_parts += directory
    tables = 1
    while tables * SECTOR // 4 < len(long_table) + tables:
        tables += 1
    first_table = len(long_table)
    long_table += [_TABLE] * tables
    table = b"".join(struct.pack("<I", one) for one in long_table)
    table += struct.pack("<I", _FREE) * ((-len(table) % SECTOR) // 4)
    places = [*range(first_table, first_table + tables), *[_FREE] * (109 - tables)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, tables, directory_start, 0, LONG_FROM, minis_start, len(minis) // SECTOR, _END, 0)
    return head + struct.pack("<109I", *places) + long_parts + table


def _first(numbers: Mapping[str, int], within: str) -> int:
    found = (number for path, number in numbers.items() if path.rpartition("/")[0] == within.rstrip("/"))
    return next(found, _NOBODY)


def _next(numbers: Mapping[str, int], path: str) -> int:
    beside = [number for one, number in numbers.items() if one.rpartition("/")[0] == path.rpartition("/")[0]]
    later = [number for number in beside if number > numbers[path]]
    return later[0] if later else _NOBODY


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    said = struct.pack("<HBB3I", len(letters), kind, 1, _NOBODY, right, child)
    return letters.ljust(64, b"\0") + said + bytes(36) + struct.pack("<IQ", start, size)
