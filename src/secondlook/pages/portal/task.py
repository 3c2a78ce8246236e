"""A task at work: its page, and what the worker may do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Connection
from starlette.responses import JSONResponse, RedirectResponse, Response

from secondlook.names import milliseconds
from secondlook.pages import csp, rendering
from secondlook.pages.layout import Layout, layout
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import assignment, draft, held_task, preference, submitted_task
from secondlook.review.decisions import answer
from secondlook.review.draft import Draft
from secondlook.review.errors import Gone, Invalid, NotYours
from secondlook.review.held_task import HeldTask
from secondlook.review.stories import job_list, queue
from secondlook.store.document import Document
from secondlook.wire.sandbox import SANDBOX

Result = TypeVar("Result")

LATEST_REVISION = 2**53 - 1
"""The largest whole number that a browser counts exactly."""


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A task at work: the bar and the frame. The next task replaces it without a new page.

    - `layout`: for the CSRF token of its forms.
    - `assignment_id`, `flow`, `loop`, `title`, `description`, `deadline`: of the task in hand.
    - `waiting`: how many more wait in this flow definition; `previous`: the task that the worker submitted last, if any.
    - `sandbox`: what the frame may do.
    - `now`: what the clock counts from.
    - `script_data`: what the portal's script must know; see `elements/pages/portal/task-data.ts`.
    """

    template: ClassVar = "portal/_task.html"
    layout: Layout
    assignment_id: int
    flow: str
    loop: str
    title: str
    description: str
    deadline: datetime
    waiting: int
    previous: int | None
    sandbox: str
    now: datetime
    script_data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task(TaskPart):
    """The page of a task at work; all it shows is in TaskPart.

    `layout`, `assignment_id`, `flow`, `loop`, `title`, `description`, `deadline`, `waiting`, `previous`, `sandbox`, `now`,
    `script_data`.
    """

    template: ClassVar = "portal/task.html"


@dataclass(frozen=True, slots=True)
class Paused:
    """A task that its worker stopped and may resume.

    - `layout`: for the CSRF token.
    - `assignment_id`, `title`, `deadline`: of the task; `now`: what the time left is relative to.
    """

    template: ClassVar = "portal/paused.html"
    layout: Layout
    assignment_id: int
    title: str
    deadline: datetime
    now: datetime


def show(visit: Visit) -> Response:
    """`GET /tasks/<id>`: the page, or for its script `{"waiting": n}` while the task is still in hand."""
    number = visit.path_params["id"]
    if visit.wants_json:
        with visit.services.store.read() as cx:
            return JSONResponse({"waiting": _look(cx, visit, number)[1]})
    held, fields = _shown(visit, number)
    if held.state == "paused":
        paused = Paused(layout(visit), held.assignment_id, held.title, held.deadline, visit.now)
        return rendering.page(paused)
    return rendering.page(Task(**fields), headers=csp.AROUND_TASK)


def save_draft(visit: Visit) -> Response:
    """`POST /tasks/<id>/draft` with `{"draft": {…}, "revision": n}`; without a revision it is the newest."""
    begun = Draft.of(_object(visit, "draft"), _revision(visit))
    _write(visit, assignment.save_draft, begun, visit.now)
    return JSONResponse({"saved_at": milliseconds(visit.now)})


def submit(visit: Visit) -> Response:
    """`POST /tasks/<id>/submit` with `{"answer": {…}, "then": flow | null}`: hand in, and take the next task at once.

    Answers what `opened` does of the next task, or `{"next": null, "leave": url}`, with `undo`: `{"id", "until"}` where
    the answer can be taken back until then. That asks for `"undo": true`, with the `draft` and its `revision` where the
    server has not got it. The same answer again is no error, so a script that got no reply may repeat it. Once the
    answer is stored, nothing about the next task is an error.
    """
    content = Document.of(answer.accept(_object(visit, "answer")))
    until = _write(visit, assignment.submit, content, visit.services.place, visit.now, _answered_page(visit))
    undo = {"undo": {"id": visit.path_params["id"], "until": milliseconds(until)}} if until else {}
    return JSONResponse({**_next(visit, (visit.json or {}).get("then")), **undo})


def _answered_page(visit: Visit) -> assignment.Page | None:
    sent = visit.json or {}
    if sent.get("undo") is not True:
        return None
    begun = Draft.of(_object(visit, "draft"), _revision(visit)) if sent.get("draft") is not None else None
    return assignment.Page(visit.services.settings.undo_seconds, begun)


def _next(visit: Visit, flow: object) -> dict[str, Any]:
    """Takes the next task of a flow definition, if one is wanted."""
    if not isinstance(flow, str):
        return _leaving("submitted")
    try:
        taken = visit.services.store.do(lambda cx: queue.take(cx, visit.person.id, flow, visit.now))
        return opened(visit, taken) if taken is not None else _leaving("done")
    except (Gone, NotYours):
        # The worker has left the team, or the next task ended while it was taken: the list tells what there is now.
        return _leaving("submitted")


def _leaving(notice: str) -> dict[str, Any]:
    return {"next": None, "leave": f"/work?notice={notice}"}


