"""The journal's table: only ever appended to, but for what is older than a setting allows (`--journal-days`)."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Table, Text, text

from secondlook.store.tables.columns import Id, Time, metadata, row_id


def _partial(name: str, column: str) -> Index:
    """Most entries have no value in these columns, and cost their index nothing."""
    condition = text(f"{column} IS NOT NULL")
    return Index(name, column, "id", sqlite_where=condition, postgresql_where=condition)


# Numbers of people are no references: an entry stays as it was written whatever becomes of them.
journal = Table(
    "journal",
    metadata,
    row_id(),
    Column("at", Time, nullable=False, index=True),
    Column("action", Text, nullable=False),  # StartHumanLoop | SubmitAssignment | …
    Column("actor_type", Text, nullable=False),  # AccessKey | Person | Visitor | Server | Terminal
    Column("actor_person_id", Id),  # the person who acted
    Column("access_key", Text),  # the key that acted
    Column("origin", Text),  # the address it came from
    Column("resource_type", Text, nullable=False),  # HumanLoop | FlowDefinition | Person | AccessKey | …
    Column("resource", Text),  # its name; null where the person is meant
    Column("person_id", Id),  # whom it concerns
    Column("detail", JSON(none_as_null=True)),
    Index("ix_journal_resource", "resource", "resource_type"),
    _partial("ix_journal_actor_person_id", "actor_person_id"),
    _partial("ix_journal_access_key", "access_key"),
    _partial("ix_journal_person_id", "person_id"),
)
"""Who did what to which resource, when and from where."""
