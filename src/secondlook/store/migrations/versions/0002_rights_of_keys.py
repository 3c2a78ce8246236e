"""Rights of access keys: three scopes, buckets, expiry, last use; loops remember what their starter may read.

The first key, which the data directory's client.json holds, becomes `admin`; every other key of scope `all`
becomes `requester`, because nobody could have meant it to open other people's sessions. The release before takes
both for what it called `all`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEY = sa.table("access_key", sa.column("key_id", sa.Text), sa.column("scope", sa.Text))
_FACT = sa.table("fact", sa.column("name", sa.Text), sa.column("value", sa.JSON))


def upgrade() -> None:
    op.add_column("access_key", sa.Column("buckets", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("access_key", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("access_key", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("access_key", sa.Column("used_from", sa.Text(), nullable=True))
    op.add_column("loop", sa.Column("buckets", sa.JSON(none_as_null=True), nullable=True))
    op.create_index(
        "ix_delivery_unwell",
        "delivery",
        ["webhook", "state"],
        unique=False,
        sqlite_where=sa.text("state <> 'delivered'"),
        postgresql_where=sa.text("state <> 'delivered'"),
    )
    _name_the_scopes(op.get_bind())


def _name_the_scopes(cx: sa.Connection) -> None:
    first = cx.scalar(sa.select(_FACT.c.value).where(_FACT.c.name == "first-key"))
    everything = _KEY.c.scope == "all"
    cx.execute(sa.update(_KEY).where(everything, _KEY.c.key_id == first).values(scope="admin"))
    cx.execute(sa.update(_KEY).where(everything).values(scope="requester"))
