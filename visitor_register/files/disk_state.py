"""What the system tells of the disk the register lies on: how much room is left, and whether it is encrypted."""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePath

_PATIENCE = 10.0
_ON, _OFF = frozenset({1, 3, 5}), frozenset({2, 4, 6})
"""What Windows' property BitLockerProtection says: on, being made, suspended; off, being taken off, locked away."""

Ask = Callable[[str], str]


def free(folder: Path) -> int | None:
    """Bytes left for us on the folder's disk; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def is_encrypted(folder: Path) -> bool | None:
    """Whether the folder's disk is encrypted; None where the system does not tell. It may take seconds."""
    if sys.platform == "win32":
        return bitlocker(folder.absolute().drive, _ask_windows)
    with contextlib.suppress(OSError, ValueError):
        mounts = Path("/proc/mounts").read_text(encoding="utf-8")
        return on_encrypted_device(folder.resolve(), mounts, Path("/sys/class/block"))
    return None


def bitlocker(drive: str, ask: Ask) -> bool | None:
    """What Windows says of a drive such as `C:`, without an administrator's rights."""
    if len(drive) != 2 or not drive[0].isalpha():
        return None
    said = ask(drive)
    if not said.strip().isdigit():
        return None
    number = int(said)
    return True if number in _ON else False if number in _OFF else None


def on_encrypted_device(folder: PurePath, mounts: str, devices: Path) -> bool | None:
    """Whether a folder lies on a dm-crypt device, or on one made of such; None where no real device is named.

    Args:
        folder: Where, with links followed.
        mounts: The text of `/proc/mounts`.
        devices: Linux' `/sys/class/block`.
    """
    lines = [line.split() for line in mounts.splitlines()]
    under = [(len(place), device) for device, place, *_ in lines if folder.is_relative_to(place.replace("\\040", " "))]
    device = max(under, default=(0, ""))[1]
    if not device.startswith("/dev/"):
        return None
    name = Path(device).resolve().name
    return _crypts(devices / name) if (devices / name).exists() else None


def _crypts(device: Path) -> bool:
    """Whether this device, or what it is made of, is encrypted."""
    with contextlib.suppress(OSError):
        if (device / "dm" / "uuid").read_text(encoding="ascii").startswith("CRYPT-"):
            return True
    below = device / "slaves"
    return below.is_dir() and any(_crypts(device.parent / part.name) for part in below.iterdir())


def _ask_windows(drive: str) -> str:
    script = (
        f"(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self"
        ".ExtendedProperty('System.Volume.BitLockerProtection')"
    )
    command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]
    try:
        # CREATE_NO_WINDOW: no console flashes up at the desk.
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=_PATIENCE, creationflags=0x08000000, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout
