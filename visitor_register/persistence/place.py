"""Where a register may lie: one folder on a local disk, held by one program at a time."""

import getpass
import json
import os
import sys
from pathlib import Path, PurePath

import platformdirs
from filelock import FileLock, Timeout

from visitor_register.errors import RegisterError, RegisterInUseError

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
        return (
            "The register cannot lie on a network drive: its file would be damaged. "
            "Choose a folder on this PC, and put backups on the network instead."
        )
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
        folder.mkdir(parents=True, exist_ok=True)
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
    if sys.platform != "linux":
        return None
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    best = max((m for m in mounts if existing.is_relative_to(m[1])), key=lambda m: len(m[1]), default=None)
    if best is not None and best[2] in ("nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p"):
        return (
            "The register cannot lie on a network drive: its file would be damaged. "
            "Choose a folder on this PC, and put backups on the network instead."
        )
    return None


class Lock:
    """Holds the register for this program; says who holds it when another does."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "register.lock", timeout=0)
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
                holder = json.loads(self._who.read_text(encoding="utf-8"))["user"]
            except (OSError, ValueError, KeyError):
                holder = "another user"
            raise RegisterInUseError(
                f"The register is open already, for {holder}. Close it there first, or use that window."
            ) from error
        self._who.write_text(json.dumps({"user": getpass.getuser(), "pid": os.getpid()}), encoding="utf-8")

    def release(self) -> None:
        """Give the register back."""
        if self._lock.is_locked:
            self._who.unlink(missing_ok=True)
            self._lock.release()
