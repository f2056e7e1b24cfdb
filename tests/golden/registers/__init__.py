"""Registers as released programs wrote them, one folder for each shape of the files. Never made again once released.

0001: the journal and the first local tables (Alembic 0001, tables 4), a keyring of version 1.
0002: with imports of a chart that were begun (Alembic 0002, tables 6), a keyring of version 1.
Each holds one of every event that its program knew, a parked arrival and an erasure; the password is the tests'.
"""

from pathlib import Path

RELEASED = {path.name: path for path in sorted(Path(__file__).parent.iterdir()) if (path / "desk.db").exists()}
