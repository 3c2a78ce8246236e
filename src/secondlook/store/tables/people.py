"""Tables of people: accounts, what lets them in, and the work teams that they belong to."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, LargeBinary, Table, Text, UniqueConstraint, false

from secondlook.store.tables.columns import Id, Time, metadata, name_key, reference, row_id

person = Table(
    "person",
    metadata,
    row_id(),
    Column("email", Text, nullable=False, unique=True),  # lower case
    Column("name", Text),
    Column("password_hash", Text),
    # Written for the previous release, which may run on this schema; `identity` has what it holds. Removed by the next.
    Column("sub", Text, nullable=False, unique=True),
    Column("worker_id", Text, nullable=False, unique=True),
    Column("is_admin", Boolean, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("disabled_at", Time),
)

identity = Table(
    "identity",
    metadata,
    row_id(),
    reference("person_id", "person.id", index=True),
    Column("issuer", Text, nullable=False),  # URL of who signs the person in; empty: this server itself
    Column("subject", Text, nullable=False),  # what the issuer calls the person
    UniqueConstraint("issuer", "subject"),
)
"""Under which names a person is known, and to whom."""

invitation = Table(
    "invitation",
    metadata,
    name_key("token_hash"),
    reference("person_id", "person.id", index=True),
    Column("kind", Text, nullable=False),  # invite | reset | signin | admin
    Column("next_path", Text),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("used_at", Time),
)

session = Table(
    "session",
    metadata,
    name_key("token_hash"),
    reference("person_id", "person.id", index=True),
    Column("csrf", Text, nullable=False),
    Column("user_agent", Text),
    Column("created_at", Time, nullable=False),
    Column("seen_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("revoked_at", Time),
)

access_key = Table(
    "access_key",
    metadata,
    name_key("key_id"),
    Column("name", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),  # encrypted with the key file
    Column("scope", Text, nullable=False),  # admin | requester | runtime | link
    Column("buckets", JSON(none_as_null=True)),  # names; null: every one but the server's own
    Column(
        "brings_code", Boolean, nullable=False, server_default=false()
    ),  # may make models that run code of its own
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time),
    Column("revoked_at", Time),
    Column("used_at", Time),  # last, within a minute
    Column("used_from", Text),  # the address of that call
)

workforce = Table(
    "workforce",
    metadata,
    name_key(),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("updated_at", Time, nullable=False),
)

workteam = Table(
    "workteam",
    metadata,
    name_key(),
    Column("workforce", Text, ForeignKey("workforce.name"), nullable=False),
    Column("description", Text, nullable=False),
    Column("organization", Text),
    Column("contact", Text),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("updated_at", Time, nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("workteam", Text, ForeignKey("workteam.name", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("created_at", Time, nullable=False),
)
