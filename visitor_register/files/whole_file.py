"""Writes a file for somebody outside the program: all of it, or nothing, and never half over an older one."""

import contextlib
import tempfile
from pathlib import Path

from visitor_register.errors import RegisterError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there when it is complete.

    Raises:
        RegisterError: it cannot be written there; what stood there before still does.
    """
    half = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".half-", delete=False) as file:
            half = Path(file.name)
            file.write(content)
        half.replace(path)
    except OSError as error:
        raise RegisterError(
            f"“{path.name}” could not be written there: close it if it is open, or choose another folder."
        ) from error
    finally:
        if half is not None:
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)
