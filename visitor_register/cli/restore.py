"""`visitor-register restore`: puts a backup in the place of the register, or begins one on a clean machine."""

import argparse
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from visitor_register.cli import register_opening
from visitor_register.domain import calendar
from visitor_register.persistence import restore
from visitor_register.persistence.place import default_folder
from visitor_register.persistence.restore import Opening, Outcome
from visitor_register.services import restoring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("backup", type=Path, metavar="BACKUP", help="the backup's folder, named after date and time")
    parser.add_argument("--register", type=Path, metavar="DIR", help="the register's folder, when it is another one")
    parser.add_argument("--name", help="the DSL or the head who restores; not needed when there is only one")
    parser.add_argument(
        "--recovery-code",
        action="store_true",
        help="open the backup with the recovery code; the DSL or the head then gets a new password",
    )


def run(options: argparse.Namespace) -> int:
    """Restore; what is secret is asked for, or stands in lines of standard input. Returns 0.

    Raises:
        RegisterError: it could not be restored; the register that lies there is as it was.
    """
    folder: Path = options.register or default_folder()
    opened = opening(options, new_password=True)
    outcome = restoring.put_back(options.backup, folder, opened, at=datetime.now(UTC), progress=_say)
    _report(outcome)
    return 0


def opening(options: argparse.Namespace, *, new_password: bool) -> Opening:
    """Ask for what opens the backup.

    Raises:
        RegisterError: it is no backup, or nobody of that name is in it.
    """
    who = register_opening.who(restore.people(options.backup), options.name, first=options.recovery_code)
    if not options.recovery_code:
        return Opening(name=who.name, password=register_opening.ask(f"Password of {who.name}"))
    code = register_opening.ask("Recovery code")
    if not new_password:
        return Opening(name=who.name, recovery_code=code)
    return Opening(
        name=who.name, recovery_code=code, new_password=register_opening.ask_new(f"New password for {who.name}")
    )


def print_proofs(proofs: Mapping[str, str]) -> None:
    """Print the words for where each file of a backup ends, as they stand at the foot of printed sheets."""
    for name, words in proofs.items():
        if words:
            print(f"Register proof of the {'desk' if name == 'desk' else 'DSL'}'s file: {words}")


def _say(words: str) -> None:
    print(f"{words} ...", file=sys.stderr)


def _report(outcome: Outcome) -> None:
    print(
        f"The register is restored as it was on {calendar.to_london(outcome.made_at):%d/%m/%Y %H:%M}: "
        f"{outcome.entries} lines, all as they were written."
    )
    if outcome.dsl_made_at is None:
        print("The backup held no copy of the DSL's file. An empty one was made.")
    elif outcome.dsl_is_older:
        print(f"The DSL's file is of {calendar.to_london(outcome.dsl_made_at):%d/%m/%Y %H:%M}; it was not newer.")
    if outcome.erased_again:
        print(f"{outcome.erased_again} lines that had been erased since were erased again.")
    if outcome.aside is not None:
        until = f" It is deleted after {calendar.say_date(outcome.aside_until)}." if outcome.aside_until else ""
        print(f"The register that was there before lies in “{outcome.aside.name}”.{until}")
    print_proofs(outcome.proofs)
    if outcome.returned:
        names = ", ".join(one.name for one in outcome.returned)
        print(f"CHECK: by this backup they have rights again that they had lost: {names}. See Settings, People.")
    print(f"{outcome.by.name} can sign in. What happened later has to be added from paper.")
