"""A worker may take an answer back within a time that the flow definition says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_SUBMITTED = sa.text("state = 'submitted'")


def upgrade() -> None:
    op.add_column("flow", sa.Column("undo_seconds", sa.Integer(), nullable=True))
    op.add_column("assignment", sa.Column("undoable_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_assignment_submitted",
        "assignment",
        ["person_id", "submitted_at"],
        unique=False,
        sqlite_where=_SUBMITTED,
        postgresql_where=_SUBMITTED,
    )