def opened(visit: Visit, number: int) -> dict[str, Any]:
    """What the script shows a task by that is held: `{"next": url, "title", "waiting", "html"}`.

    `html` is the task's part of the page, so that it is on screen after one round trip. Raises Gone, NotYours.
    """
    held, fields = _shown(visit, number)
    html = rendering.html(TaskPart(**fields))
    return {"next": f"/tasks/{number}", "title": held.title, "waiting": fields["waiting"], "html": html}


def release(visit: Visit) -> Response:
    """`POST /tasks/<id>/release`: give the task back; the work so far is dropped."""
    _write(visit, assignment.release, visit.services.place, visit.now)
    return RedirectResponse("/work?notice=released", 303)


def decline(visit: Visit) -> Response:
    """`POST /tasks/<id>/decline` with an optional `reason`: give it back for good."""
    reason = visit.field("reason") or None
    _write(visit, assignment.decline, reason, visit.services.place, visit.now)
    return RedirectResponse("/work?notice=declined", 303)


def report(visit: Visit) -> Response:
    """`POST /tasks/<id>/report` with `{"message": "…"}`: tell the requester what went wrong in the page.

    Answers `{"kept": false}` where that was known, or the page has said too much already.
    """
    message = (visit.json or {}).get("message")
    if not isinstance(message, str):
        raise Invalid("The request needs a JSON body with a text 'message'.")
    kept = _write(visit, assignment.report, message, visit.services.place, visit.now)
    return JSONResponse({"kept": kept})


def pause(visit: Visit) -> Response:
    """`POST /tasks/<id>/pause`: stop and resume later."""
    _write(visit, assignment.pause, visit.now)
    return RedirectResponse("/work?notice=paused", 303)


def resume(visit: Visit) -> Response:
    """`POST /tasks/<id>/resume`."""
    _write(visit, assignment.resume, visit.now)
    return RedirectResponse(f"/tasks/{visit.path_params['id']}", 303)


def _write(visit: Visit, act: Callable[..., Result], *arguments: Any) -> Result:
    """What a worker does with the task of the path."""
    return visit.services.store.do(lambda cx: act(cx, visit.person.id, visit.path_params["id"], *arguments))


def _look(cx: Connection, visit: Visit, number: int) -> tuple[HeldTask, int]:
    """The task in hand, and how many more wait in its flow definition."""
    held = held_task.find(cx, visit.person.id, number, visit.now)
    return held, job_list.waiting(cx, visit.person.id, held.flow, visit.now)


def _shown(visit: Visit, number: int) -> tuple[HeldTask, dict[str, Any]]:
    """The task in hand, and the fields of its TaskPart."""
    with visit.services.store.read() as cx:
        held, waiting = _look(cx, visit, number)
        begun = draft.find(cx, number)
        preferences = preference.find(cx, visit.person.id, held.flow)
        previous = submitted_task.latest(cx, visit.person.id)
    fields = {
        "layout": layout(visit),
        "assignment_id": held.assignment_id,
        "flow": held.flow,
        "loop": held.loop,
        "title": held.title,
        "description": held.description,
        "deadline": held.deadline,
        "waiting": waiting,
        "previous": previous and previous.assignment_id,
        "sandbox": SANDBOX,
        "now": visit.now,
        "script_data": {
            "id": held.assignment_id,
            "person": visit.person.worker_id,
            "flow": held.flow,
            "deadline": milliseconds(held.deadline),
            "now": milliseconds(visit.now),
            "draft": begun and begun.content.value,
            "revision": begun.revision if begun else 0,
            "preferences": preferences,
        },
    }
    return held, fields


def _revision(visit: Visit) -> int:
    sent = (visit.json or {}).get("revision", _now(visit))
    if not isinstance(sent, int) or not 0 <= sent <= LATEST_REVISION:
        raise Invalid(
            f"The revision of a draft is a whole number from 0 to {LATEST_REVISION:,}, not {sent!r:.50}."
        )
    return sent


def _now(visit: Visit) -> int:
    return int(visit.now.timestamp() * 1000)


def _object(visit: Visit, name: str) -> dict[str, Any]:
    value = (visit.json or {}).get(name)
    if not isinstance(value, dict):
        raise Invalid(f"The request needs a JSON body with an object {name!r}.")
    return value


ROUTES = (
    Route("GET", "/tasks/{id:row}", show, Open.TO_SIGNED_IN),
    Route("POST", "/tasks/{id:row}/draft", save_draft, Open.TO_SIGNED_IN),
    Route("POST", "/tasks/{id:row}/submit", submit, Open.TO_SIGNED_IN),
    Route("POST", "/tasks/{id:row}/release", release, Open.TO_SIGNED_IN),
    Route("POST", "/tasks/{id:row}/decline", decline, Open.TO_SIGNED_IN),
    Route("POST", "/tasks/{id:row}/report", report, Open.TO_SIGNED_IN),
    Route("POST", "/tasks/{id:row}/pause", pause, Open.TO_SIGNED_IN),
    Route("POST", "/tasks/{id:row}/resume", resume, Open.TO_SIGNED_IN),
)
