"""What goes wrong in the page of a task: a picture that cannot be loaded, an error of a script.

A page is hostile until proven otherwise, so it may say only so much.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from secondlook.review.decisions.free_text import kept
from secondlook.store.tables import report

MOST = 20
"""Reports that are kept of one worker's task."""


def keep(cx: Connection, loop_id: int, person_id: int | None, message: str, now: datetime) -> str | None:
    """Keep what a page says; the text as it is kept, None where it says nothing new or has said too much.

    The caller holds the loop's lock. `person_id` is whose page it was, None for what the server itself has seen.
    """
    text = kept(message)
    of_person = (report.c.loop_id == loop_id) & report.c.person_id.is_not_distinct_from(person_id)
    before = cx.scalars(select(report.c.message).where(of_person)).all()
    if not text or text in before or len(before) >= MOST:
        return None
    cx.execute(insert(report).values(loop_id=loop_id, person_id=person_id, created_at=now, message=text))
    return text
