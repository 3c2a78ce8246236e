"""Drafts: what a worker has begun and not handed in [portal.md].

They may have megabytes, so they lie in a table of their own, which only those read who show one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from secondlook.review.answer import MOST_BYTES, size_of
from secondlook.review.errors import Invalid
from secondlook.store.document import Document
from secondlook.store.tables import draft


def document(content: dict[str, Any]) -> Document:
    """A draft as it is kept, to be made before a transaction begins; raises Invalid where it is too large."""
    size = size_of(content)
    if size > MOST_BYTES:
        raise Invalid(f"the draft has {size:,} bytes; at most {MOST_BYTES:,} can be kept")
    return Document.of(content)


def find(cx: Connection, assignment_id: int) -> Document | None:
    content = cx.scalar(select(draft.c.content).where(draft.c.assignment_id == assignment_id))
    return Document(content) if content is not None else None


def keep(cx: Connection, assignment_id: int, content: Document, now: datetime) -> None:
    """Replace the draft of an assignment whose loop the caller has locked."""
    values = {"content": content.text, "saved_at": now}
    if cx.execute(update(draft).where(draft.c.assignment_id == assignment_id).values(values)).rowcount == 0:
        cx.execute(insert(draft).values(assignment_id=assignment_id, **values))


def drop(cx: Connection, assignment_id: int) -> None:
    cx.execute(delete(draft).where(draft.c.assignment_id == assignment_id))
