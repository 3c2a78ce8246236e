"""Duties of one kind are claimed by shares, so that the many of one owner do not hold up the few of another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("duty", sa.Column("share", sa.Text(), server_default=sa.text("''"), nullable=False))
    in_turn = sa.text("failed_at IS NULL AND share <> ''")
    op.create_index(
        "ix_duty_share",
        "duty",
        ["kind", "share", "due_at", "id"],
        unique=False,
        sqlite_where=in_turn,
        postgresql_where=in_turn,
    )
