"""What runs inside the frame: the requester's template, rendered for this worker with fresh signed links.

It gets an opaque origin from the response itself (`csp.TASK_PAGE`) and no secret: the nonce only tells the portal that
the page which says `ready` is this rendering and not one that the frame was led to since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import ClassVar

from starlette.responses import HTMLResponse, Response

from secondlook.pages import csp, rendering
from secondlook.pages.routes import Open, Route
from secondlook.pages.services import Services
from secondlook.pages.static import BUILT, BUNDLE, STYLESHEET, assets
from secondlook.pages.visit import Visit
from secondlook.review import held_task, submitted_task
from secondlook.review.held_task import Material
from secondlook.review.render import RenderFailed
from secondlook.review.render.grant import grantor
from secondlook.review.render.insert_head import insert_head
from secondlook.review.render.library import chunks, rewrite

LINKS_OUTLIVE = timedelta(minutes=15)
"""Signed links hold this much longer than the task, for a submit in the last second and for clocks that differ."""

LONGEST_NONCE = 100


@dataclass(frozen=True, slots=True)
class Unrenderable:
    """What the frame shows when the template did not render.

    - `code`, `message`: the failure, as a loop's FailureReason has it.
    - `base_url`: the scheme and host the worker came by; the frame has an opaque origin.
    """

    template: ClassVar = "portal/unrenderable.html"
    code: str
    message: str
    base_url: str


def show(visit: Visit) -> Response:
    """`GET /tasks/<id>/page?nonce=…`."""
    with visit.services.store.read() as cx:
        held = held_task.find(cx, visit.person.id, visit.path_params["id"], visit.now)
        material = held_task.material(cx, held.assignment_id)
    return _page(visit, material, held.deadline + LINKS_OUTLIVE)


def show_submitted(visit: Visit) -> Response:
    """`GET /tasks/<id>/submitted/page?nonce=…`."""
    with visit.services.store.read() as cx:
        task = submitted_task.find(cx, visit.person.id, visit.path_params["id"])
        material = held_task.material(cx, task.assignment_id)
    return _page(visit, material, visit.now + LINKS_OUTLIVE)


def _page(visit: Visit, material: Material, until: datetime) -> Response:
    base_url, nonce = visit.arrival.base_url, visit.query.get("nonce", "")[:LONGEST_NONCE]
    try:
        page = task_page(visit.services, material, until, base_url, nonce)
    except RenderFailed as failure:
        page = rendering.html(Unrenderable(failure.code, failure.message, base_url))
    return HTMLResponse(page, headers=csp.TASK_PAGE)


def task_page(services: Services, material: Material, until: datetime, base_url: str, nonce: str) -> str:
    """The page with links good until `until`, our element library, what it will ask for, and the nonce; raises RenderFailed."""
    grant = grantor(lambda bucket, key: services.sign(bucket, key, until, base_url), material.buckets)
    page = services.renderer.render(material.template, material.input_content, grant)
    page = rewrite(page, base_url + assets.url(BUNDLE), base_url + assets.url(STYLESHEET))
    preloads = [
        f'<link rel="modulepreload" href="{escape(base_url + assets.url(BUILT + path))}">'
        for path in chunks(page)
    ]
    meta = f'<meta charset="utf-8"><meta name="secondlook-render" content="{escape(nonce)}">'
    return insert_head(page, meta + "".join(preloads))


ROUTES = (
    Route("GET", "/tasks/{id:row}/page", show, Open.TO_SIGNED_IN),
    Route("GET", "/tasks/{id:row}/submitted/page", show_submitted, Open.TO_SIGNED_IN),
)
