"""`chart key` and `chart sign`: what the council runs to send its chart signed. Needs no register."""

import argparse
import getpass
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from visitor_register.domain.calendar import london_date
from visitor_register.domain.chart_fingerprint import OF_KEY, readable
from visitor_register.errors import RegisterError
from visitor_register.files import chart_bundle, council_key
from visitor_register.files.chart_bundle import Label
from visitor_register.files.charts import read_chart
from visitor_register.files.whole_file import write_whole

_VALID_DAYS = 90


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe both verbs."""
    key = verbs.add_parser("key", help="make the key with which the council signs its charts")
    key.add_argument("key", type=Path, metavar="FILE", help="the new key's file; keep it and its password safe")
    sign = verbs.add_parser("sign", help="sign a chart for schools")
    sign.add_argument("chart", type=Path, metavar="CHART")
    sign.add_argument("--key", type=Path, required=True, metavar="FILE", help="made by “chart key”")
    sign.add_argument("--authority", required=True, help="whose chart it is, as schools know you")
    sign.add_argument("--version", type=int, required=True, help="a number higher than that of the last one")
    sign.add_argument("--issued", type=date.fromisoformat, metavar="YYYY-MM-DD", help="today, unless you say so")
    sign.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="when the next one is due")
    sign.add_argument("--output", type=Path, metavar="FILE")


def make_key(options: argparse.Namespace) -> int:
    """Make a key and print its fingerprint; returns the exit code.

    Raises:
        RegisterError: the file exists, or the passwords differ.
    """
    password = _password("Password for the new key: ")
    if sys.stdin.isatty() and getpass.getpass("The same again: ") != password:
        raise RegisterError("The two passwords differ, so no key was made: try again.")
    name = council_key.make(options.key, password)
    print(f"{options.key}: made. Read this fingerprint to each school on the telephone: {readable(name, OF_KEY)}")
    return 0


def sign(options: argparse.Namespace) -> int:
    """Sign a chart that the register can read, and print what to tell the schools; returns the exit code.

    Raises:
        RegisterError: the chart cannot be read, the key not opened, or the number and dates make no sense.
    """
    issued: date = options.issued or london_date(datetime.now(UTC))
    until: date = options.until or issued + timedelta(days=_VALID_DAYS)
    if options.version < 1 or until < issued:
        raise RegisterError("Nothing was signed: the version counts from 1, and --until is not before --issued.")
    reading = read_chart([options.chart])
    content = options.chart.read_bytes()
    key = council_key.load(options.key, _password("Password of the key: "))
    label = Label(options.authority.strip(), options.version, issued, until, options.chart.name)
    output: Path = options.output or options.chart.with_suffix(chart_bundle.SUFFIX)
    write_whole(output, chart_bundle.seal(content, label, key))
    named = sum(person.living for person in reading.people)
    print(f"{output}: version {label.version} of {label.authority}, {named} people, good until {until:%d/%m/%Y}.")
    print(f"Signed with the key {readable(council_key.name_of(key), OF_KEY)}.")
    return 0


VERBS = {"key": make_key, "sign": sign}


def _password(prompt: str) -> str:
    # Never an argument: other people's programs can read those.
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
