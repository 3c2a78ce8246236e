"""What Alembic runs for each of its commands: our tables, on the connection that it was given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from secondlook.store.tables import Time, metadata


def _render(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    # A revision must mean the same for ever, so it names what the database sees, not a class of ours.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Time) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=_render,
    # SQLite cannot alter a column, so Alembic rebuilds the table; the first revision has nothing to alter.
    render_as_batch=context.config.attributes.get("alters", True),
)
with context.begin_transaction():
    context.run_migrations()
