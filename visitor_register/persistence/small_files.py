"""Small files, and names of files, put on the disk so that neither a crash nor a power cut leaves half of them."""

import contextlib
import errno
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_CANNOT = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM})
"""What a disk says that has no way to be asked: some network drives, where only copies lie."""


def write_atomically(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Replace a small file so that it is the old one or the new one, never half of either.

    After a power cut it is the new one too, unless it need not be `lasting`: then it may be the old one, whole.

    Raises:
        OSError: the disk did not take it; the old one stands.
    """
    handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace(Path(name), path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
    if lasting:
        sync_names(path.parent)


def replace(new: Path, path: Path, *, pause: Callable[[float], None] = time.sleep) -> None:
    """Put a file in the place of another; on Windows a virus scanner may hold either for a moment."""
    for wait in (0.02, 0.1, 0.4):
        try:
            new.replace(path)
        except PermissionError:
            pause(wait)
        else:
            return
    new.replace(path)


def sync_names(folder: Path) -> None:
    """See to it that the names in a folder, new, changed or removed, outlive a power cut; Windows does it by itself.

    Raises:
        OSError: the disk did not take it: the names are there, and may be the old ones after a power cut.
    """
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
