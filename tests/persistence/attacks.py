"""What somebody with the file's key does to a journal, one change at a time, and puts the guards back afterwards."""

import hmac
import random
from collections.abc import Callable
from uuid import uuid4

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from visitor_register.persistence import journal, projections
from visitor_register.persistence.tables import entry
from visitor_register.persistence.verify_guards import GUARDS

COLUMNS = [column.name for column in entry.c]
_BLOBS = ("body", "salt", "commitment", "prev_hash", "hash")
_NUMBERS = ("epoch", "seq", "clock", "version")
_WHERE = "rowid = :row"


def without_guards(session: Session, change: Callable[[Session], object]) -> object:
    """Take the triggers off, change something, and put them back word for word."""
    for name in GUARDS:
        session.execute(text(f"DROP TRIGGER {name}"))
    done = change(session)
    for sql in GUARDS.values():
        session.execute(text(sql))
    return done


def stored(session: Session) -> list[tuple[object, ...]]:
    """Every cell of the journal as it stands in the file, with its type."""
    cells = ", ".join(f"quote({name})" for name in COLUMNS)
    return sorted(tuple(row) for row in session.execute(text(f"SELECT {cells} FROM entry")))  # noqa: S608


def change_one(session: Session, chance: random.Random) -> str:
    """One random change that leaves the journal another one than it was; says what it was."""
    before = stored(session)
    while True:
        what = chance.choices((_cell, _gone, _copied, _swapped, _turned), (12, 1, 1, 3, 2))[0](session, chance)
        if stored(session) != before:
            return what


def chain_anew(session: Session, first: int, *, tables: bool = True) -> None:
    """Make every hash from this number on fit again, as somebody would who stole the file's key; tables follow."""
    previous = journal.GENESIS
    for row in session.execute(select(entry).order_by(entry.c.clock)).all():
        made = {**row._mapping, "prev_hash": previous}
        if row.seq >= first:
            if row.body is not None:
                made["commitment"] = hmac.digest(row.salt, row.body, "sha256")
            made["hash"] = journal.chain_hash(made)
            session.execute(entry.update().where(entry.c.seq == row.seq).values(made))
        previous = made["hash"]
    if tables:
        projections.rebuild(session)


def _row(session: Session, chance: random.Random) -> int:
    return chance.choice(session.execute(text("SELECT rowid FROM entry ORDER BY clock")).scalars().all())


def _cell(session: Session, chance: random.Random) -> str:
    row, name = _row(session, chance), chance.choice(COLUMNS)
    old = session.execute(text(f"SELECT {name} FROM entry WHERE {_WHERE}"), {"row": row}).scalar_one()  # noqa: S608
    new = _another(name, old, chance)
    try:
        with session.begin_nested():
            session.execute(text(f"UPDATE entry SET {name} = :new WHERE {_WHERE}"), {"new": new, "row": row})  # noqa: S608
    except Exception:  # noqa: BLE001 - the file itself refuses it: another is tried
        return ""
    return f"{name} of row {row}: {old!r} became {new!r}"


def _another(name: str, old: object, chance: random.Random) -> object:
    ways: list[Callable[[], object]] = [lambda: None, lambda: "", lambda: uuid4().hex, lambda: chance.randbytes(32)]
    if isinstance(old, bytes) and old:
        at = chance.randrange(len(old))
        ways += [lambda: old[:at] + bytes([old[at] ^ 1 << chance.randrange(8)]) + old[at + 1 :]] * 4
        ways += [lambda: old[:-1], lambda: old + b" ", lambda: old.decode("latin-1")]
    elif isinstance(old, str) and old:
        at = chance.randrange(len(old))
        ways += [lambda: old[:at] + chance.choice("0af9x") + old[at + 1 :]] * 4
        ways += [old.upper, old.lower, lambda: old + " ", old.encode, lambda: old[:-1]]
    elif isinstance(old, int):
        ways += [lambda: old + 1, lambda: old - 1, lambda: -old, lambda: old + 0.5, lambda: chance.randrange(10**6)] * 2
    return chance.choice(ways)()


def _gone(session: Session, chance: random.Random) -> str:
    """Any entry but the last: that one gone is a shorter journal, for which there are the words on paper."""
    rows = session.execute(text("SELECT rowid FROM entry ORDER BY clock")).scalars().all()
    row = chance.choice(rows[:-1])
    session.execute(text(f"DELETE FROM entry WHERE {_WHERE}"), {"row": row})  # noqa: S608
    return f"row {row} deleted"


def _copied(session: Session, chance: random.Random) -> str:
    row = _row(session, chance)
    one = dict(session.execute(text(f"SELECT * FROM entry WHERE {_WHERE}"), {"row": row}).mappings().one())  # noqa: S608
    last = session.execute(text("SELECT max(seq) FROM entry")).scalar_one()
    one |= chance.choice(
        (
            {"seq": last + 1},
            {"desk": "another"},
            {"epoch": one["epoch"] + 1},
            {"seq": last + 1, "clock": one["clock"] + 1},
            {"seq": last + 1, "clock": 10**18},
        )
    )
    names = ", ".join(one)
    session.execute(text(f"INSERT INTO entry ({names}) VALUES ({', '.join(f':{name}' for name in one)})"), one)  # noqa: S608
    return f"row {row} copied"


def _swapped(session: Session, chance: random.Random) -> str:
    """One column, or several that belong together, of two entries change places."""
    first, second = _row(session, chance), _row(session, chance)
    names = chance.choice(
        [*([name] for name in COLUMNS), ["body", "salt"], ["body", "salt", "commitment"], ["at", "clock"]]
    )
    _exchange(session, first, second, names)
    return f"{', '.join(names)} of rows {first} and {second} swapped"


def _turned(session: Session, chance: random.Random) -> str:
    """Two entries in the other order: all but their places."""
    first, second = _row(session, chance), _row(session, chance)
    kept = {"desk", "epoch", "seq"} if chance.random() < 0.5 else {"desk", "epoch", "seq", "clock"}
    _exchange(session, first, second, [name for name in COLUMNS if name not in kept])
    return f"rows {first} and {second} in the other order"


def _exchange(session: Session, first: int, second: int, names: list[str]) -> None:
    if first == second or set(names) & {"desk", "epoch", "seq"}:
        return
    rows = {
        row: dict(session.execute(text(f"SELECT * FROM entry WHERE {_WHERE}"), {"row": row}).mappings().one())  # noqa: S608
        for row in (first, second)
    }
    setting = ", ".join(f"{name} = :{name}" for name in names)
    for row, other in ((first, second), (second, first)):
        values = {name: rows[other][name] for name in names} | {"row": row}
        try:
            with session.begin_nested():
                session.execute(text(f"UPDATE entry SET {setting} WHERE {_WHERE}"), values)  # noqa: S608
        except Exception:  # noqa: BLE001 - the file itself refuses it: another is tried
            return
