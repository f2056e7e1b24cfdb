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
    parser.add_argument("--recovery-code", action="store_true", help="open it with the recovery code")


@contextlib.contextmanager
def opened(options: argparse.Namespace) -> Iterator[Register]:
    """The register, held for this command alone. The password is asked for, or is one line of standard input.

    Raises:
        RegisterError: there is none, another program has it, or name or password are not right.
    """
    folder: Path = options.register or default_folder()
    if not exists(folder):
        raise RegisterError("There is no register in this folder. Name the right one with --register.")
    keyring = Keyring.load(folder / "keyring.json")
    if options.recovery_code:
        register = Register.open_with(folder, keyring, keyring.recover(ask("Recovery code")))
    else:
        somebody = who(keyring.people(), options.name)
        register = Register.open(folder, somebody, ask(f"Password of {somebody.name}"))
    try:
        yield register
    finally:
        register.close()


def who(people: list[Operator], name: str | None, *, first: bool = False) -> Operator:
    """Whose name was given, or the only one there is; the `first` of several where anybody will do.

    Raises:
        RegisterError: it has to be said who.
    """
    found = [one for one in people if name is None or one.name.casefold() == name.strip().casefold()]
    if len(found) != 1 and not (first and name is None and found):
        names = ", ".join(one.name for one in people)
        raise RegisterError(f"Say who you are with --name. On the list are: {names}.")
    return found[0]


def ask(what: str) -> str:
    """Ask for a secret, which does not appear on the screen, or read one line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{what}: ")
    return sys.stdin.readline().rstrip("\r\n")


def ask_new(what: str) -> str:
    """Ask for a new password; twice where nobody can see what they type.

    Raises:
        RegisterError: the two differ.
    """
    password = ask(what)
    if sys.stdin.isatty() and ask("The same again") != password:
        raise RegisterError("The two passwords are not the same. Nothing was changed.")
    return password
