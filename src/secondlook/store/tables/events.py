"""Tables of events, and of their way to those who want to hear of them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, text

from secondlook.store.tables.columns import Time, metadata, reference, row_id

event = Table(
    "event",
    metadata,
    row_id(),
    Column("event_id", Text, nullable=False, unique=True),
    Column("body", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
)

event_target = Table(
    "event_target",
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),  # the channel: webhook
    Column("settings", JSON, nullable=False),  # the channel's: {"url": …}
    Column("secret", LargeBinary),  # encrypted with the key file; null where the channel needs none
    Column("flow", Text),  # only events of this flow definition, else of all
    Column("topic", Text),  # events that AWS publishes to this SNS topic, in SNS's envelope, and no others
    Column("all_events", Boolean, nullable=False, server_default=text("false")),  # else A2I's own only
    Column("created_at", Time, nullable=False),
    Column("disabled_at", Time),
)

delivery = Table(
    "delivery",
    metadata,
    row_id(),
    reference("event", "event.id", index=True),
    reference("target", "event_target.id", index=True),
    Column("state", Text, nullable=False),  # owed | delivered | given-up
    Column("attempts", Integer, nullable=False),
    Column("status", Integer),  # HTTP status of the last try
    Column("error", Text),
    Column("tried_at", Time),
    UniqueConstraint("event", "target"),
    Index(
        "ix_delivery_unwell",
        "target",
        "state",
        sqlite_where=text("state <> 'delivered'"),
        postgresql_where=text("state <> 'delivered'"),
    ),
)
