"""Puts a restored register in the place of the one that lies there, which is put aside and never deleted.

Everything is staged first. One small file, the mark, is the moment from which the new register counts: whatever
stops the program before it leaves the old register, and after it the next start goes on with the moving.
"""

import itertools
import json
import re
import shutil
from collections.abc import Collection
from pathlib import Path

from visitor_register.errors import RegisterError, RegisterInUseError
from visitor_register.persistence import backup_folder
from visitor_register.persistence.place import Lock
from visitor_register.persistence.small_files import replace, sync_names, write_atomically

MARK, STAGE, ASIDE = "restore.json", "restored", "before-restore"
FILES = ("desk.db", "dsl.db", "desk.head.json", "dsl.head.json", "erased.jsonl", "keyring.json")
_LOGS = ("-wal", "-shm")
_NAME = re.compile(rf"{ASIDE}-[0-9]{{1,9}}")


def stage(folder: Path) -> Path:
    """An empty folder in which the new register is put together; what an interrupted restore left is gone."""
    place = folder / STAGE
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    return place


def put_in_place(folder: Path) -> Path | None:
    """Move the staged register to its place; returns where the one before lies now, None where there was none.

    The register's lock must be held.

    Raises:
        RegisterError: another program holds one of the files; the next start goes on with it.
    """
    place = folder / STAGE
    for path in place.iterdir():
        if path.name not in FILES:
            path.unlink() if path.is_file() else shutil.rmtree(path)
    backup_folder.sync(place)
    aside = _fresh(folder)
    new = sorted(path.name for path in place.iterdir())
    # Or a power cut could leave the mark, and nothing that it could put in the place of what lies here.
    sync_names(folder)
    write_atomically(folder / MARK, json.dumps({"aside": aside.name, "files": new}).encode())
    _move(folder)
    return aside if aside.exists() else None


def finish(folder: Path) -> None:
    """Go on with a restore that was interrupted after its mark; most starts find none."""
    if not (folder / MARK).exists():
        return
    lock = Lock(folder)
    try:
        lock.take()
    except RegisterInUseError:
        # Somebody is restoring just now.
        return
    try:
        _move(folder)
    finally:
        lock.release()


def _read(mark: Path) -> tuple[Path, Collection[str]]:
    """Where the old register goes, and which files are new. In place of a mark spoilt by a disk or by hand: whatever
    still lies staged is new.
    """
    try:
        said = json.loads(mark.read_bytes())
        if _NAME.fullmatch(said["aside"]) and set(said["files"]) <= set(FILES):
            return mark.parent / said["aside"], said["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return _fresh(mark.parent), FILES


def _fresh(folder: Path) -> Path:
    return next(path for n in itertools.count(1) if not (path := folder / f"{ASIDE}-{n}").exists())


def _move(folder: Path) -> None:
    """Go on from wherever it stopped. Each step is on the disk before the next: the old register is safely aside before
    the new one comes, and the mark goes when all of it is in its place.
    """
    mark, place = folder / MARK, folder / STAGE
    aside, new = _read(mark)
    try:
        old = [name for name in FILES if name not in new or (place / name).exists()]
        leaving = [path for name in old for log in ("", *_LOGS) if (path := folder / f"{name}{log}").exists()]
        if leaving:
            aside.mkdir(mode=0o700, exist_ok=True)
            # What is moved into a folder that a power cut undoes is nowhere.
            sync_names(folder)
        for path in leaving:
            _put_aside(path, aside)
        _sync(aside, folder)
        for name in new:
            if (place / name).exists():
                replace(place / name, folder / name)
        _sync(folder, place)
        mark.unlink()
        # A mark that came back after a power cut would put aside what was written since.
        sync_names(folder)
    except OSError as error:
        raise RegisterError(
            "The register is restored, but another program holds one of its files. Close all other programs, "
            "and start the register again: it finishes by itself."
        ) from error
    shutil.rmtree(place, ignore_errors=True)


def _put_aside(path: Path, aside: Path) -> None:
    if (aside / path.name).exists():
        # A power cut left both names: the old one lies aside, and the new one waits.
        path.unlink()
    else:
        replace(path, aside / path.name)


def _sync(*folders: Path) -> None:
    for folder in folders:
        if folder.is_dir():
            sync_names(folder)
