"""Drafts lie in a table of their own; loops that have not ended are found without reading those that have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column(
            "assignment_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_draft_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_draft")),
    )
    op.create_index(
        "ix_loop_unclosed",
        "loop",
        ["flow_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    # The columns stay for one release, so that the previous one still runs; a dropped draft is JSON's null there.
    op.execute(
        "INSERT INTO draft (assignment_id, content, saved_at) "
        "SELECT id, CAST(draft AS TEXT), COALESCE(drafted_at, accepted_at) FROM assignment "
        "WHERE draft IS NOT NULL AND CAST(draft AS TEXT) <> 'null'"
    )
