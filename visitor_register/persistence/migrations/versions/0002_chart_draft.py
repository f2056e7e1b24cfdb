"""Imports of a chart that were begun and kept: one for each authority, in a local table."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; what is there stays as it is."""
    op.create_table(
        "chart_draft",
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.String(32), nullable=False),
        sa.Column("kept_by", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("left_to_decide", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("authority", name="pk_chart_draft"),
    )
