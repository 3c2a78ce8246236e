"""Tables of models: subscriptions, models and endpoints."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Table, Text

from secondlook.store.tables.columns import Time, metadata, name_key, row_id

subscription = Table(
    "subscription",
    metadata,
    name_key("product"),
    Column("license_sha256", Text, nullable=False),
    Column("accepted_by", Text, nullable=False),
    Column("created_at", Time, nullable=False),
)

model = Table(
    "model",
    metadata,
    name_key(),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
)

endpoint_config = Table(
    "endpoint_config",
    metadata,
    name_key(),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
)

endpoint = Table(
    "endpoint",
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    Column("config_name", Text, nullable=False),
    Column(
        "variants", JSON, nullable=False
    ),  # resolved at creation: an endpoint outlives its config and models
    Column("status", Text, nullable=False),  # Creating | Updating | InService | Failed | Deleting
    Column("failure_reason", Text),
    Column("created_at", Time, nullable=False),
    Column("modified_at", Time, nullable=False),
)
