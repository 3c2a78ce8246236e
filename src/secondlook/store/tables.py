"""The tables, all in one metadata, so that a stranger can read the whole memory top to bottom.

Counts are never stored: they are counted when asked. Times are UTC and aware.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import postgresql

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Time(TypeDecorator[datetime]):
    """An aware UTC time; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _name(name: str = "name") -> Column[str]:
    return Column(name, Text, primary_key=True)


def _ref(name: str, target: str, **more: Any) -> Column[int]:
    return Column(name, Id, ForeignKey(target, ondelete="CASCADE"), nullable=False, **more)


# --- the server itself -------------------------------------------------------------------------------------

fact = Table("fact", metadata, _name(), Column("value", JSON, nullable=False))
"""Single values that belong to the installation, e.g. that the first-admin link was used."""

server = Table(
    "server",
    metadata,
    _name("id"),
    Column("url", Text),
    Column("started_at", Time, nullable=False),
    Column("heartbeat_at", Time, nullable=False),
)

cache_version = Table("cache_version", metadata, _name(), Column("number", Id, nullable=False))
"""A number that rises with each change of what doors keep in memory (`keys`, `routes`)."""

duty = Table(
    "duty",
    metadata,
    _id(),
    Column("kind", Text, nullable=False),
    Column("queueing_key", Text, nullable=False),
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

# --- people -------------------------------------------------------------------------------------------------

person = Table(
    "person",
    metadata,
    _id(),
    Column("email", Text, nullable=False, unique=True),  # lower case
    Column("name", Text),
    Column("password_hash", Text),
    Column("sub", Text, nullable=False, unique=True),
    Column("worker_id", Text, nullable=False, unique=True),
    Column("is_admin", Boolean, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("disabled_at", Time),
)

invitation = Table(
    "invitation",
    metadata,
    _name("token_hash"),
    _ref("person_id", "person.id", index=True),
    Column("kind", Text, nullable=False),  # invite | reset | signin | admin
    Column("next_path", Text),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("used_at", Time),
)

session = Table(
    "session",
    metadata,
    _name("token_hash"),
    _ref("person_id", "person.id", index=True),
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
    _name("key_id"),
    Column("name", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),  # encrypted with the key file
    Column("scope", Text, nullable=False),  # admin | requester | runtime | link
    Column("buckets", JSON(none_as_null=True)),  # names; null: every one but the server's own
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time),
    Column("revoked_at", Time),
    Column("used_at", Time),  # last, within a minute
    Column("used_from", Text),  # the address of that call
)

workforce = Table(
    "workforce",
    metadata,
    _name(),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("updated_at", Time, nullable=False),
)

workteam = Table(
    "workteam",
    metadata,
    _name(),
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

tag = Table("tag", metadata, _name("arn"), _name("key"), Column("value", Text, nullable=False))

# --- review -------------------------------------------------------------------------------------------------

task_ui = Table(
    "task_ui",
    metadata,
    _name(),
    Column("content", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("created_at", Time, nullable=False),
)

flow = Table(
    "flow",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("config", JSON, nullable=False),  # the request, as DescribeFlowDefinition echoes it
    Column("status", Text, nullable=False),  # Initializing | Active | Failed | Deleting
    Column("failure_reason", Text),
    Column("workteam", Text, nullable=False, index=True),
    Column("task_ui", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("task_count", Integer, nullable=False),
    Column("time_limit", Integer, nullable=False),  # seconds
    Column("availability", Integer, nullable=False),  # seconds
    Column("output_path", Text, nullable=False),
    Column("created_at", Time, nullable=False),
)

loop = Table(
    "loop",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _ref("flow_id", "flow.id"),
    Column("template", Text, nullable=False),  # task_ui content hash: a running loop outlives its task UI
    Column("status", Text, nullable=False),  # InProgress | Stopping | Completed | Failed | Stopped
    Column("ready", Boolean, nullable=False),  # check-render has passed
    Column("outcome", Text),  # the final status, decided when closing_at is set
    Column("failure_code", Text),
    Column("failure_reason", Text),
    Column("unwritten", Text),  # why its output could not be written; the answers are in this database only
    Column("content_classifiers", JSON),
    Column(
        "buckets", JSON(none_as_null=True)
    ),  # what its starter may read; null: every one but the server's own
    Column("input_sha256", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("closing_at", Time),  # from here on no answer is accepted
    Column("closed_at", Time),
    Index(
        "ix_loop_open",
        "flow_id",
        "id",
        sqlite_where=text("status = 'InProgress'"),
        postgresql_where=text("status = 'InProgress'"),
    ),
    Index("ix_loop_flow", "flow_id", "created_at", "id"),
    Index(
        "ix_loop_unclosed",
        "flow_id",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index(
        "ix_loop_unwritten",
        "flow_id",
        sqlite_where=text("unwritten IS NOT NULL"),
        postgresql_where=text("unwritten IS NOT NULL"),
    ),
)

loop_input = Table(
    "loop_input",
    metadata,
    Column("loop_id", Id, ForeignKey("loop.id", ondelete="CASCADE"), primary_key=True),
    Column("content", Text, nullable=False),
)

template = Table("template", metadata, _name("sha256"), Column("content", Text, nullable=False))
"""Template texts by hash: deleting a task UI does not disturb running loops [lifecycle.md]."""

HOLDING = "state IN ('active', 'paused', 'submitted')"
"""The states of an assignment in which it holds its slot."""

assignment = Table(
    "assignment",
    metadata,
    _id(),
    _ref("loop_id", "loop.id"),
    _ref("person_id", "person.id"),
    Column("slot", Integer, nullable=False),  # 1..TaskCount
    Column("state", Text, nullable=False),  # active | paused | submitted | released | declined | expired
    Column("accepted_at", Time, nullable=False),
    Column("deadline", Time, nullable=False),
    Column("submitted_at", Time),
    Column("paused_at", Time),
    Column(
        "paused_for", Float, nullable=False, server_default=text("0")
    ),  # seconds, not counted as time spent
    Column("answer", JSON),  # megabytes: named by queries that need it, never by a list or a count
    # Written by the previous release, which may run on this schema; `draft` has what they held. Removed by the next.
    Column("draft", JSON),
    Column("drafted_at", Time),
    Column("reason", Text),  # why it was declined
    UniqueConstraint("loop_id", "person_id"),
    Index(
        "uq_assignment_slot",
        "loop_id",
        "slot",
        unique=True,
        sqlite_where=text(HOLDING),
        postgresql_where=text(HOLDING),
    ),
    Index("ix_assignment_person", "person_id", "state"),
)

draft = Table(
    "draft",
    metadata,
    Column("assignment_id", Id, ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True),
    Column("content", Text, nullable=False),  # JSON
    Column("revision", BigInteger, nullable=False, server_default=text("0")),  # the larger one is the newer
    Column("saved_at", Time, nullable=False),
)
"""An unfinished answer. It survives the expiry of its assignment, for the same worker only."""

report = Table(
    "report",
    metadata,
    _id(),
    _ref("loop_id", "loop.id", index=True),
    Column(
        "person_id", Id, ForeignKey("person.id", ondelete="CASCADE")
    ),  # whose page; null: seen by the server
    Column("created_at", Time, nullable=False),
    Column("message", Text, nullable=False),
)
"""What went wrong in the pages of a loop: a picture that cannot be loaded, an error of a script."""

cursor = Table(
    "cursor",
    metadata,
    Column("person_id", Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("flow_id", Id, ForeignKey("flow.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("loop_id", Id, nullable=False),
)
"""Below this loop nothing waits for this worker in this flow: the search starts here."""

# --- events -------------------------------------------------------------------------------------------------

event = Table(
    "event",
    metadata,
    _id(),
    Column("event_id", Text, nullable=False, unique=True),
    Column("body", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
)

webhook = Table(
    "webhook",
    metadata,
    _id(),
    Column("url", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),  # encrypted with the key file
    Column("flow", Text),  # only events of this flow definition, else of all
    Column("all_events", Boolean, nullable=False, server_default=text("false")),  # else A2I's own only
    Column("created_at", Time, nullable=False),
    Column("disabled_at", Time),
)

delivery = Table(
    "delivery",
    metadata,
    _id(),
    _ref("event", "event.id", index=True),
    _ref("webhook", "webhook.id", index=True),
    Column("state", Text, nullable=False),  # owed | delivered | given-up
    Column("attempts", Integer, nullable=False),
    Column("status", Integer),  # HTTP status of the last try
    Column("error", Text),
    Column("tried_at", Time),
    UniqueConstraint("event", "webhook"),
    Index(
        "ix_delivery_unwell",
        "webhook",
        "state",
        sqlite_where=text("state <> 'delivered'"),
        postgresql_where=text("state <> 'delivered'"),
    ),
)

# --- objects ------------------------------------------------------------------------------------------------

Key = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text in the order of its UTF-8 bytes, as S3 lists keys; SQLite has this order by itself."""

bucket = Table(
    "bucket",
    metadata,
    _name(),
    Column("region", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    # Written by the previous release, which may run on this schema; `bucket_setting` has what it held. Removed by the next.
    Column("cors", JSON(none_as_null=True)),
)

bucket_setting = Table(
    "bucket_setting",
    metadata,
    Column("bucket", Text, ForeignKey("bucket.name", ondelete="CASCADE"), primary_key=True),
    Column(
        "name", Text, primary_key=True
    ),  # CORSConfiguration | Tagging | …: `api.s3.configuration` knows them
    Column("value", JSON, nullable=False),
)
"""What a bucket was told to be, as the operation that reads it echoes it. No row: never said, or taken back."""

object_ = Table(
    "object",
    metadata,
    Column("bucket", Text, ForeignKey("bucket.name"), primary_key=True),
    Column("key", Key, primary_key=True),
    Column("blob", Text, nullable=False, index=True),  # the body's file; a copy shares it
    Column("size", Id, nullable=False),
    Column("etag", Text, nullable=False),  # without quotes
    Column("content_type", Text, nullable=False),
    Column("headers", JSON, nullable=False),  # Cache-Control, Content-Disposition, … as stored
    Column("metadata", JSON, nullable=False),  # x-amz-meta-*
    Column("checksums", JSON, nullable=False),  # {"ChecksumCRC32": base64, "ChecksumType": …}
    Column("modified_at", Time, nullable=False),
    Column("encryption", JSON, nullable=False, server_default=text("'{}'")),  # {"ServerSideEncryption": …}
    Column("tags", JSON, nullable=False, server_default=text("'{}'")),
)

blob_parts = Table(
    "blob_parts",
    metadata,
    _name("blob"),
    Column(
        "parts", JSON, nullable=False
    ),  # of a body that came in parts: [[bytes, {"ChecksumCRC32": base64}], …]
)

upload = Table(
    "upload",
    metadata,
    _name("id"),
    Column("bucket", Text, ForeignKey("bucket.name"), nullable=False),
    Column("key", Key, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("checksum", JSON, nullable=False),  # {"algorithm": …, "type": …} as the upload began
    Column("created_at", Time, nullable=False),
    Column("encryption", JSON, nullable=False, server_default=text("'{}'")),
    Column("tags", JSON, nullable=False, server_default=text("'{}'")),
    # What CompleteMultipartUpload was asked and answered; null of what is over: the S3 behind us lost it, or its answer.
    Column("completion", JSON(none_as_null=True)),
    Column("completed_at", Time),  # null: under way
    Index("ix_upload_key", "bucket", "key", "id"),
)

part = Table(
    "part",
    metadata,
    Column("upload_id", Text, ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("blob", Text, nullable=False, index=True),
    Column("size", Id, nullable=False),
    Column("etag", Text, nullable=False),
    Column("checksums", JSON, nullable=False),
    Column("modified_at", Time, nullable=False),
)

# --- hosting ------------------------------------------------------------------------------------------------

subscription = Table(
    "subscription",
    metadata,
    _name("product"),
    Column("license_sha256", Text, nullable=False),
    Column("accepted_by", Text, nullable=False),
    Column("created_at", Time, nullable=False),
)

model = Table(
    "model",
    metadata,
    _name(),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
)

endpoint_config = Table(
    "endpoint_config",
    metadata,
    _name(),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
)

endpoint = Table(
    "endpoint",
    metadata,
    _id(),
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

instance = Table(
    "instance",
    metadata,
    _id(),
    _ref("endpoint_id", "endpoint.id", index=True),
    Column("variant", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # local | remote | ray
    Column("owner", Text),  # server.id
    Column("lease_until", Time),
    Column("address", Text),
    Column("started_at", Time),
    UniqueConstraint("endpoint_id", "variant", "number"),
)
