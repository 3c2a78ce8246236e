"""Human task UIs: the Liquid templates of task pages. Immutable; deleting one leaves running loops alone [api.md §3]."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from secondlook.review.errors import InUse, NotFound
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.tables import task_ui, template
from secondlook.store.version import STARTABLE, raise_version


def create(cx: Connection, name: str, content: str, now: datetime) -> None:
    """Store a template under a name; raises InUse when the name is taken."""
    sha256 = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    insert_new(cx, template, sha256=sha256, content=content)
    if insert_new(cx, task_ui, name=name, content=content, sha256=sha256, created_at=now) is None:
        raise InUse(f"A human task UI named {name!r} exists already; choose another name or delete it first.")
    raise_version(cx, STARTABLE)
    journal.record(cx, "CreateHumanTaskUi", "HumanTaskUi", name, now)


def find(cx: Connection, name: str) -> Row[Any]:
    """The task UI's row; raises NotFound."""
    row = cx.execute(select(task_ui).where(task_ui.c.name == name)).one_or_none()
    if row is None:
        raise NotFound(f"Could not find human task UI {name!r}.")
    return row


def every() -> Select[Any]:
    """All task UIs, for the door to page through."""
    return select(task_ui.c.name, task_ui.c.created_at)


def texts() -> Select[Any]:
    """As `every`, with the templates' texts."""
    return every().add_columns(task_ui.c.content)


def latest(cx: Connection, most: int) -> list[Row[Any]]:
    """The newest task UIs first, with their texts."""
    newest = texts().order_by(task_ui.c.created_at.desc(), task_ui.c.name.desc())
    return list(cx.execute(newest.limit(most)))


def remove(cx: Connection, name: str, now: datetime) -> None:
    """Delete it: flow definitions that name it start no new loops from now on."""
    if cx.execute(delete(task_ui).where(task_ui.c.name == name)).rowcount == 0:
        raise NotFound(f"Could not find human task UI {name!r}.")
    raise_version(cx, STARTABLE)
    journal.record(cx, "DeleteHumanTaskUi", "HumanTaskUi", name, now)
