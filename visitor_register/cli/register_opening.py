"""Opens a register for a command: which folder, who asks, and a password that is never on the command line."""

import argparse
import contextlib
import getpass
import sys
from collections.abc import Iterator
from pathlib import Path

from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterError
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.place import default_folder
from visitor_register.persistence.register import Register, exists


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the register lies and who opens it."""
    parser.add_argument("--register", type=Path, metavar="DIR", help="the register's folder, when it is another one")
    parser.add_argument("--name", help="who you are in the register; not needed when there is only one person")


@contextlib.contextmanager
def opened(options: argparse.Namespace) -> Iterator[Register]:
    """The register, held for this command alone. The password is asked for, or is one line of standard input.

    Raises:
        RegisterError: there is none, another program has it, or name or password are not right.
    """
    folder: Path = options.register or default_folder()
    if not exists(folder):
        raise RegisterError("There is no register in this folder. Name the right one with --register.")
    somebody = _who(Keyring.load(folder / "keyring.json").people(), options.name)
    register = Register.open(folder, somebody, _password(somebody))
    try:
        yield register
    finally:
        register.close()


def _who(people: list[Operator], name: str | None) -> Operator:
    found = [one for one in people if name is None or one.name.casefold() == name.strip().casefold()]
    if len(found) != 1:
        names = ", ".join(one.name for one in people)
        raise RegisterError(f"Say who you are with --name. On the list are: {names}.")
    return found[0]


def _password(somebody: Operator) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"Password of {somebody.name}: ")
    return sys.stdin.readline().rstrip("\r\n")
