"""Drafts: what a worker has begun and not handed in [portal.md].

They may have megabytes, so they lie in a table of their own, which only those read who show one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Delete, Select, delete, select, update

from secondlook.review.decisions.answer import cleaned
from secondlook.review.errors import Outdated
from secondlook.store.document import Document
from secondlook.store.insert import insert_new, upsert
from secondlook.store.prepared import prepared
from secondlook.store.tables import draft


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is kept.

    `revision` tells which of two is newer: milliseconds since 1970 of the change that made it, by the server's clock as the
    page knows it, and never less than one more than that of the draft that the page began with.
    """

    content: Document
    revision: int

    @classmethod
    def of(cls, content: dict[str, Any], revision: int) -> Draft:
        """To be made before a transaction begins; raises Invalid naming the part that cannot be kept."""
        return cls(Document.of(cleaned(content, "draft")), revision)


def find(cx: Connection, assignment_id: int) -> Draft | None:
    """The draft of an assignment."""
    row = cx.execute(*_kept(assignment_id)).one_or_none()
    return Draft(Document(row.content), row.revision) if row is not None else None


def keep(cx: Connection, assignment_id: int, begun: Draft, now: datetime) -> None:
    """Replace the draft of an assignment whose loop the caller has locked; raises Outdated where a newer one is kept."""
    values = {"content": begun.content.text, "revision": begun.revision, "saved_at": now}
    of_assignment = draft.c.assignment_id == assignment_id
    replaced = cx.execute(
        update(draft).where(of_assignment, draft.c.revision <= begun.revision).values(values)
    )
    if replaced.rowcount == 0 and insert_new(cx, draft, assignment_id=assignment_id, **values) is None:
        raise Outdated("A newer draft of this task was saved from another window, so this one was not kept.")


def replace(cx: Connection, assignment_id: int, begun: Draft, now: datetime) -> None:
    """As `keep`, whatever is kept: an answer was made of this one."""
    values = {"content": begun.content.text, "revision": begun.revision, "saved_at": now}
    upsert(cx, draft, {"assignment_id": assignment_id}, values)


def drop(cx: Connection, assignment_id: int) -> None:
    """Forget the draft of an assignment: it was handed in or given up."""
    cx.execute(*_drop(assignment_id))


@prepared
def _kept(assignment_id: Any) -> Select[Any]:
    return select(draft.c.content, draft.c.revision).where(draft.c.assignment_id == assignment_id)


@prepared
def _drop(assignment_id: Any) -> Delete:
    return delete(draft).where(draft.c.assignment_id == assignment_id)
