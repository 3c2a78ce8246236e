"""Each server has instances of its own, so no row says which server runs what."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    op.drop_table("instance")
