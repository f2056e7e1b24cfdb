"""The triggers of the journal, word for word, and whether a file still has them and no others."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_HEADER = (
    "desk", "epoch", "seq", "at", "clock", "actor", "subject", "kind", "version", "commitment", "prev_hash", "hash",
)  # fmt: skip
GUARDS = {
    "entry_stays": "CREATE TRIGGER entry_stays BEFORE DELETE ON entry "
    "BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END",
    "entry_unchanged": "CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry "  # noqa: S608 - column names of our own
    f"WHEN NOT ({' AND '.join(f'NEW.{name} IS OLD.{name}' for name in _HEADER)} "
    "AND OLD.body IS NOT NULL AND NEW.body IS NULL AND NEW.salt IS NULL "
    "AND OLD.erased_by IS NULL AND EXISTS (SELECT 1 FROM entry e WHERE e.kind = 'Erased' "
    "AND e.desk || '/' || e.epoch || '/' || e.seq = NEW.erased_by)) "
    "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
}
"""The triggers that refuse changing and deleting, word for word; a file without them may have been worked on."""


def missing_guard(session: Session) -> str | None:
    """The guards, exactly as they were made; and nothing else that could act when something is written or read."""
    rows = session.execute(text("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"))
    found: dict[str, str] = {row.name: row.sql for row in rows}
    if any(found.get(name) != sql for name, sql in GUARDS.items()):
        return "the file's guard against changing lines was taken off"
    stranger = next((name for name in found if name not in GUARDS), None)
    return None if stranger is None else f"the file holds “{stranger}”, which this program never made"
