"""The task that a worker has submitted: looked at once more, read only, and taken back while it may."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from starlette.responses import JSONResponse, RedirectResponse, Response

from secondlook.names import milliseconds
from secondlook.pages import rendering
from secondlook.pages.layout import Layout, layout
from secondlook.pages.portal import task as task_page
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import assignment, draft, preference, submitted_task
from secondlook.review.submitted_task import SubmittedTask
from secondlook.wire.sandbox import SANDBOX


@dataclass(frozen=True, slots=True)
class Submitted:
    """A task that its worker has submitted.

    - `layout`: for the CSRF token of its forms; `task`: the task itself; `now`: what times are relative to.
    - `answer`: as JSON, where nothing is kept by which the page could show it, else nothing.
    - `sandbox`: what the frame may do.
    - `script_data`: what the portal's script must know; see `elements/pages/portal/task-data.ts`.
    """

    template: ClassVar = "portal/submitted.html"
    layout: Layout
    task: SubmittedTask
    answer: str
    sandbox: str
    now: datetime
    script_data: dict[str, Any]


def show(visit: Visit) -> Response:
    """`GET /tasks/<id>/submitted`."""
    with visit.services.store.read() as cx:
        task = submitted_task.find(cx, visit.person.id, visit.path_params["id"])
        kept = draft.find(cx, task.assignment_id)
        answer = "" if kept else submitted_task.answer(cx, task.assignment_id)
        preferences = preference.find(cx, visit.person.id, task.flow)
    page = Submitted(
        layout=layout(visit),
        task=task,
        answer=answer and json.dumps(json.loads(answer), indent=2, ensure_ascii=False),
        sandbox=SANDBOX,
        now=visit.now,
        script_data={
            "draft": kept and kept.content.value,
            "now": milliseconds(visit.now),
            "preferences": preferences,
        },
    )
    return rendering.page(page)


def undo(visit: Visit) -> Response:
    """`POST /tasks/<id>/undo`: take the answer back and open the task; for a script what `task.opened` answers."""
    number = visit.path_params["id"]
    visit.services.store.do(lambda cx: assignment.undo_submit(cx, visit.person.id, number, visit.now))
    if visit.wants_json:
        return JSONResponse(task_page.opened(visit, number))
    return RedirectResponse(f"/tasks/{number}", 303)


ROUTES = (
    Route("GET", "/tasks/{id:row}/submitted", show, Open.TO_SIGNED_IN),
    Route("POST", "/tasks/{id:row}/undo", undo, Open.TO_SIGNED_IN),
)
