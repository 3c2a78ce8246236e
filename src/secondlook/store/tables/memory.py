"""Tables of the server itself: single values, who serves, and the work that is owed."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, Table, Text, text

from secondlook.store.tables.columns import Id, Time, metadata, name_key, row_id

fact = Table("fact", metadata, name_key(), Column("value", JSON, nullable=False))
"""Single values that belong to the installation, e.g. that the first-admin link was used."""

server = Table(
    "server",
    metadata,
    name_key("id"),
    Column("url", Text),
    Column("started_at", Time, nullable=False),
    Column("heartbeat_at", Time, nullable=False),
)

cache_version = Table("cache_version", metadata, name_key(), Column("number", Id, nullable=False))
"""A number that rises with each change of what doors keep in memory (`keys`, `routes`, `startable`, `bucket settings`)."""

duty = Table(
    "duty",
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),
    Column("queueing_key", Text, nullable=False),
    Column("share", Text, nullable=False, server_default=text("''")),
    Column("payload", JSON, nullable=False),
    Column("due_at", Time, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Time),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("last_error", Text),
    Column("failed_at", Time),  # the last try is over; kept so that somebody can see it
    Index(
        "ix_duty_due",
        "kind",
        "due_at",
        "id",
        sqlite_where=text("failed_at IS NULL"),
        postgresql_where=text("failed_at IS NULL"),
    ),
    Index("ix_duty_queueing_key", "kind", "queueing_key"),
    Index(
        "ix_duty_share",
        "kind",
        "share",
        "due_at",
        "id",
        sqlite_where=text("failed_at IS NULL AND share <> ''"),
        postgresql_where=text("failed_at IS NULL AND share <> ''"),
    ),
    Index(
        "ix_duty_leased",
        "lease_owner",
        sqlite_where=text("lease_owner IS NOT NULL"),
        postgresql_where=text("lease_owner IS NOT NULL"),
    ),
    Index(
        "ix_duty_failed",
        "failed_at",
        sqlite_where=text("failed_at IS NOT NULL"),
        postgresql_where=text("failed_at IS NOT NULL"),
    ),
)
"""Work owed because a fact was recorded. A row disappears when the work is done."""
