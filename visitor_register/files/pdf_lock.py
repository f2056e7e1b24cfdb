"""Puts a password on a PDF: AES-256, and nothing of it can be read without."""

from io import BytesIO

from visitor_register.errors import RegisterError

SHORTEST = 8
"""Letters of a password: whoever has the file may try as often as they like."""


def check(password: str) -> None:
    """Refuse a password that is soon guessed.

    Raises:
        RegisterError: it is too short.
    """
    if len(password) < SHORTEST:
        raise RegisterError(f"Choose a password of at least {SHORTEST} letters, or leave it empty for none.")


def locked(content: bytes, password: str) -> bytes:
    """The same PDF, opened with this password only.

    Raises:
        RegisterError: the password is too short.
    """
    # It takes a fifth of a second to load, and is needed once a term.
    from pypdf import PdfReader, PdfWriter

    check(password)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
