"""A disk that can lose its power: built again from recorded calls, with what was not synced dropped, torn or mixed up.

The model is stricter than the file systems we know: bytes are safe once their file was synced, and a name (of a new,
renamed or removed file) is safe once its folder was synced, and not before.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

SECTOR = 512


class Kind(Enum):
    """What the power cut leaves behind."""

    PREFIX = "all up to the cut"
    DROPPED = "un-synced bytes dropped"
    TORN = "un-synced sectors at random"
    NAMES = "un-synced names and sectors at random"


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded call that ended well. `path` is the file's; `to` where it is renamed to, or copied from."""

    name: str
    path: str
    content: bytes = b""
    offset: int = 0
    to: str = ""


@dataclass(slots=True)
class _File:
    """A file: the bytes that are safe, and the writes since (`content` None: cut to this length)."""

    safe: bytearray
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def with_all(self) -> bytearray:
        found = bytearray(self.safe)
        for offset, content in self.since:
            _put(found, offset, content)
        return found

    def with_some(self, chance: random.Random) -> bytearray:
        """Each sector of each write since is there or not."""
        found, share = bytearray(self.safe), chance.random()
        for offset, content in self.since:
            if content is None:
                if chance.random() < share:
                    _put(found, offset, None)
                continue
            start = 0
            while start < len(content):
                # Sectors are those of the disk, not of the write.
                end = min(len(content), start + SECTOR - (offset + start) % SECTOR)
                if chance.random() < share:
                    _put(found, offset + start, content[start:end])
                start = end
        return found


def _put(found: bytearray, offset: int, content: bytes | None) -> None:
    end = offset + len(content or b"")
    if content is None:
        del found[offset:]
    found.extend(bytes(max(0, end - len(found))))
    if content is not None:
        found[offset:end] = content


class Disk:
    """A folder on a disk, as the calls so far have left it."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self._files = {number: _File(bytearray(path.read_bytes())) for number, path in enumerate(_kept(folder))}
        self._names = {str(path): number for number, path in enumerate(_kept(folder))}
        self._safe_names = dict(self._names)
        self._since: list[tuple[str, int | None, str]] = []

    def takes(self, call: Call) -> None:
        """Do what the program asked for."""
        match call.name:
            case "open" if call.path not in self._names:
                number = len(self._files)
                self._files[number] = _File(bytearray())
                self._name(call.path, number)
            case "open":
                pass
            case "rename":
                self._name(call.to, self._names[call.path], gone=call.path)
            case "unlink":
                self._name("", None, gone=call.path)
            case "fsync" | "fdatasync":
                self._sync(call.path)
            case "ftruncate":
                file = self._files[self._names[call.path]]
                size = len(file.with_all())
                grown = (size, bytes(call.offset - size)) if call.offset > size else (call.offset, None)
                file.since.append(grown)
            case "sendfile":
                whole = self._files[self._names[call.to]].with_all()
                self._files[self._names[call.path]].since.append((0, bytes(whole)))
            case _:
                self._files[self._names[call.path]].since.append((call.offset, call.content))

    def after_a_cut(self, kind: Kind, chance: random.Random) -> dict[str, bytes]:
        """The files by their names in the folder, as the next start finds them."""
        names = self._some_names(chance) if kind is Kind.NAMES else self._names
        found: dict[str, bytes] = {}
        for path, number in names.items():
            file = self._files[number]
            match kind:
                case Kind.PREFIX:
                    content = file.with_all()
                case Kind.DROPPED:
                    content = file.safe
                case _:
                    content = file.with_some(chance)
            found[Path(path).name] = bytes(content)
        return found

    def _name(self, path: str, number: int | None, gone: str = "") -> None:
        self._since.append((path, number, gone))
        _rename(self._names, path, number, gone)

    def _some_names(self, chance: random.Random) -> dict[str, int]:
        names, share = dict(self._safe_names), chance.random()
        for change in self._since:
            if chance.random() < share:
                _rename(names, *change)
        return names

    def _sync(self, path: str) -> None:
        if path == self.folder:
            self._safe_names, self._since = dict(self._names), []
        elif path in self._names:
            # Anything else is a folder in this one, as that of the backups: what lies in it is not rebuilt.
            file = self._files[self._names[path]]
            file.safe, file.since = file.with_all(), []


def _rename(names: dict[str, int], path: str, number: int | None, gone: str) -> None:
    names.pop(gone, None)
    if number is not None:
        names[path] = number


def _kept(folder: Path) -> list[Path]:
    """The shared-memory file is no part of what must last: it is made anew at each start."""
    return sorted(path for path in folder.iterdir() if _counts(path.name))


def _counts(name: str) -> bool:
    return not name.endswith("-shm") and not name.startswith("register.lock") and name != "probe.tmp"


# ---- reading a recording

_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) = (-?\d+)")
_HEX = re.compile(r"(?:\\x[0-9a-f]{2})+")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN = re.compile(r"^(\d+)<([^>]*)>")


def calls(trace: str, folder: Path) -> Iterator[Call]:
    """The calls of a recording that changed this folder, and each note (`Call("note", ...)`), in order.

    Raises:
        ValueError: the recording is not whole: calls of two threads are mixed, or bytes are missing.
    """
    places: dict[str, int] = {}
    for line in trace.splitlines():
        if "unfinished" in line:
            raise ValueError("two threads wrote at once")
        found = _LINE.match(line)
        if not found or found[3].startswith("-"):
            continue
        name, given, result = found[1], found[2], int(found[3])
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(given)]
        at = _OPEN.match(given)
        path = _plain(at[2]) if at else ""
        if name == "writev":
            yield Call("note", "", texts[0].removesuffix(b"\n"))
        elif name in ("rename", "unlink"):
            first, *rest = (text.decode() for text in texts)
            if _inside(first, folder):
                yield Call(name, first, to=rest[0] if rest else "")
        elif name == "openat":
            places[str(result)] = 0
            if "O_CREAT" in given and _inside(texts[0].decode(), folder):
                yield Call("open", texts[0].decode())
                if "O_TRUNC" in given:
                    yield Call("ftruncate", texts[0].decode())
        elif path == str(folder) or ("(deleted)" not in given and _inside(path, folder)):
            yield _of_a_file(name, path, given, texts, result, places)


def _of_a_file(name: str, path: str, given: str, texts: list[bytes], result: int, places: dict[str, int]) -> Call:
    handle = given.partition("<")[0]
    if name in ("write", "pwrite64"):
        if len(texts[-1]) != result:
            raise ValueError(f"{name} of {path}: {result} bytes were written, {len(texts[-1])} recorded")
        offset = places.get(handle, 0) if name == "write" else int(given.rpartition(", ")[2])
        places[handle] = places.get(handle, 0) + result if name == "write" else places.get(handle, 0)
        return Call(name, path, texts[-1], offset)
    if name == "ftruncate":
        return Call(name, path, offset=int(given.rpartition(", ")[2]))
    if name == "sendfile":
        source = re.search(r">, \d+<([^>]*)>", given)
        return Call(name, path, to=_plain(source[1]) if source else "")
    return Call(name, path)


def _plain(text: str) -> str:
    return _HEX.sub(lambda found: bytes.fromhex(found[0].replace("\\x", "")).decode(), text)


def _inside(path: str, folder: Path) -> bool:
    return Path(path).parent == folder and _counts(Path(path).name)
