"""A journal; identities of people by issuer; webhooks as one kind of event target."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _event_targets()
    _journal()
    _identities()


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor_type", sa.Text(), nullable=False),
        sa.Column("actor_person_id", ID, nullable=True),
        sa.Column("access_key", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("resource_type", sa.Text(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_at"), "journal", ["at"])
    op.create_index("ix_journal_resource", "journal", ["resource", "resource_type"])
    for column in ("actor_person_id", "access_key", "person_id"):
        filled = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_journal_{column}", "journal", [column, "id"], sqlite_where=filled, postgresql_where=filled
        )


def _identities() -> None:
    """Everybody has signed in here so far, which an empty issuer says."""
    op.create_table(
        "identity",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_identity_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
    )
    op.create_index(op.f("ix_identity_person_id"), "identity", ["person_id"])
    op.execute("INSERT INTO identity (person_id, issuer, subject) SELECT id, '', sub FROM person ORDER BY id")


def _event_targets() -> None:
    """`delivery` is made anew, because its column, its constraints and its indexes all get other names."""
    targets = op.create_table(
        "event_target",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("flow", sa.Text(), nullable=True),
        sa.Column("all_events", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_target")),
    )
    webhooks = sa.Table("webhook", sa.MetaData(), autoload_with=op.get_bind())
    for row in op.get_bind().execute(sa.select(webhooks)).mappings():
        values = {**row, "kind": "webhook", "settings": {"url": row["url"]}}
        del values["url"]
        op.execute(targets.insert().values(values))
    op.execute("CREATE TABLE delivery_of_webhooks AS SELECT * FROM delivery")
    op.drop_table("delivery")
    op.drop_table("webhook")
    _create_delivery()
    columns = "state, attempts, status, error, tried_at"
    op.execute(
        f"INSERT INTO delivery (id, event, target, {columns}) "  # noqa: S608  (our own words)
        f"SELECT id, event, webhook, {columns} FROM delivery_of_webhooks "
        "WHERE event IN (SELECT id FROM event) AND webhook IN (SELECT id FROM event_target)"
    )
    op.drop_table("delivery_of_webhooks")
    for table in ("event_target", "delivery"):
        _count_on(table)


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("event", ID, nullable=False),
        sa.Column("target", ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event"], ["event.id"], name=op.f("fk_delivery_event_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target"], ["event_target.id"], name=op.f("fk_delivery_target_event_target"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("event", "target", name=op.f("uq_delivery_event_target")),
    )
    op.create_index(op.f("ix_delivery_event"), "delivery", ["event"])
    op.create_index(op.f("ix_delivery_target"), "delivery", ["target"])
    op.create_index(
        "ix_delivery_unwell",
        "delivery",
        ["target", "state"],
        sqlite_where=sa.text("state <> 'delivered'"),
        postgresql_where=sa.text("state <> 'delivered'"),
    )


def _count_on(table: str) -> None:
    """PostgreSQL's own numbering goes on behind the rows that were copied; SQLite's does by itself."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608  (our own words)
            f"(SELECT coalesce(max(id), 1) FROM {table}), EXISTS (SELECT 1 FROM {table}))"
        )
