"""Objects have tags and remember their parts; a completed upload stays for a while."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for table in ("object", "upload"):
        op.add_column(table, sa.Column("tags", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("upload", sa.Column("completion", sa.JSON(), nullable=True))
    op.add_column("upload", sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "blob_parts",
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("blob", name=op.f("pk_blob_parts")),
    )
