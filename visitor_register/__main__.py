"""Starts the program: a command if one is named, else the window."""

import sys

from visitor_register.cli.main import run


def main() -> int:
    """Run the program with the arguments of the process; returns its exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
