"""`visitor-register verify`: proves that nobody changed the register, or names the first thing that was."""

import argparse
from uuid import UUID

from visitor_register.cli import register_opening
from visitor_register.persistence import anchor
from visitor_register.persistence.register import Register
from visitor_register.persistence.verify import Finding, Moment, find, verify
from visitor_register.services import proof


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    register_opening.add_arguments(parser)
    parser.add_argument(
        "--anchor",
        metavar="WORDS",
        help="the twelve words from the foot of a printed sheet: does the register still hold all it held then?",
    )


def run(options: argparse.Namespace) -> int:
    """Read every entry of every file this person may open; returns 0 when all is sound, 1 with a named fault.

    Raises:
        RegisterError: the register cannot be opened, or the words cannot be read.
    """
    # Before anybody is asked for a password: a slip in twelve words is likely.
    prefix = anchor.prefix_of(options.anchor) if options.anchor is not None else None
    with register_opening.opened(options) as register:
        sound = True
        if register.records_lost:
            sound = False
            print("Records are lost: a file ends before the last entry that was noted beside it. Restore a backup.")
        known = _names(register)
        moments: list[Moment | None] = []
        for name, database in (("desk", register.desk), ("DSL's", register.dsl)):
            if database is None:
                print(f"The {name} file was not read: only the DSL or the head can open it.")
                continue
            with database.read() as session:
                found = verify(session)
                if prefix is not None:
                    moments.append(find(session, prefix))
            sound &= found.sound
            _tell(name, found, known)
    if prefix is not None:
        sound &= _told_words(moments, everything=len(moments) == 2)
    return 0 if sound else 1


def _names(register: Register) -> dict[UUID, str]:
    with register.read() as session:
        return proof.names(session)


def _tell(name: str, found: Finding, known: dict[UUID, str]) -> None:
    erased = f", {found.erased} of them erased" if found.erased else ""
    print(f"The {name} file: {found.entries} lines{erased}: {found.fault or 'sound'}.")
    answer, *erasures = proof.told(name, found, known).lines
    for line in [*([] if found.sound else [answer]), *erasures]:
        print(f"  {line}")


def _told_words(moments: list[Moment | None], *, everything: bool) -> bool:
    moment = next((one for one in moments if one is not None), None)
    if moment is not None:
        print(proof.held(moment))
        return True
    print(proof.NOT_HELD)
    if not everything:
        print("The words of a timeline are those of the DSL's file: let the DSL or the head try them.")
    return False
