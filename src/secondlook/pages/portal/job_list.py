"""The job list, and taking the next task from it. Plain forms: `secondlook work` uses them like a browser does."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.responses import JSONResponse, RedirectResponse, Response

from secondlook.pages import rendering
from secondlook.pages.layout import Layout, layout
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.pages.wording import COUNTED_TO
from secondlook.review import people, submitted_task
from secondlook.review.errors import NotYours
from secondlook.review.stories import queue
from secondlook.review.stories.job_list import Job
from secondlook.review.stories.job_list import jobs as jobs_of
from secondlook.review.submitted_task import SubmittedTask

NOTICES = {
    "declined": "You declined the task; it is not offered to you again.",
    "empty": "Nothing is waiting there any more: somebody else was quicker, or the tasks have ended.",
    "paused": "Stopped. Your draft is kept until you resume, as long as the time lasts.",
    "released": "Released. The task is back in the queue.",
    "submitted": "Submitted.",
}
"""What `?notice=` may say on this page; `done`, that it was the last of its kind, names the task that was submitted."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """The living part of the job list, fetched again every few seconds.

    - `jobs`: one row per flow definition offered to the worker's `teams`.
    - `waiting`: tasks that wait, over all rows; 1,000 means 1,000 or more.
    - `csrf`: for the buttons; `now`: what times are relative to.
    """

    template: ClassVar = "portal/_jobs.html"
    jobs: Sequence[Job]
    teams: Sequence[str]
    waiting: int
    csrf: str
    now: datetime


@dataclass(frozen=True, slots=True)
class JobList(Jobs):
    """The whole job list.

    - `layout`: what stands around it; `submitted`: what the worker submitted last. Everything else is as in Jobs: `jobs`, `teams`, `waiting`, `csrf`, `now`.
    """

    template: ClassVar = "portal/job_list.html"
    layout: Layout
    submitted: SubmittedTask | None


def home(visit: Visit) -> Response:
    """`GET /`."""
    with visit.services.store.read() as cx:
        works = bool(people.teams_of(cx, visit.person.id))
    return RedirectResponse("/console" if visit.person.is_admin and not works else "/work", 303)


def job_list(visit: Visit) -> Response:
    """`GET /work`: the page, or for its script `{"html", "waiting"}`, 304 while nothing changed."""
    assert visit.session is not None
    with visit.services.store.read() as cx:
        jobs = jobs_of(cx, visit.person.id, visit.now)
        teams = people.teams_of(cx, visit.person.id)
        submitted = None if visit.wants_json else submitted_task.latest(cx, visit.person.id)
    waiting = min(sum(job.waiting for job in jobs), COUNTED_TO)
    if not visit.wants_json:
        frame = layout(visit, "work", NOTICES | {"done": _done(submitted)})
        return rendering.page(JobList(jobs, teams, waiting, frame.csrf, visit.now, frame, submitted))
    html = rendering.html(Jobs(jobs, teams, waiting, visit.session.csrf, visit.now))
    tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:16]}"'
    if visit.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return JSONResponse({"html": html, "waiting": waiting}, headers={"ETag": tag})


def _done(submitted: SubmittedTask | None) -> str:
    if submitted is None:
        return NOTICES["submitted"]
    return f"Submitted. Nothing else is waiting under “{submitted.title}”."


def take(visit: Visit) -> Response:
    """`POST /work/<flow>`: hold the next task, or the one of the loop named in the field `loop`, and open it."""
    try:
        taken = visit.services.store.do(
            lambda cx: queue.take(
                cx, visit.person.id, visit.path_params["flow"], visit.now, visit.field("loop") or None
            )
        )
    except NotYours:
        # The flow definition is gone, or the worker's membership is: the list tells which work there is now.
        taken = None
    return RedirectResponse("/work?notice=empty" if taken is None else f"/tasks/{taken}", 303)


ROUTES = (
    Route("GET", "/", home, Open.TO_SIGNED_IN),
    Route("GET", "/work", job_list, Open.TO_SIGNED_IN),
    Route("POST", "/work/{flow:name}", take, Open.TO_SIGNED_IN),
)
