"""Loops have a priority, and may be asked for more or fewer answers than their flow definition says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("status = 'InProgress'")


def upgrade() -> None:
    op.add_column("loop", sa.Column("priority", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("loop", sa.Column("own_task_count", sa.Integer(), nullable=True))
    op.drop_index("ix_loop_open", "loop")
    op.create_index(
        "ix_loop_queue",
        "loop",
        ["flow_id", "priority", "id"],
        unique=False,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "queue_level",
        sa.Column("flow_id", _ID, nullable=False),
        sa.Column("priority", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["flow_id"], ["flow.id"], name=op.f("fk_queue_level_flow_id_flow"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("flow_id", "priority", name=op.f("pk_queue_level")),
    )
    # Made anew, and empty: without a cursor the next search of a worker starts at the oldest loop.
    op.drop_table("cursor")
    op.create_table(
        "cursor",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("flow_id", _ID, nullable=False),
        sa.Column("priority", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("loop_id", _ID, nullable=False),
        sa.Column("ahead_id", _ID, nullable=True),
        sa.Column("ahead_of", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["flow_id"], ["flow.id"], name=op.f("fk_cursor_flow_id_flow"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cursor_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "flow_id", "priority", name=op.f("pk_cursor")),
    )
    op.create_index(op.f("ix_cursor_flow_id"), "cursor", ["flow_id"], unique=False)
