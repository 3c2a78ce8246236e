"""The work teams of a person; joining and leaving belong to `review.workteam`."""

from __future__ import annotations

from sqlalchemy import Connection, select

from secondlook.store.tables import membership


def teams_of(cx: Connection, person_id: int) -> list[str]:
    """Names of the person's teams, in order."""
    mine = (
        select(membership.c.workteam)
        .where(membership.c.person_id == person_id)
        .order_by(membership.c.workteam)
    )
    return list(cx.scalars(mine))
