"""A duty has a queueing key; where a worker's search starts is a cursor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_index("ix_duty_subject", "duty")
    op.alter_column("duty", "subject", new_column_name="queueing_key")
    op.create_index("ix_duty_queueing_key", "duty", ["kind", "queueing_key"])
    # Made anew, and empty: without a cursor the next search of a worker starts at the oldest loop.
    op.drop_table("mark")
    op.create_table(
        "cursor",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("flow_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("loop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["flow_id"], ["flow.id"], name=op.f("fk_cursor_flow_id_flow"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cursor_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "flow_id", name=op.f("pk_cursor")),
    )
    op.create_index(op.f("ix_cursor_flow_id"), "cursor", ["flow_id"], unique=False)
