"""The command line's one parser. Each command lives in its own module and is imported only when named."""

import argparse
import importlib
import io
import sys
from collections.abc import Sequence

from visitor_register.errors import RegisterError

COMMANDS = {
    "chart": "read, compare or sign structure charts",
    "scan": "read the codes on pictures of badges",
    "due": "say when something is due, and why",
    "verify": "prove that nobody changed the register",
    "rebuild": "make what the screens read anew from the lines that were written",
    "backup": "make a backup now",
    "restore": "put a backup in the place of the register",
    "drill": "try whether a backup can be relied on",
}


def run(arguments: Sequence[str]) -> int:
    """Run one command, or open the window when none is named; returns the exit code.

    What a person can act on is one sentence on standard error and exit code 2.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON is UTF-8 whatever the console's code page.
            stream.reconfigure(encoding="utf-8", newline="\n")
    command = arguments[0] if arguments else ""
    if command not in COMMANDS:
        parser = _parser()
        if command in ("-h", "--help"):
            parser.parse_args(arguments)
        return _window(arguments)
    module = importlib.import_module(f"visitor_register.cli.{command}")
    parser = argparse.ArgumentParser(prog=f"visitor-register {command}", description=COMMANDS[command])
    module.add_arguments(parser)
    options = parser.parse_args(arguments[1:])
    try:
        code: int = module.run(options)
    except RegisterError as error:
        print(error, file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:8} {text}" for name, text in COMMANDS.items())
    return argparse.ArgumentParser(
        prog="visitor-register",
        description="The visitors' register. Without a command it opens the window.",
        epilog=f"commands:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _window(arguments: Sequence[str]) -> int:
    # Imported late: the commands above need neither Qt nor a screen.
    from visitor_register.gui.app import start

    return start(arguments)
