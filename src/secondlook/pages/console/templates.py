"""The page of the console that tells what is wrong with worker task templates."""

from __future__ import annotations

from starlette.responses import Response

from secondlook.pages import rendering
from secondlook.pages.console.contexts import TaskTemplate, Templates
from secondlook.pages.layout import layout
from secondlook.pages.visit import Visit
from secondlook.review import task_ui

MOST = 50


def show(visit: Visit) -> Response:
    """`GET /console/templates`. Templates are read by the renderer, with no transaction open."""
    with visit.services.store.read() as cx:
        rows = task_ui.latest(cx, MOST)
    check = visit.services.renderer.check
    context = Templates(
        layout=layout(visit, "templates"),
        templates=[TaskTemplate(row.name, row.created_at, check(row.content)) for row in rows],
        now=visit.now,
    )
    return rendering.page(context)
