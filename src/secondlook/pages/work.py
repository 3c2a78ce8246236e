"""The job list, and taking the next task from it. Plain forms: `secondlook work` uses them like a browser does."""

from __future__ import annotations

import hashlib

from starlette.responses import JSONResponse, RedirectResponse, Response

from secondlook.pages import contexts, rendering
from secondlook.pages.layout import layout
from secondlook.pages.visit import Visit
from secondlook.pages.wording import COUNTED_TO
from secondlook.review import people
from secondlook.review.errors import NotYours
from secondlook.review.stories import queue


def home(visit: Visit) -> Response:
    """`GET /`."""
    with visit.services.store.read() as cx:
        works = bool(people.teams_of(cx, visit.person.id))
    return RedirectResponse("/console" if visit.person.is_admin and not works else "/work", 303)


def job_list(visit: Visit) -> Response:
    """`GET /work`: the page, or for its script `{"html", "waiting"}`, 304 while nothing changed."""
    assert visit.session is not None
    with visit.services.store.read() as cx:
        jobs = queue.jobs(cx, visit.person.id, visit.now)
        teams = people.teams_of(cx, visit.person.id)
    waiting = min(sum(job.waiting for job in jobs), COUNTED_TO)
    if not visit.wants_json:
        frame = layout(visit, "work")
        return rendering.page(contexts.JobList(jobs, teams, waiting, frame.csrf, visit.now, frame))
    html = rendering.html(contexts.Jobs(jobs, teams, waiting, visit.session.csrf, visit.now))
    tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:16]}"'
    if visit.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return JSONResponse({"html": html, "waiting": waiting}, headers={"ETag": tag})


def take(visit: Visit) -> Response:
    """`POST /work/<flow>`: hold the next task, or the one of the loop named in the field `loop`, and open it."""
    try:
        with visit.services.store.write() as cx:
            taken = queue.take(
                cx, visit.person.id, visit.path_params["flow"], visit.now, visit.field("loop") or None
            )
    except NotYours:
        # The flow definition is gone, or the worker's membership is: the list tells which work there is now.
        taken = None
    return RedirectResponse("/work?notice=empty" if taken is None else f"/tasks/{taken}", 303)
