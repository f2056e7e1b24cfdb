"""A password on a PDF file that leaves the house: AES with 256 bits, and nothing can be read without it."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter

from visitor_register.errors import RegisterError

SHORTEST = 8
"""Letters of a password. It travels by another way than the file."""


def with_password(content: bytes, password: str) -> bytes:
    """Return a PDF that opens with this password only.

    Raises:
        RegisterError: the password is too short.
    """
    if len(password) < SHORTEST:
        raise RegisterError(f"Choose a password of at least {SHORTEST} letters: three plain words are easy to say.")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
