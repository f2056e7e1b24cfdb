"""A password on a PDF file that leaves the house: AES with 256 bits, and nothing can be read without it."""

from io import BytesIO

from visitor_register.errors import RegisterError

SHORTEST = 8
"""Letters of a password. It travels by another way than the file."""


def check(password: str) -> None:
    """Refuse a password that is soon guessed: whoever has the file may try as often as they like.

    Raises:
        RegisterError: the password is too short.
    """
    if len(password) < SHORTEST:
        raise RegisterError(f"Choose a password of at least {SHORTEST} letters: three plain words are easy to say.")


def check_typed(password: str, again: str) -> None:
    """Refuse a password that is soon guessed, or that was not typed the same twice; none at all is none.

    Raises:
        RegisterError: says which of the two it is.
    """
    if password or again:
        check(password)
    if password != again:
        raise RegisterError("The two passwords differ. Type the same one twice.")


def with_password(content: bytes, password: str) -> bytes:
    """Return a PDF that opens with this password only.

    Raises:
        RegisterError: the password is too short.
    """
    # It takes a tenth of a second to load, and is needed once a term.
    from pypdf import PdfReader, PdfWriter

    check(password)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
