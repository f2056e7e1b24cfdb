"""The encrypted driver; where it cannot be loaded, or does not encrypt, no register is opened: never a plain file."""

from typing import Any

try:
    from sqlcipher3 import dbapi2
except ImportError:
    # It opens nothing, because `check` refuses it: it only gives the errors their names.
    from sqlite3 import dbapi2

from visitor_register.errors import RegisterError

__all__ = ["check", "dbapi2"]


def check(cursor: Any) -> None:
    """See that what is written through this cursor is encrypted.

    Raises:
        RegisterError: it is not; nothing was written.
    """
    found = cursor.execute("PRAGMA cipher_version").fetchone()
    if found is None or not found[0]:
        raise RegisterError(
            "The register stays closed: the part of the program that encrypts it cannot be loaded. "
            "Install the program again; nothing was changed."
        )


def check_loaded() -> None:
    """The same, before any file is touched.

    Raises:
        RegisterError: the driver does not encrypt.
    """
    connection = dbapi2.connect(":memory:")
    try:
        check(connection.cursor())
    finally:
        connection.close()
