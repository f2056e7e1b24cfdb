"""The journal with its triggers, and the local tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_HEADER = (
    "desk", "epoch", "seq", "at", "clock", "actor", "subject", "kind", "version", "commitment", "prev_hash", "hash",
)  # fmt: skip


def upgrade() -> None:
    """Bring the journal and the local tables to this shape."""
    op.create_table(
        "entry",
        sa.Column("desk", sa.String(32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("clock", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("erased_by", sa.String(80)),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("desk", "epoch", "seq", name="pk_entry"),
    )
    op.create_index("ix_entry_subject_clock", "entry", ["subject", "clock"])
    op.create_index("ix_entry_kind_clock", "entry", ["kind", "clock"])
    op.create_index("ix_entry_clock", "entry", ["clock"])
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_table(
        "remembered",
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "name", name="pk_remembered"),
    )
    op.execute(
        "CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END"
    )
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _HEADER)
    op.execute(
        "CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry "
        f"WHEN NOT ({same} AND OLD.body IS NOT NULL AND NEW.body IS NULL AND NEW.salt IS NULL "
        "AND OLD.erased_by IS NULL AND EXISTS (SELECT 1 FROM entry e WHERE e.kind = 'Erased' "
        "AND e.desk || '/' || e.epoch || '/' || e.seq = NEW.erased_by)) "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END"
    )
