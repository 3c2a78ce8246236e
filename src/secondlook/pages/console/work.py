"""The first page of the console: flow definitions, loops, events."""

from __future__ import annotations

from starlette.responses import Response

from secondlook.pages import rendering
from secondlook.pages.console.contexts import Console
from secondlook.pages.layout import layout
from secondlook.pages.visit import Visit
from secondlook.review.stories import overview, progress

STATUSES = ("InProgress", "Stopping", "Completed", "Failed", "Stopped")
MOST_LOOPS = 50
MOST_EVENTS = 20


def show(visit: Visit) -> Response:
    """`GET /console?flow=…&status=…`."""
    flow = visit.query.get("flow", "")
    status = visit.query.get("status", "")
    status = status if status in STATUSES else ""
    with visit.services.store.read() as cx:
        loops = overview.loops(cx, flow or None, status or None, MOST_LOOPS)
        flows = overview.flows(cx)
        context = Console(
            layout=layout(visit, "console"),
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
