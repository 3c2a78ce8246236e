"""A draft says which of two is the newer one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # Drafts of before are older than any: milliseconds since 1970 are larger.
    op.add_column(
        "draft", sa.Column("revision", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
