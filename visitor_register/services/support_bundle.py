"""What somebody who helps from afar may see: versions, sizes, findings, and the log; nobody's name, and no folder's.

The log holds places and kinds of errors, never a name. It is still read line by line here: what is not of a shape
that the program writes is left out, and counted.
"""

import io
import json
import platform
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.health import Facts, findings
from visitor_register.persistence import backup, journal, restore_swap
from visitor_register.persistence.tables import PROJECTIONS, TABLE_OF
from visitor_register.persistence.upgrade import newest_revision
from visitor_register.services import health

NAME = "visitor-register-support"
MOST_LINES = 5_000
_LOGS = ("visitor-register.log", "visitor-register.log.1", "visitor-register.log.2", "visitor-register.log.3")
_FILES = (*restore_swap.FILES, "desk.db-wal", "dsl.db-wal", "machine.toml", restore_swap.MARK, *_LOGS)
"""Ours, by name: somebody may have saved a file here that is called after a person."""
_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ visitor_register[\w.]* ")
_FRAME = re.compile(r'  File "[^"]*", line \d+, in [\w<>]+')
_SOURCE = "    "
"""How the program's own text under a frame begins: the frame says where it stands."""
_KIND = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
_FOLDER = re.compile(r"""(?:[A-Za-z]:\\|\\\\|/)[^"']*[\\/](?=[^\\/"']+(?:["']|$))""")


def make(session: Session, folder: Path, facts: Facts, qt: str = "") -> bytes:
    """The content of the zip file to hand over.

    Args:
        session: Of the desk's file.
        folder: Where the register lies; its name does not stand in the bundle.
        facts: What the health page shows; the words of the findings about people are left out.
        qt: The version of the window system's library, as it says itself.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("about.json", _as_json(_about(session, folder, facts, qt)))
        lines, left_out = log_lines(_read_logs(folder))
        note = f"[{left_out} lines of another shape are left out]\n" if left_out else ""
        bundle.writestr("log.txt", note + "\n".join(lines) + "\n")
    return made.getvalue()


def file_name(at: datetime) -> str:
    """What the bundle is called."""
    return f"{NAME}-{calendar.to_london(at):%Y-%m-%d-%H%M}.zip"


def log_lines(raw: Iterable[str]) -> tuple[list[str], int]:
    """The lines of a log that the program wrote, without folders; and how many others there were."""
    kept: list[str] = []
    left_out = 0
    for line in raw:
        if _is_ours(line):
            kept.append(_FOLDER.sub("", line))
        elif line.strip() and not line.startswith(_SOURCE):
            left_out += 1
    return kept[-MOST_LINES:], left_out


def _is_ours(line: str) -> bool:
    """What begins a line of the log, a frame of a trace, or the bare kind of an error."""
    return bool(_WRITTEN.match(line) or _FRAME.fullmatch(line) or line == "during:" or _KIND.fullmatch(line))


def _read_logs(folder: Path) -> Iterator[str]:
    for name in reversed(_LOGS):
        try:
            yield from (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue


def _about(session: Session, folder: Path, facts: Facts, qt: str) -> dict[str, object]:
    counts = {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLE_OF.values()
    }
    sizes = {name: (folder / name).stat().st_size for name in _FILES if (folder / name).is_file()}
    return {
        "made": facts.at.isoformat(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "qt": qt,
        "versions": dict(health.versions(session)),
        "schema": {"journal": newest_revision(), "tables": PROJECTIONS},
        "lines": journal.count(session),
        "rows": counts,
        "file_sizes": sizes,
        "backups": [backed.made_at.isoformat() for backed in backup.listed(folder)],
        "findings": [
            {"key": one.key, "level": one.level.name, "words": one.words}
            for one in findings(facts)
            if one.key != "people"
        ],
    }


def _as_json(about: dict[str, object]) -> str:
    return json.dumps(about, ensure_ascii=False, indent=1)
