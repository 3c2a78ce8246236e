"""Each server has instances of its own, so no row says which server runs what. What an endpoint runs stands in its row whole."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0008"

REASON = (
    "This endpoint was made by an earlier version, which looked up what it runs at each start. Delete it and create it again; "
    "its model and its endpoint configuration are there."
)


def upgrade() -> None:
    op.drop_table("instance")
    endpoint = sa.table("endpoint", sa.column("status"), sa.column("failure_reason"))
    is_kept = endpoint.c.status.in_(["Failed", "Deleting"])
    op.execute(sa.update(endpoint).where(~is_kept).values(status="Failed", failure_reason=REASON))
