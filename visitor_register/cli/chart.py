"""`chart read` and `chart compare`: structure charts on the command line, without register or password."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from visitor_register.cli import chart_sign
from visitor_register.domain.chart import ChartPerson, ChartReading, unresolved
from visitor_register.domain.chart_compared import compare_charts
from visitor_register.domain.chart_table import Mark
from visitor_register.services.chart_reading import read_files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    read = verbs.add_parser("read", help="read one chart (an organogram: SENIOR and JUNIOR)")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE")
    diff = verbs.add_parser("compare", help="say what changed from one chart to the next")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    diff.add_argument("--whole", action="store_true", help="both show the whole council: missing branches have left")
    for verb in (read, diff):
        verb.add_argument("--json", action="store_true", help="write JSON instead of text")
    chart_sign.add_verbs(verbs)


def run(options: argparse.Namespace) -> int:
    """Run the verb; returns the exit code. What cannot be read is raised as FileRefusedError."""
    if options.verb in chart_sign.VERBS:
        return chart_sign.VERBS[options.verb](options)
    if options.verb == "read":
        reading = read_files(options.files).reading
        _print(as_json(reading)) if options.json else _show(reading)
        return 0
    old, new = (read_files([path]).reading for path in (options.old, options.new))
    compared = compare_charts(old, new, whole=options.whole)
    content = {name: list(items) for name, items in compared.changes.as_dict().items()}
    content["warnings"] = list(compared.warnings)
    if options.json:
        _print(content)
    else:
        _show_changes(content)
    return 0


def as_json(reading: ChartReading) -> dict[str, Any]:
    """Return a reading in the shape that `chart read --json` prints."""
    return {
        "format": reading.format,
        "as_at": reading.as_at.isoformat() if reading.as_at else None,
        "people": [_person(person) for person in reading.people],
        "problems": [{"where": problem.where, "text": problem.text} for problem in reading.problems],
        "head_counts": [
            {"under": count.under, "job_title": count.job_title, "unit": count.unit, "posts": count.posts}
            for count in reading.head_counts
        ],
        "lines": {mark.value: count for mark, count in _lines(reading).items()},
    }


def _person(person: ChartPerson) -> dict[str, Any]:
    return {
        "key": person.key,
        "name": person.name or person.written,
        "known_as": person.known_as,
        "job_title": person.job_title,
        "unit": person.unit,
        "service": person.service,
        "staff_number": person.staff_number,
        "post_ref": person.post_ref,
        "email": person.email,
        "phones": [phone.number or phone.typed for phone in (*person.phones, *person.mobiles)],
        "vacant": person.vacant,
        "flagged": person.flagged,
        "manager": person.manager,
        "manager_text": person.manager_text,
        "candidates": list(person.candidates),
    }


def _lines(reading: ChartReading) -> dict[Mark, int]:
    """Count the lines of a drawing by how sure they are; {} for a table."""
    counted = Counter(link.mark for page in reading.pages for link in page.links)
    return {mark: counted[mark] for mark in Mark} if reading.pages else {}


def _show(reading: ChartReading) -> None:
    rows = {person.key: person for person in reading.people}
    for person in reading.people:
        above = rows.get(person.manager or "")
        manager = (above.name or f"vacant: {above.job_title}") if above else "?" if person.manager_text else "-"
        apart = f" [{person.gone}]" if person.gone else ""
        print(f"{person.name or 'VACANT':30.30} {person.job_title:40.40} {person.unit:28.28} > {manager}{apart}")
    settled = sum(person.manager is not None for person in reading.people)
    vacant = sum(person.vacant for person in reading.people)
    as_at = f", as at {reading.as_at:%d %B %Y}" if reading.as_at else ""
    print(f"\n{reading.format}{as_at}: {len(rows)} rows, {vacant} vacant, {settled} managers set.")
    if lines := _lines(reading):
        print(f"Lines of the drawing: {', '.join(f'{count} {mark.value}' for mark, count in lines.items())}.")
    for spelling in unresolved(reading):
        offered = ", ".join(rows[key].name or rows[key].job_title for key in spelling.candidates[:3]) or "nobody"
        said = f"“{spelling.spelling}”" if spelling.spelling else f"nobody named ({rows[spelling.rows[0]].where})"
        print(f"  {len(spelling.rows)} x {said}: {offered}?")
    for problem in reading.problems:
        print(f"  {problem.where}: {problem.text}")


def _show_changes(content: Mapping[str, Sequence[Any]]) -> None:
    for name, items in content.items():
        print(f"{name.replace('_', ' ')}: {len(items)}")
        for item in items:
            print(f"  {item if isinstance(item, str) else ', '.join(f'{k} {v}' for k, v in item.items() if v)}")


def _print(content: dict[str, Any]) -> None:
    json.dump(content, sys.stdout, ensure_ascii=False, indent=1)
    print()
