"""One human loop in the console: all that is known of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Row
from starlette.responses import RedirectResponse, Response

from secondlook.pages import rendering
from secondlook.pages.console.excerpt import MOST, Excerpt, excerpt
from secondlook.pages.layout import Layout, layout
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import loop
from secondlook.review.decisions import output
from secondlook.review.errors import Invalid, Unwritten
from secondlook.review.stories import output_file, progress

LINK_LIFE = timedelta(hours=1)
"""How long the link to an output works after the page was opened."""


NOTICES = {
    "loop-stopped": "Nobody is offered this loop any more; whoever is at work on it may finish.",
    "output-written": "The output is written.",
}
"""What `?notice=` may say on this page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one worker has answered.

    - `email`: who; `submitted_at`: when; `content`: their answer, or the beginning of it.
    """

    email: str
    submitted_at: datetime
    content: Excerpt


@dataclass(frozen=True, slots=True)
class Loop:
    """One human loop with all that is known of it, and what can be done with it.

    - `loop`: its row with its counts (`progress.loops`); `warnings`: what keeps it from being Completed as things are.
    - `holders`: who holds, answered or declined it; `reports`: what went wrong in its pages.
    - `answers`: what was answered; `input`: what was asked, or the beginning of it.
    - `output_uri`: where its answers lie, or will lie; `output_link`: a link to them, or nothing where there are none.
    - `error`: why the last form was refused.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/loop.html"
    layout: Layout
    loop: Row[Any]
    warnings: Sequence[str]
    holders: Sequence[Row[Any]]
    reports: Sequence[Row[Any]]
    answers: Sequence[Answer]
    input: Excerpt
    output_uri: str
    output_link: str
    error: str
    now: datetime


def show(visit: Visit) -> Response:
    """`GET /console/loops/<name>`."""
    return _page(visit)


def stop(visit: Visit) -> Response:
    """`POST /console/loops/<name>/stop`."""
    try:
        with visit.services.store.write() as cx:
            loop.stop(cx, visit.path_params["name"], visit.services.place, visit.now)
    except Invalid as error:
        return _page(visit, str(error))
    return RedirectResponse(f"/console/loops/{visit.path_params['name']}?notice=loop-stopped", 303)


def delete(visit: Visit) -> Response:
    """`POST /console/loops/<name>/delete`."""
    try:
        with visit.services.store.write() as cx:
            loop.remove(cx, visit.path_params["name"], visit.now)
    except Invalid as error:
        return _page(visit, str(error))
    return RedirectResponse("/console?notice=loop-deleted", 303)


def write_output(visit: Visit) -> Response:
    """`POST /console/loops/<name>/output`: try again to write what could not be written."""
    services, name = visit.services, visit.path_params["name"]
    try:
        output_file.write_again(
            services.store, services.objects, name, services.place, services.settings.url, visit.now
        )
    except (Invalid, Unwritten) as error:
        return _page(visit, str(error))
    return RedirectResponse(f"/console/loops/{name}?notice=output-written", 303)


def _page(visit: Visit, error: str = "") -> Response:
    with visit.services.store.read() as cx:
        row = progress.loop_by_name(cx, visit.path_params["name"])
        answers = progress.answers(cx, row.id, MOST + 1)
        content = progress.input_content(cx, row.id, MOST + 1)
        warnings = progress.warnings(cx, row)
        holders = progress.holders(cx, row.id)
        reports = progress.reports(cx, row.id)
    context = Loop(
        layout=layout(visit, "console", NOTICES),
        loop=row,
        warnings=warnings,
        holders=holders,
        reports=reports,
        answers=[Answer(answer.email, answer.submitted_at, excerpt(answer.content)) for answer in answers],
        input=excerpt(content),
        output_uri=output.uri(row.output_path, row.flow_name, row.created_at, row.name),
        output_link=_link(visit, row),
        error=error,
        now=visit.now,
    )
    return rendering.page(context, 400 if error else 200)


def _link(visit: Visit, row: Row[Any]) -> str:
    """A link to output.json, where it has been written."""
    if row.closed_at is None or row.unwritten is not None or row.answers == 0:
        return ""
    bucket, key = output.location(row.output_path, row.flow_name, row.created_at, row.name)
    return visit.services.sign(bucket, key, visit.now + LINK_LIFE, visit.arrival.base_url)


ROUTES = (
    Route("GET", "/console/loops/{name:name}", show, Open.TO_ADMINS),
    Route("POST", "/console/loops/{name:name}/stop", stop, Open.TO_ADMINS),
    Route("POST", "/console/loops/{name:name}/delete", delete, Open.TO_ADMINS),
    Route("POST", "/console/loops/{name:name}/output", write_output, Open.TO_ADMINS),
)
