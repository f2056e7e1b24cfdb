"""A disk that can lose its power: built again from recorded calls, with what was not synced dropped, torn or mixed up.

The model is stricter than the file systems we know: bytes are safe once their file was synced, and a name (of a new,
renamed or removed file) is safe once its folder was synced, and not before. What lies in a folder whose own name is
not safe goes with it.
"""

import random
import shutil
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from tests.torture.recording import Call, counts

SECTOR = 512


class Kind(Enum):
    """What the power cut leaves behind."""

    PREFIX = "all up to the cut"
    DROPPED = "un-synced bytes dropped"
    TORN = "un-synced sectors at random"
    NAMES = "un-synced names and sectors at random"


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


@dataclass(slots=True)
class _Change:
    """A name in one folder that is new, or another file's, or gone (`number` None), and is not safe yet.

    A file that moves from one folder to another changes both. As on the file systems we know, neither half of that
    reaches the disk by itself, unless one of the folders only is synced: `with_it` is the half in the other folder.
    """

    name: str
    number: int | None
    gone: str = ""
    with_it: "_Change | None" = None

    def done_to(self, names: dict[str, int]) -> None:
        names.pop(self.gone, None)
        if self.number is not None:
            names[self.name] = self.number


@dataclass(slots=True)
class _Folder:
    """A folder: what lies in it by name, of that what is safe, and the changes since."""

    names: dict[str, int] = field(default_factory=dict)
    safe: dict[str, int] = field(default_factory=dict)
    since: list[_Change] = field(default_factory=list)

    def change(self, change: _Change) -> None:
        self.since.append(change)
        change.done_to(self.names)

    def sync(self) -> None:
        for change in self.since:
            if change.with_it is not None:
                change.with_it.with_it = None
        self.safe, self.since = dict(self.names), []

    def with_some(self, kept: set[int]) -> dict[str, int]:
        names = dict(self.safe)
        for change in self.since:
            if id(change) in kept:
                change.done_to(names)
        return names


Image = dict[str, bytes | None]
"""What a cut leaves, by its path in the folder; None is a folder."""


class Disk:
    """A folder on a disk, and what lies in it, as the calls so far have left it."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self._nodes: list[_File | _Folder] = []
        self._root = self._take(folder)

    def takes(self, call: Call) -> None:
        """Do what the program asked for."""
        match call.name:
            case "open" if self._find(call.path) is None:
                self._name(call.path, self._new(_File(bytearray())))
            case "open":
                pass
            case "mkdir":
                self._name(call.path, self._new(_Folder()))
            case "rename":
                self._rename(call.path, call.to)
            case "unlink" | "rmdir":
                self._at(str(Path(call.path).parent)).change(_Change("", None, gone=Path(call.path).name))
            case "fsync" | "fdatasync":
                self._sync(call.path)
            case "ftruncate":
                file = self._file(call.path)
                size = len(file.with_all())
                grown = (size, bytes(call.offset - size)) if call.offset > size else (call.offset, None)
                file.since.append(grown)
            case "sendfile":
                self._file(call.path).since.append((0, bytes(self._file(call.to).with_all())))
            case _:
                self._file(call.path).since.append((call.offset, call.content))

    def after_a_cut(self, kind: Kind, chance: random.Random) -> Image:
        """What lies in the folder, as the next start finds it."""
        kept = self._some_changes(chance) if kind is Kind.NAMES else None
        found: Image = {}
        self._image(self._root, "", kept, kind, chance, found)
        return found

    def _image(
        self, number: int, path: str, kept: set[int] | None, kind: Kind, chance: random.Random, found: Image
    ) -> None:
        node = self._nodes[number]
        if isinstance(node, _File):
            match kind:
                case Kind.PREFIX:
                    found[path] = bytes(node.with_all())
                case Kind.DROPPED:
                    found[path] = bytes(node.safe)
                case _:
                    found[path] = bytes(node.with_some(chance))
            return
        if path:
            found[path] = None
        for name, inner in (node.names if kept is None else node.with_some(kept)).items():
            self._image(inner, f"{path}/{name}" if path else name, kept, kind, chance, found)

    def _some_changes(self, chance: random.Random) -> set[int]:
        """Which changes of names reached the disk: the more of them the greater this cut's share is."""
        share, kept = chance.random(), set[int]()
        for node in self._nodes:
            for change in node.since if isinstance(node, _Folder) else ():
                if id(change) not in kept and chance.random() < share:
                    kept.add(id(change))
                    if change.with_it is not None:
                        kept.add(id(change.with_it))
        return kept

    def _take(self, path: Path) -> int:
        """What lies on the disk already, and is safe."""
        if path.is_file():
            return self._new(_File(bytearray(path.read_bytes())))
        names = {inner.name: self._take(inner) for inner in sorted(path.iterdir()) if counts(inner.name)}
        return self._new(_Folder(dict(names), dict(names)))

    def _new(self, node: "_File | _Folder") -> int:
        self._nodes.append(node)
        return len(self._nodes) - 1

    def _rename(self, path: str, to: str) -> None:
        number = self._find(path)
        if number is None:
            raise ValueError(f"{path} is renamed and was never made")
        source, target = self._at(str(Path(path).parent)), self._at(str(Path(to).parent))
        if source is target:
            source.change(_Change(Path(to).name, number, gone=Path(path).name))
            return
        there, gone = _Change(Path(to).name, number), _Change("", None, gone=Path(path).name)
        there.with_it, gone.with_it = gone, there
        target.change(there)
        source.change(gone)

    def _name(self, path: str, number: int) -> None:
        self._at(str(Path(path).parent)).change(_Change(Path(path).name, number))

    def _sync(self, path: str) -> None:
        number = self._find(path)
        if number is None:
            return
        node = self._nodes[number]
        if isinstance(node, _Folder):
            node.sync()
        else:
            node.safe, node.since = node.with_all(), []

    def _find(self, path: str) -> int | None:
        number: int | None = self._root
        for part in Path(path).relative_to(self.folder).parts:
            node = self._nodes[number] if number is not None else None
            number = node.names.get(part) if isinstance(node, _Folder) else None
        return number

    def _at(self, path: str) -> _Folder:
        number = self._find(path)
        node = self._nodes[number] if number is not None else None
        if not isinstance(node, _Folder):
            raise ValueError(f"{path} is no folder that was ever made")
        return node

    def _file(self, path: str) -> _File:
        number = self._find(path)
        node = self._nodes[number] if number is not None else None
        if not isinstance(node, _File):
            raise ValueError(f"{path} is no file that was ever made")
        return node


def lay_out(image: Image, folder: Path) -> None:
    """Put what a cut left in the place of what lies in a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path, content in image.items():
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)
