"""What a person is told when a register file cannot be read or written; our own bugs pass through as what they are."""

import contextlib
from collections.abc import Iterator

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InternalError, ProgrammingError

from visitor_register.errors import RegisterDamagedError, RegisterError

BUGS = (IntegrityError, ProgrammingError, InternalError)
"""Errors of the database that are ours, not the disk's: they go to the log as what they are."""


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Say in plain words that a register file cannot be read; bugs pass through as what they are.

    Raises:
        RegisterError: another program holds the file, or the disk does not give it.
    """
    try:
        yield
    except DatabaseError as error:
        if isinstance(error, BUGS):
            raise
        text = str(error.orig).lower()
        if "locked" in text or "busy" in text:
            raise RegisterError("Another program holds the register's file. Try again in a moment.") from error
        if "malformed" in text or "not a database" in text:
            raise RegisterDamagedError(
                "The register's file is damaged. Restore the last backup; nothing in the file was changed."
            ) from error
        raise RegisterError(
            "The register's file cannot be read or written to. Tell whoever runs this PC; nothing was lost."
        ) from error


@contextlib.contextmanager
def saying(sentence: str) -> Iterator[None]:
    """Say this when the disk does not give a small file, or does not take it.

    Raises:
        RegisterError: with the sentence.
    """
    try:
        yield
    except OSError as error:
        raise RegisterError(sentence) from error


def why_not_saved(error: DBAPIError) -> str:
    """The sentence for a write that failed."""
    text = str(error.orig).lower()
    if "full" in text:
        return "NOT SAVED - use the paper sheet. The disk is full: make room, then try again."
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return "NOT SAVED - use the paper sheet. The register's folder cannot be written to; tell whoever runs this PC."
    if "locked" in text or "busy" in text:
        return "NOT SAVED - use the paper sheet. Another program holds the register's file; try again in a moment."
    return "NOT SAVED - use the paper sheet. The disk did not take it; tell whoever runs this PC, then try again."
