"""What a bucket was told to be has a table; objects and uploads keep how they were to be encrypted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_BUCKET = sa.table("bucket", sa.column("name", sa.Text()), sa.column("cors", sa.JSON(none_as_null=True)))
_SETTING = sa.table(
    "bucket_setting",
    sa.column("bucket", sa.Text()),
    sa.column("name", sa.Text()),
    sa.column("value", sa.JSON()),
)


def upgrade() -> None:
    op.create_table(
        "bucket_setting",
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bucket"], ["bucket.name"], name=op.f("fk_bucket_setting_bucket_bucket"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bucket", "name", name=op.f("pk_bucket_setting")),
    )
    # The column stays for one release, so that the previous one still runs.
    cx = op.get_bind()
    buckets = cx.execute(sa.select(_BUCKET).where(_BUCKET.c.cors.is_not(None)))
    for name, rules in buckets.all():
        value = {"CORSRules": rules}
        cx.execute(_SETTING.insert().values(bucket=name, name="CORSConfiguration", value=value))
    for table in ("object", "upload"):
        op.add_column(
            table, sa.Column("encryption", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)
        )
