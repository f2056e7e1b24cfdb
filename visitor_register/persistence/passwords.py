"""What a password, a PIN and a recovery code have to be."""

import secrets
from itertools import pairwise

from visitor_register.domain import codes
from visitor_register.errors import RegisterError

MIN_PASSWORD = 8
RECOVERY_LENGTH = 25
"""Characters of our 31 without the check character: over 120 bits."""


def check_length(password: str) -> None:
    """See that a password is long enough.

    Raises:
        RegisterError: it is not.
    """
    if len(password) < MIN_PASSWORD:
        raise RegisterError(f"The password needs at least {MIN_PASSWORD} characters. Three plain words do well.")


def check_pin(pin: str) -> None:
    """See that a PIN has six digits and is not the first that anybody would try.

    Raises:
        RegisterError: it has not, or it is.
    """
    if len(pin) != 6 or not pin.isascii() or not pin.isdigit():
        raise RegisterError("A PIN has six digits.")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(set(pin)) == 1 or steps in ({1}, {9}):
        raise RegisterError("That PIN is among the first that anybody would try. Choose another one.")


def new_recovery_code() -> str:
    """A fresh recovery code: 25 random characters and a check character, in groups for writing down."""
    body = "".join(secrets.choice(codes.ALPHABET) for _ in range(RECOVERY_LENGTH))
    return codes.grouped(body + codes.check_character(body))


def plain_code(code: str) -> str:
    """A recovery code as it was made: without gaps, and with the letters that are no signs of it as digits."""
    signs = (sign for sign in code.upper() if sign.isalnum())
    return "".join(signs).translate(str.maketrans("ILO", "110"))
