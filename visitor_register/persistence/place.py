"""Where a register may lie: one folder on a local disk, held by one program at a time."""

import contextlib
import ctypes
import getpass
import json
import os
import sys
from pathlib import Path, PurePath

import platformdirs
from filelock import FileLock, Timeout

from visitor_register.errors import RegisterError, RegisterInUseError

_ON_NETWORK = (
    "The register cannot lie on a network drive: its file would be damaged. "
    "Choose a folder on this PC, and put backups on the network instead."
)
_REMOVABLE = (
    "The register cannot lie on a disk that can be pulled out: its file would be damaged. "
    "Choose a folder on this PC, and put backups there instead."
)
_REMOTE_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "davfs", "sshfs"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse"}
)
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "sharepoint")


def default_folder() -> Path:
    """The register's folder when nobody names another: shared by the users of a Windows PC, per user on Linux."""
    if named := os.environ.get("VISITOR_REGISTER"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Visitor Register"
    return Path(platformdirs.user_data_dir("visitor-register"))


def why_refused(folder: PurePath) -> str | None:
    """Say why a register must not lie in this folder, or None. Looks at the name only.

    SQLite's write-ahead log is damaged on network drives, and a synchronising program copies half-written files.
    """
    if str(folder).startswith(("\\\\", "//")):
        return _ON_NETWORK
    if any(synced in part.casefold() for part in folder.parts for synced in _SYNCED):
        return (
            "The register cannot lie in a folder that is synchronised with the cloud: its file would be damaged. "
            "Choose a folder on this PC, and put backups there instead."
        )
    return None


def prepare(folder: Path) -> Path:
    """Make the folder if it is missing and check that a register may lie there.

    Raises:
        RegisterError: it may not, or the folder cannot be written to.
    """
    refused = why_refused(folder.absolute()) or _mounted_elsewhere(folder)
    if refused:
        raise RegisterError(refused)
    try:
        # Only the folder itself is closed to others; on Windows the installer gives its users their rights.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / "probe.tmp"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise RegisterError(
            "The register's folder cannot be written to. Ask whoever runs this PC to allow it, "
            "or choose another folder with --register."
        ) from error
    return folder


def _mounted_elsewhere(folder: Path) -> str | None:
    if sys.platform == "win32":
        # 2 and 4 are what Windows calls removable and remote: a mapped drive has a letter like any other.
        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.absolute().anchor)
        return {2: _REMOVABLE, 4: _ON_NETWORK}.get(kind)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    except OSError:
        return None
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    return why_mount_refused(existing.resolve(), mounts)


def why_mount_refused(folder: PurePath, mounts: str) -> str | None:
    """Say why a register must not lie where this folder is mounted, given the text of `/proc/mounts`, or None."""
    lines = [line.split() for line in mounts.splitlines()]
    under = [
        (len(place), number, kind)
        for number, (_, place, kind, *_) in enumerate((a, b.replace("\\040", " "), *c) for a, b, *c in lines)
        if folder.is_relative_to(place)
    ]
    return _ON_NETWORK if under and max(under)[2] in _REMOTE_KINDS else None


class Lock:
    """Holds the register for this program; says who holds it when another does."""

    def __init__(self, folder: Path) -> None:
        # Opened by one thread and closed by another: the lock belongs to the program, not to a thread.
        self._lock = FileLock(folder / "register.lock", timeout=0, thread_local=False)
        self._who = folder / "register.lock.json"

    def take(self) -> None:
        """Take the register.

        Raises:
            RegisterInUseError: another program has it; names the user, not a path.
        """
        try:
            self._lock.acquire()
        except Timeout as error:
            try:
                holder = str(json.loads(self._who.read_text(encoding="utf-8"))["user"])
            except (OSError, ValueError, KeyError, TypeError, RecursionError):
                holder = "another user"
            raise RegisterInUseError(
                f"The register is open already, for {holder}. Close it there first, or use that window."
            ) from error
        except OSError as error:
            raise RegisterError(
                "The register's folder cannot be written to. Ask whoever runs this PC to allow it."
            ) from error
        # Who holds it is a courtesy; the lock itself is what counts. A service may have no user name.
        with contextlib.suppress(OSError, KeyError):
            self._who.write_text(json.dumps({"user": getpass.getuser(), "pid": os.getpid()}), encoding="utf-8")

    def release(self) -> None:
        """Give the register back."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._who.unlink(missing_ok=True)
            self._lock.release()
