"""What pages report has a table; a loop keeps why its output could not be written; webhooks may want all events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("loop_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["loop_id"], ["loop.id"], name=op.f("fk_report_loop_id_loop"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_report_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_loop_id"), "report", ["loop_id"], unique=False)
    op.add_column("loop", sa.Column("unwritten", sa.Text(), nullable=True))
    op.create_index(
        "ix_loop_unwritten",
        "loop",
        ["flow_id"],
        unique=False,
        sqlite_where=sa.text("unwritten IS NOT NULL"),
        postgresql_where=sa.text("unwritten IS NOT NULL"),
    )
    # Answers that could not be written before can be written now.
    op.execute(
        "UPDATE loop SET unwritten = failure_reason WHERE status = 'Failed' AND failure_code = 'InternalError' "
        "AND failure_reason LIKE 'The output could not be written to %'"
    )
    op.add_column(
        "webhook", sa.Column("all_events", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
    )
