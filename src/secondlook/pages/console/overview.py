"""The first page of the console: flow definitions, loops, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Row
from starlette.responses import Response

from secondlook.pages import rendering
from secondlook.pages.layout import Layout, layout
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review.stories import overview, progress
from secondlook.review.stories.overview import Announced, FlowProgress

STATUSES = ("InProgress", "Stopping", "Completed", "Failed", "Stopped")
MOST_LOOPS = 50
MOST_EVENTS = 20


NOTICES = {
    "loop-deleted": "The human loop is deleted. What was written to S3 stays there.",
}
"""What `?notice=` may say on this page."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How the work stands.

    - `flows`: flow definitions with their counts; only the latest `most_flows`, if there may be more.
    - `loops`: the latest loops, of `flow` and with `status` if those are chosen.
    - `shortages`: by loop's name, why there are too few people to finish it.
    - `statuses`: what may be chosen as `status`.
    - `events`: the latest status events and what became of their deliveries.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/overview.html"
    layout: Layout
    flows: Sequence[FlowProgress]
    most_flows: int | None
    loops: Sequence[Row[Any]]
    shortages: Mapping[str, str]
    flow: str
    status: str
    statuses: Sequence[str]
    events: Sequence[Announced]
    now: datetime


def show(visit: Visit) -> Response:
    """`GET /console?flow=…&status=…`."""
    flow = visit.query.get("flow", "")
    status = visit.query.get("status", "")
    status = status if status in STATUSES else ""
    with visit.services.store.read() as cx:
        loops = overview.loops(cx, flow or None, status or None, MOST_LOOPS)
        flows = overview.flows(cx)
        context = Overview(
            layout=layout(visit, "console", NOTICES),
            flows=flows,
            most_flows=overview.MOST_FLOWS if len(flows) == overview.MOST_FLOWS else None,
            loops=loops,
            shortages={row.name: shortage for row in loops if (shortage := progress.shortage_of(row))},
            flow=flow,
            status=status,
            statuses=STATUSES,
            events=overview.announced(cx, MOST_EVENTS),
            now=visit.now,
        )
    return rendering.page(context)


ROUTES = (Route("GET", "/console", show, Open.TO_ADMINS),)
