"""Tables of human review: task UIs, flow definitions, human loops, and who holds and answers them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from secondlook.store.tables.columns import Id, Time, metadata, name_key, reference, row_id

task_ui = Table(
    "task_ui",
    metadata,
    name_key(),
    Column("content", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("created_at", Time, nullable=False),
)

flow = Table(
    "flow",
    metadata,
    row_id(),
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
    Column("undo_seconds", Integer),  # as of an answer; null: as the server's setting says
)

loop = Table(
    "loop",
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    reference("flow_id", "flow.id"),
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
    Column(
        "priority", Integer, nullable=False, server_default=text("0")
    ),  # the higher, the sooner it is offered
    Column(
        "own_task_count", Integer
    ),  # answers asked of this loop alone; null: as many as its flow definition says
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("closing_at", Time),  # from here on no answer is accepted
    Column("closed_at", Time),
    Index(
        "ix_loop_queue",
        "flow_id",
        "priority",
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

template = Table("template", metadata, name_key("sha256"), Column("content", Text, nullable=False))
"""Template texts by hash: deleting a task UI does not disturb running loops [lifecycle.md]."""

_OCCUPYING = "state IN ('active', 'paused', 'submitted')"
"""The states of an assignment in which it holds its slot."""

assignment = Table(
    "assignment",
    metadata,
    row_id(),
    reference("loop_id", "loop.id"),
    reference("person_id", "person.id"),
    Column("slot", Integer, nullable=False),  # 1..TaskCount
    Column("state", Text, nullable=False),  # active | paused | submitted | released | declined | expired
    Column("accepted_at", Time, nullable=False),
    Column("deadline", Time, nullable=False),
    Column("submitted_at", Time),
    Column("undoable_until", Time),  # of a submitted answer; null: it is final
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
        sqlite_where=text(_OCCUPYING),
        postgresql_where=text(_OCCUPYING),
    ),
    Index("ix_assignment_person", "person_id", "state"),
    Index(
        "ix_assignment_submitted",
        "person_id",
        "submitted_at",
        sqlite_where=text("state = 'submitted'"),
        postgresql_where=text("state = 'submitted'"),
    ),
)

draft = Table(
    "draft",
    metadata,
    Column("assignment_id", Id, ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True),
    Column("content", Text, nullable=False),  # JSON
    Column("revision", BigInteger, nullable=False, server_default=text("0")),  # the larger one is the newer
    Column("saved_at", Time, nullable=False),
)
"""An unfinished answer. It survives the expiry of its assignment, for the same worker only; of what they have submitted, the latest's is kept."""

report = Table(
    "report",
    metadata,
    row_id(),
    reference("loop_id", "loop.id", index=True),
    Column(
        "person_id", Id, ForeignKey("person.id", ondelete="CASCADE")
    ),  # whose page; null: seen by the server
    Column("created_at", Time, nullable=False),
    Column("message", Text, nullable=False),
)
"""What went wrong in the pages of a loop: a picture that cannot be loaded, an error of a script."""

queue_level = Table(
    "queue_level",
    metadata,
    Column("flow_id", Id, ForeignKey("flow.id", ondelete="CASCADE"), primary_key=True),
    Column("priority", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),  # rises with each loop that is moved here
)
"""A priority to which loops of a flow definition were moved. Priority 0, where all start, needs no row for that."""

cursor = Table(
    "cursor",
    metadata,
    Column("person_id", Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("flow_id", Id, ForeignKey("flow.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("priority", Integer, primary_key=True, autoincrement=False),
    Column(
        "version", Integer, nullable=False
    ),  # of the queue_level; a cursor of an earlier one counts for nothing
    Column("loop_id", Id, nullable=False),
    Column("ahead_id", Id),  # where it may move once
    Column("ahead_of", BigInteger),  # all transactions below this number have ended
)
"""Below this loop nothing waits for this worker in this flow and priority: the search starts here."""

preference = Table(
    "preference",
    metadata,
    Column("person_id", Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("flow_id", Id, ForeignKey("flow.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("content", JSON, nullable=False),  # by name, a few kilobytes
    Column("updated_at", Time, nullable=False),
)
"""How a worker likes to work in a flow definition: what the tools on its pages remember."""

tag = Table("tag", metadata, name_key("arn"), name_key("key"), Column("value", Text, nullable=False))
"""Key and value pairs of any resource, by its ARN."""
