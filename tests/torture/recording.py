"""Reads what strace wrote down of a child: the calls that changed one folder and what lies in it, in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) = (-?\d+)")
_HEX = re.compile(r"(?:\\x[0-9a-f]{2})+")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN = re.compile(r"^(\d+)<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded call that ended well. `path` is the file's; `to` where it is renamed to, or copied from."""

    name: str
    path: str
    content: bytes = b""
    offset: int = 0
    to: str = ""


def counts(name: str) -> bool:
    """The shared-memory file is no part of what must last: it is made anew at each start."""
    return not name.endswith("-shm") and not name.startswith("register.lock") and name != "probe.tmp"


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
        elif name in ("rename", "unlink", "mkdir", "rmdir"):
            first, *rest = (text.decode() for text in texts)
            if _inside(first, folder):
                yield Call(name, first, to=rest[0] if rest else "")
        elif name == "openat":
            places[str(result)] = 0
            if "O_CREAT" in given and _inside(texts[0].decode(), folder):
                yield Call("open", texts[0].decode())
                if "O_TRUNC" in given:
                    yield Call("ftruncate", texts[0].decode())
        elif name == "unlinkat":
            # As a whole folder is deleted: by names in an open folder.
            gone = str(Path(path) / texts[-1].decode())
            if _inside(gone, folder):
                yield Call("rmdir" if "AT_REMOVEDIR" in given else "unlink", gone)
        elif "(deleted)" not in given and (path == str(folder) or _inside(path, folder)):
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
    return folder in Path(path).parents and counts(Path(path).name)
