"""Keeps the fire list as a file: on this PC after every arrival and departure, elsewhere at best effort."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints import fire_list as sheet
from visitor_register.gui.prints import pdf
from visitor_register.gui.prints.lane import Lane
from visitor_register.services import fire_list, policy
from visitor_register.services.fire_list import FireList

LOCKDOWN_NAME = "lockdown-list.pdf"
Save = Callable[[Path, bytes], Path]


@dataclass(frozen=True, slots=True)
class _Read:
    """What is to be written, and where else."""

    fire_list: FireList
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Local:
    """What became of the file on this PC. `content` goes to the other folders."""

    content: bytes
    folders: tuple[str, ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What became of the copies in other folders, or of taking the lists away."""

    trouble: str


class FireListWriter(QObject):
    """Writes the list whenever something was saved. Several changes at once are one writing.

    The file on this PC and the copies have a thread each: a folder on a server that does not answer
    must not keep yesterday's list on this PC. Neither delays a sign-in.

    Signals:
        state_changed: Whether the newest list lies where it should, and the words for the health lamp.
    """

    state_changed = Signal(bool, str)

    def __init__(self, desk: Desk, folder: Path, *, save: Save = pdf.save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._folder, self._save = desk, folder, save
        self._folders: tuple[str, ...] = ()
        self._closed = False
        self._written_at = ""
        self._local_trouble = self._other_trouble = ""
        self._local = Lane("fire-list", self)
        self._others = Lane("fire-list-copies", self)
        self._local.finished.connect(self._was_written)
        self._others.finished.connect(self._was_copied)
        # Several changes in one turn of the event loop are one reading; later ones overtake one another in the lane.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read_now)
        desk.jobs.changed.connect(self.refresh)
        desk.erased.connect(self.forget_erased)

    @Slot()
    def refresh(self) -> None:
        """Write the list as it is now; call it at the start, the rest comes by itself."""
        if not self._closed:
            self._soon.start(0)

    def clear_for_night(self) -> None:
        """Take away every list this program wrote: names do not lie about overnight."""
        self._local.run(partial(_clear, (self._folder,), here=True))
        if self._folders:
            self._others.run(partial(_clear, tuple(Path(folder) for folder in self._folders), here=False))

    @Slot()
    def forget_erased(self) -> None:
        """Write the list anew without who was erased; the other one was printed to a file, and is taken away."""
        lockdown = self._folder / LOCKDOWN_NAME
        for left in (lockdown, pdf.second_name(lockdown)):
            pdf.remove(left)
        self.refresh()

    def close(self) -> None:
        """Let what is being written end, and stop."""
        self._closed = True
        self._soon.stop()
        self._local.close()
        self._others.close()

    @Slot()
    def _read_now(self) -> None:
        self._desk.jobs.read(self._read, self._was_read, self._was_not_read)

    def _read(self, session: Session) -> _Read:
        at = self._desk.now()
        folders = policy.read(session, calendar.london_date(at)).fire_list.folders
        return _Read(fire_list.read(session, at=at), folders)

    def _was_read(self, read: _Read) -> None:
        if self._closed:
            return
        self._folders = read.folders
        self._written_at = calendar.say_time(read.fire_list.made_at)
        self._local.run(partial(_write, read, self._folder / sheet.FILE_NAME, self._save))

    def _was_not_read(self, error: RegisterError) -> None:
        self._local_trouble = f"The fire list on this PC is not up to date. {error}"
        self._say()

    @Slot(object)
    def _was_written(self, result: object) -> None:
        match result:
            case _Local(content=content, folders=folders, trouble=trouble):
                self._local_trouble = trouble
                if folders and content:
                    self._others.run(partial(_copy, content, folders, self._save))
                elif not folders:
                    self._other_trouble = ""
            case _Elsewhere(trouble=trouble):
                self._local_trouble = trouble
            case _:
                self._local_trouble = _NOT_HERE
        self._say()

    @Slot(object)
    def _was_copied(self, result: object) -> None:
        self._other_trouble = result.trouble if isinstance(result, _Elsewhere) else _NOT_THERE
        self._say()

    def _say(self) -> None:
        trouble = " ".join(words for words in (self._local_trouble, self._other_trouble) if words)
        self.state_changed.emit(not trouble, trouble or f"Fire list saved at {self._written_at}")


_NOT_HERE = "The fire list could not be saved on this PC. Print it with F9."
_NOT_THERE = "The fire list did not reach the other folders. The one on this PC is up to date."


def _write(read: _Read, path: Path, save: Save) -> _Local:
    """In the worker: paint the list and save it on this PC."""
    content = sheet.as_pdf(read.fire_list)
    try:
        saved = save(path, content)
    except OSError:
        return _Local(content, read.folders, _NOT_HERE)
    trouble = "" if saved == path else f"The fire list is open in another program: the newest one is {saved.name}."
    return _Local(content, read.folders, trouble)


def _copy(content: bytes, folders: tuple[str, ...], save: Save) -> _Elsewhere:
    """In the worker: put the same file into the folders the school names, each tried whatever the others did."""
    missed, second = [], []
    for folder in folders:
        path = Path(folder) / sheet.FILE_NAME
        try:
            if save(path, content) != path:
                second.append(path.parent.name)
        except (OSError, ValueError):
            missed.append(path.parent.name or folder)
    words = [f"The fire list did not reach the folder {_named(missed)}."] if missed else []
    if second:
        name = pdf.second_name(Path(sheet.FILE_NAME)).name
        words.append(f"In the folder {_named(second)} it is open in another program: the newest one is {name}.")
    return _Elsewhere(" ".join(words))


def _clear(folders: tuple[Path, ...], *, here: bool) -> _Elsewhere:
    """In the worker: remove the lists, both names of each, and what an interrupted writing left."""
    kept = []
    for folder in folders:
        names = [folder / sheet.FILE_NAME, folder / LOCKDOWN_NAME]
        names += [pdf.second_name(path) for path in names]
        names += list(folder.glob(f".{Path(sheet.FILE_NAME).stem}-*.tmp")) if folder.is_dir() else []
        removed = [pdf.remove(path) for path in names]
        if not all(removed):
            kept.append(folder.name)
    if not kept:
        return _Elsewhere("")
    where = "on this PC" if here else f"in the folder {_named(kept)}"
    return _Elsewhere(f"Today's fire list {where} is open in another program and could not be cleared away.")


def _named(folders: list[str]) -> str:
    return ", ".join(f"“{folder}”" for folder in folders)
